using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// A phrase as music: its notes on the grid of the performer's beat. Each quarter is read as sixteenths or as triplets, whichever lies closer to what was
/// played in it. Allocates nothing after construction. [engine]
/// </summary>
public sealed class Call
{
    private static readonly Beats Sixteenth = new(Beats.PerQuarter / 4), Triplet = new(Beats.PerQuarter / 3);
    private static readonly Beats Shortest = new(Beats.PerQuarter / 8);

    private readonly CallNote[] _notes = new CallNote[Phrase.Capacity];
    private int _count;

    /// <summary>The notes, in order of time, one an instant.</summary>
    public ReadOnlySpan<CallNote> Notes => _notes.AsSpan(0, _count);

    /// <summary>The lowest and highest pitch; 60 and 60 when empty.</summary>
    public (int Low, int High) Range { get; private set; }

    /// <summary>The mean velocity; 80 when empty.</summary>
    public double Loudness { get; private set; }

    /// <summary>The pitch classes of the notes, bit by bit: bit 0 is C.</summary>
    public int Classes
    {
        get
        {
            var mask = 0;
            foreach (var note in Notes) mask |= 1 << note.Pitch % 12;
            return mask;
        }
    }

    /// <summary>Where the last note ends; zero when empty.</summary>
    public Beats End => _count == 0 ? Beats.Zero : Notes[^1].Onset + Notes[^1].Duration;

    /// <summary>Reads <paramref name="phrase"/> on <paramref name="timeline"/>; notes still held end at <paramref name="now"/>.</summary>
    public void Read(ReadOnlySpan<HeardNote> phrase, in Timeline timeline, HostTime now)
    {
        _count = 0;
        for (var i = 0; i < phrase.Length;)
        {
            // All onsets of one quarter decide together how it is divided.
            var quarter = timeline.ToBeats(phrase[i].On).Round(Sixteenth).Floor(Beats.Quarter);
            var end = i;
            var (straight, triplet) = (0L, 0L);
            for (; end < phrase.Length; end++)
            {
                var at = timeline.ToBeats(phrase[end].On);
                if (end > i && at.Round(Sixteenth).Floor(Beats.Quarter) != quarter) break;
                straight += Math.Abs((at - at.Round(Sixteenth)).Ticks);
                triplet += Math.Abs((at - at.Round(Triplet)).Ticks);
            }

            var grid = straight <= triplet ? Sixteenth : Triplet;
            for (; i < end; i++) Add(phrase[i], timeline, grid, now);
        }

        Measure();
    }

    /// <summary>Takes <paramref name="notes"/>, already on the grid, as they are; more than fit are left out.</summary>
    public void Take(ReadOnlySpan<CallNote> notes)
    {
        _count = Math.Min(notes.Length, _notes.Length);
        notes[.._count].CopyTo(_notes);
        Measure();
    }

    private void Add(in HeardNote heard, in Timeline timeline, Beats grid, HostTime now)
    {
        var onset = timeline.ToBeats(heard.On).Round(grid);
        if (_count > 0 && onset <= _notes[_count - 1].Onset) return;
        var off = heard.Off == HostTime.Never ? now : heard.Off;
        var duration = Beats.Max(Shortest, timeline.ToBeats(off) - timeline.ToBeats(heard.On));
        _notes[_count++] = new CallNote(onset, duration, heard.Pitch, heard.Velocity);
    }

    private void Measure()
    {
        var (low, high, loud) = (127, 0, 0.0);
        foreach (var note in Notes)
        {
            low = Math.Min(low, note.Pitch);
            high = Math.Max(high, note.Pitch);
            loud += note.Velocity;
        }

        Range = _count == 0 ? (60, 60) : (low, high);
        Loudness = _count == 0 ? 80 : loud / _count;
    }
}
