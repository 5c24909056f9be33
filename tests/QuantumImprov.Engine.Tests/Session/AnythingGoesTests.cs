using CsCheck;
using QuantumImprov.Engine.Pipeline;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>Nothing stuck, nothing lost, whatever happens in whatever order.</summary>
public class AnythingGoesTests
{
    private static readonly Gen<(int Kind, int A, int B)[]> Deeds = Gen.Select(Gen.Int[0, AnythingGoes.Kinds - 1], Gen.Int[0, 127], Gen.Int[0, 127]).Array[1, 40];

    // Each sequence has a session of its own, so that a failing one is small and can be had again.
    [Fact]
    public void After_any_sequence_of_deeds_nothing_sounds_and_every_note_has_ended() => Deeds.Sample(
        deeds =>
        {
            using var session = new AnythingGoes(new LearnedMusic(), 1);
            foreach (var (kind, a, b) in deeds) session.Do(kind, a, b);
            session.ComeToRest();
        },
        iter: 300);

    // Two hundred sessions, each of which goes through a hundred sequences and comes to rest after each: twenty thousand.
    [Fact]
    public void A_long_evening_of_anything_comes_to_rest_every_time() => Deeds.Array[100, 100].Sample(
        sequences =>
        {
            using var session = new AnythingGoes(new LearnedMusic(), 2);
            foreach (var deeds in sequences)
            {
                foreach (var (kind, a, b) in deeds) session.Do(kind, a, b);
                session.ComeToRest();
            }
        },
        iter: 200);
}
