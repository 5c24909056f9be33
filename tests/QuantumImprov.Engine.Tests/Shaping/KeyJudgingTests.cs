using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class KeyJudgingTests
{
    // A tune of the shipped repertoire's kind, first in major, then in minor with its leading note.
    private static readonly int[] Major = [60, 62, 64, 65, 67, 64, 62, 59, 60], Minor = [72, 71, 72, 74, 75, 74, 72, 70, 68, 67, 65, 63, 62, 63, 65, 67, 68, 67, 65, 63, 62, 60];

    [Fact]
    public void A_call_is_in_the_same_key_wherever_it_is_played()
    {
        for (var up = 0; up < 12; up++)
        {
            Assert.Equal(new Key(up, Mode.Major), Judge(Major, up));
            Assert.Equal(new Key(up, Mode.Minor), Judge(Minor, up));
        }
    }

    // Neither A nor C is clearly the tonic: what was answered last decides, unless the call speaks clearly.
    [Fact]
    public void The_key_of_the_last_answer_stays_until_the_call_says_otherwise()
    {
        int[] open = [64, 69, 72, 76, 72, 69, 67, 64];
        Assert.Equal(new Key(9, Mode.Minor), Judge(open, 0, new Key(9, Mode.Minor)));
        Assert.Equal(new Key(0, Mode.Major), Judge(open, 0, new Key(0, Mode.Major)));
        Assert.Equal(new Key(6, Mode.Major), Judge(Major, 6, new Key(0, Mode.Major)));
    }

    // Two long notes among many short ones of another key's scale.
    [Fact]
    public void Long_notes_weigh_more()
    {
        var call = new Call();
        int[] pitches = [67, 69, 71, 72, 71, 69, 67, 60];
        call.Take([.. pitches.Select((p, i) => new CallNote(Beats.Of(i, 4), i == 7 ? Beats.Of(8) : Beats.Of(1, 4), (byte)p, 80))]);
        Assert.Equal(new Key(0, Mode.Major), Judge(call, pitches, null));
    }

    [Fact]
    public void An_empty_call_is_in_the_running_key()
    {
        var running = new KeyFinding();
        foreach (var pitch in Major) running.Hear(pitch + 2);
        Assert.Equal(running.Key, KeyJudging.Judge(new Call(), running, ShippedRepertoire.Learn().Flow, Beats.Zero, Metre.Of(4, 4)));
    }

    private static Key Judge(int[] pitches, int up, Key? before = null)
    {
        var call = new Call();
        call.Take([.. pitches.Select((p, i) => new CallNote(Beats.Of(i, 2), i == pitches.Length - 1 ? Beats.Of(2) : Beats.Of(1, 2), (byte)(p + up), 80))]);
        return Judge(call, [.. pitches.Select(p => p + up)], before);
    }

    private static Key Judge(Call call, int[] heard, Key? before)
    {
        var running = new KeyFinding();
        foreach (var pitch in heard) running.Hear(pitch);
        return KeyJudging.Judge(call, running, ShippedRepertoire.Learn().Flow, Beats.Zero, Metre.Of(4, 4), before);
    }
}
