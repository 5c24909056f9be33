using CsCheck;
using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

public sealed class PlannedNotesTests
{
    [Fact]
    public void Gaps_are_five_to_forty_milliseconds_and_no_key_is_struck_while_it_is_down() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 2].Select(i => new[] { 44100, 48000, 96000 }[i])).Sample(
            (seed, rate) =>
            {
                var notes = new PlannedNotes(500, rate, 1000, seed);
                for (var i = 1; i < notes.Count; i++)
                {
                    var gap = notes.On(i) - notes.On(i - 1);
                    if (gap < rate / 200 || gap > rate / 25 || notes.Off(i) <= notes.On(i)) return false;
                    if (i >= 64 && notes.Off(i - 64) >= notes.On(i)) return false;
                }

                return true;
            },
            iter: 200);

    [Fact]
    public void A_note_is_found_again_also_after_others_were_lost()
    {
        var notes = new PlannedNotes(20_000, 48000, 0, 1);
        var next = 0;
        for (var i = 0; i < notes.Count; i += 1 + i % 97)
        {
            Assert.Equal(i, notes.Find(next, PlannedNotes.Pitch(i), PlannedNotes.Velocity(i)));
            next = i + 1;
        }

        Assert.Equal(-1, notes.Find(0, 10, 5));
    }
}
