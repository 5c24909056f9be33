using System.Numerics;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// A hand that holds chords on a channel of its own, and what it has held when: a chord counts from when it was struck until the next one is, whether it is still held or not. Of the last 256 chords. Allocates nothing after
/// construction. [engine]
/// </summary>
public sealed class ChordHand
{
    private const int Kept = 256, FewestNotes = 2;

    // Keys that go down within this belong to one chord.
    private static readonly Beats Together = new(Beats.PerQuarter / 4);

    private readonly bool[] _held = new bool[128];
    private readonly (Beats At, ChordSymbol Chord)[] _log = new (Beats, ChordSymbol)[Kept];
    private long _count;

    /// <summary>Whether any chord was struck.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Hears a message of its channel at <paramref name="at"/>; times never decrease.</summary>
    public void Hear(ShortMessage message, Beats at)
    {
        if (message.IsNoteOff) _held[message.Data1 & 127] = false;
        else if (message.Kind == 0xB0 && message.Data1 is 120 or 123) Array.Clear(_held);
        if (!message.IsNoteOn) return;
        _held[message.Data1 & 127] = true;
        var (classes, bass) = (0, -1);
        for (var key = 0; key < _held.Length; key++)
        {
            if (!_held[key]) continue;
            classes |= 1 << key % 12;
            if (bass < 0) bass = key % 12;
        }

        if (BitOperations.PopCount((uint)classes) < FewestNotes) return;
        // The key that completes a chord does not begin another.
        if (_count > 0 && at - _log[(_count - 1) % Kept].At < Together) at = _log[--_count % Kept].At;
        _log[_count++ % Kept] = (at, ChordNaming.Of(classes, bass));
    }

    /// <summary>The chord at <paramref name="at"/>; before the first one that is known that one. There is one.</summary>
    public ChordSymbol At(Beats at)
    {
        var oldest = Math.Max(0, _count - Kept);
        var i = _count - 1;
        while (i > oldest && _log[i % Kept].At > at) i--;
        return _log[i % Kept].Chord;
    }

    /// <summary>Everything is let go, and what was held is not known any more.</summary>
    public void Forget()
    {
        Array.Clear(_held);
        _count = 0;
    }

    /// <summary>
    /// The chart that says for an answer from <paramref name="start"/> on, bar by bar and beat by beat, what was held from <paramref name="from"/> to <paramref name="until"/>, round and round. Allocates; there is a chord.
    /// </summary>
    public ChordChart ChartFor(Beats from, Beats until, Beats start, in Timeline timeline, Key key)
    {
        var (bar, origin) = (timeline.Metre.Bar, timeline.BarOrigin);
        var first = origin + (from - origin).Floor(bar);
        var count = (int)Math.Clamp(((until - first).Ticks + bar.Ticks - 1) / bar.Ticks, 1, ChordChart.MostBars);
        var beats = Math.Min(ChordChart.MostInBar, (int)(bar.Ticks / timeline.Metre.Beat.Ticks));
        var turn = (int)((start - origin).Floor(bar).Ticks / bar.Ticks % count + count) % count;
        var bars = new System.Collections.Immutable.ImmutableArray<ChordSymbol>[count];
        for (var i = 0; i < count; i++)
        {
            var line = first + bar * i;
            // A chord that is a little late is meant for its beat.
            bars[(turn + i) % count] = [.. Enumerable.Range(0, beats).Select(beat => At(line + new Beats(bar.Ticks * beat / beats) + Together))];
        }

        return new ChordChart([.. bars], key);
    }
}
