using System.Collections.Immutable;

namespace QuantumImprov.Engine.Music.Notation;

/// <summary>A stretch of one bar and one voice that is to be written as a note, chord or rest.</summary>
/// <param name="At">Ticks from the bar line.</param>
/// <param name="Ticks">Its length.</param>
/// <param name="Notes">What sounds, ascending; empty for a rest.</param>
/// <param name="Continues">Whether it began before the bar line.</param>
/// <param name="Tie">Whether it goes on after the bar.</param>
internal sealed record Piece(long At, long Ticks, ImmutableArray<(Pitch Pitch, byte Velocity)> Notes, bool Continues, bool Tie)
{
    public bool Equals(Piece? other) => other is not null && At == other.At && Ticks == other.Ticks && Continues == other.Continues && Tie == other.Tie
        && Notes.AsSpan().SequenceEqual(other.Notes.AsSpan());

    public override int GetHashCode() => HashCode.Combine(At, Ticks, Notes.Length);
}

/// <summary>A tune laid out in bars and voices; a voice sounds one note or chord at a time.</summary>
internal sealed class BarLayout
{
    private const int LongestRepeat = 64;
    private readonly List<List<Piece>[]> _bars = [];
    private readonly List<bool> _isWhole = [];

    public int Count => _bars.Count;

    /// <summary>The voices of a bar; the last is never empty unless it is the only one.</summary>
    public List<Piece>[] this[int bar] => _bars[bar];

    public static BarLayout Of(Tune tune)
    {
        var voices = Voices(tune);
        var layout = new BarLayout();
        var reached = new int[voices.Count];
        for (var start = Beats.Zero; start < tune.Length;)
        {
            var full = start == Beats.Zero && tune.PickUp > Beats.Zero ? tune.PickUp : tune.Metre.Bar;
            var end = Beats.Min(start + full, tune.Length);
            var bar = voices.Select((voice, v) => Cut(voice, ref reached[v], start, end)).ToList();
            while (bar.Count > 1 && bar[^1].TrueForAll(p => p.Notes.IsEmpty)) bar.RemoveAt(bar.Count - 1);
            layout._bars.Add([.. bar]);
            layout._isWhole.Add(end - start == tune.Metre.Bar);
            start = end;
        }

        return layout;
    }

    /// <summary>How many bars from <paramref name="bar"/> on are played twice in a row and can be written as a repeat; 0 or at least 2.</summary>
    public int RepeatedFrom(int bar)
    {
        for (var length = Math.Min(LongestRepeat, (Count - bar) / 2); length >= 2; length--)
            if (IsRepeated(bar, length))
                return length;
        return 0;
    }

    private bool IsRepeated(int bar, int length)
    {
        for (var b = bar; b < bar + length; b++)
            if (!_isWhole[b] || !Same(_bars[b], _bars[b + length]))
                return false;
        return !_bars[bar].Any(v => v.Exists(p => p.Continues)) && !_bars[bar + length - 1].Any(v => v.Exists(p => p.Tie));
    }

    private static bool Same(List<Piece>[] a, List<Piece>[] b) => a.Length == b.Length && a.Zip(b).All(pair => pair.First.SequenceEqual(pair.Second));

    private static List<List<TuneNote[]>> Voices(Tune tune)
    {
        var voices = new List<List<TuneNote[]>>();
        var chords = tune.Notes.GroupBy(n => (n.Onset, n.Duration)).Select(g => g.ToArray());
        foreach (var chord in chords.OrderBy(c => c[0].Onset).ThenByDescending(c => c[^1].Pitch))
        {
            var voice = voices.Find(v => v[^1][0].End <= chord[0].Onset);
            if (voice is null) voices.Add(voice = []);
            voice.Add(chord);
        }

        if (voices.Count == 0) voices.Add([]);
        return voices;
    }

    /// <summary>What a voice does between two bar lines; <paramref name="next"/> is its first chord that may sound there, and is moved on.</summary>
    private static List<Piece> Cut(List<TuneNote[]> voice, ref int next, Beats start, Beats end)
    {
        var pieces = new List<Piece>();
        var at = start;
        for (; next < voice.Count && voice[next][0].Onset < end; next++)
        {
            var chord = voice[next];
            var (from, to) = (Beats.Max(chord[0].Onset, start), Beats.Min(chord[0].End, end));
            Rest(from);
            pieces.Add(new Piece((from - start).Ticks, (to - from).Ticks, [.. chord.Select(n => (n.Pitch, n.Velocity))], chord[0].Onset < start, chord[0].End > end));
            at = to;
            if (chord[0].End > end) break;
        }

        Rest(end);
        return pieces;

        void Rest(Beats until)
        {
            if (until > at) pieces.Add(new Piece((at - start).Ticks, (until - at).Ticks, [], false, false));
        }
    }
}
