using System.Collections.Immutable;
using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

public class CopyingTests
{
    public static TheoryData<string> Kinds => ["council", "grover", "walk", "hidden"];

    // 12 sessions a chain, each of up to 5 loaded phrases and 6 calls over few pitches, so that copies abound; limits of 1 to 6 pitches.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_run_of_the_partners_longer_than_allowed_was_heard_or_loaded(string kind)
    {
        var notes = 0;
        Gen.Select(Gen.ULong, Gen.Int[1, 6], Gen.Int[2, 6]).Sample(
            (seed, most, scale) =>
            {
                var random = new Xoshiro(seed);
                var loaded = Enumerable.Range(0, random.NextInt(6)).Select(_ => RandomPitches(random, scale, 3 + random.NextInt(30))).ToList();
                var learned = new LearnedMusic();
                learned.Teach([.. loaded.Select(Phrase)]);
                var script = new ScriptedPerformance(240);
                var calls = new List<int[]>();
                for (var call = 0; call < 6; call++)
                {
                    var pitches = RandomPitches(random, scale, 4 + random.NextInt(8));
                    calls.Add(pitches);
                    script.Play(string.Join(' ', pitches.Select(p => $"{new Pitch(p)}:.5"))).Rest(14);
                }

                var preset = new Preset { Chain = kind, MaxCopy = most, Low = new Pitch(54), High = new Pitch(78) };
                var concert = Concert.Play(Concert.Session(script, seed, preset, learned), script, () => 100_000_000);
                Assert.Equal(6, concert.Answers.Length);
                // Each answer against what was heard before it; the partner's line goes on from answer to answer.
                var line = new List<int>();
                for (var i = 0; i < 6; i++)
                {
                    var before = line.Count;
                    line.AddRange(concert.Answers[i].Notes.Select(n => (int)n.Pitch));
                    Assert.InRange(LongestCopy([.. line], before, [.. loaded, [.. calls.Take(i + 1).SelectMany(c => c)]]), 0, most);
                }

                Assert.Equal(line, Score.NotesOf(concert.Partner).Select(n => (int)n.Pitch));
                notes += line.Count;
            },
            iter: 12, threads: 1);
        Assert.True(notes > 100, $"{notes}");
    }

    [Fact]
    public void Without_a_limit_the_partner_does_copy()
    {
        var (script, tune) = (new ScriptedPerformance(240), "C4:.5 D4:.5 E4:.5 F4:.5 G4:.5 A4:.5 B4:.5 C5:.5 B4:.5 A4:.5 G4:.5 F4:.5 E4:.5 D4:.5 C4:.5 E4:.5");
        for (var i = 0; i < 12; i++) script.Play(tune).Rest(16);
        var concert = Concert.Play(Concert.Session(script, preset: new Preset { Motif = 1 }), script);
        var heard = Enumerable.Range(0, 12).SelectMany(_ => new[] { 60, 62, 64, 65, 67, 69, 71, 72, 71, 69, 67, 65, 64, 62, 60, 64 }).ToArray();
        Assert.True(LongestCopy([.. Score.NotesOf(concert.Partner).Select(n => (int)n.Pitch)], 0, [heard]) > 4);
    }

    // Every pair of pitches in the range is known, so after its first note whatever came would be a copy of two.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Where_nothing_is_left_the_partner_rests(string kind)
    {
        var learned = new LearnedMusic();
        learned.Teach([.. from a in Enumerable.Range(48, 41) from b in Enumerable.Range(48, 41) select Phrase([a, b])]);
        var script = new ScriptedPerformance(240).Play("C4 D4 E4 C4").Rest(20);
        var preset = new Preset { Chain = kind, MaxCopy = 1 };
        var concert = Concert.Play(Concert.Session(script, 1, preset, learned), script);
        Assert.True(concert.Answers.Single().Slots.Length > 2);
        Assert.Single(concert.Answers.Single().Notes);
    }

    // A piece is one line from its first phrase to its last.
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void A_written_piece_keeps_the_limit_across_its_phrases(int most)
    {
        var preset = new Preset { MaxCopy = most };
        var notes = Composition.Compose(ShippedRepertoire.Learn(), preset, ShippedRepertoire.Phrases, null, 48, default, default, 3);
        Assert.True(notes.Length > 60);
        Assert.InRange(LongestCopy([.. notes.Select(n => (int)n.Pitch)], 0, [.. ShippedRepertoire.Phrases.Select(p => p.Notes.Select(n => n.Pitch.Number).ToArray())]), 0, most);
    }

    private static int[] RandomPitches(Xoshiro random, int scale, int count) => [.. Enumerable.Range(0, count).Select(_ => 60 + 2 * random.NextInt(scale))];

    private static LearnedPhrase Phrase(int[] pitches) =>
        new([.. pitches.Select((p, i) => new LearnedNote(Beats.Of(i, 2), Beats.Of(1, 2), new Pitch(p), 80))], default, LearnedPhrase.FromFile("test"));

    // Plainly: every run of the line that ends at `from` or later, against every place of every melody.
    private static int LongestCopy(int[] line, int from, ImmutableArray<int[]> melodies)
    {
        var longest = 0;
        foreach (var melody in melodies)
        {
            for (var i = 0; i < line.Length; i++)
            {
                for (var j = 0; j < melody.Length; j++)
                {
                    var length = 0;
                    while (i + length < line.Length && j + length < melody.Length && line[i + length] == melody[j + length]) length++;
                    if (i + length > from) longest = Math.Max(longest, length);
                }
            }
        }

        return longest;
    }
}
