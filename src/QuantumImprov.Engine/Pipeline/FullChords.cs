using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>An answer with chords that is to have a given number of notes: chords fall out or lose inner notes, or get octaves and, where these do not suffice, fourths and sixths, until it has. Allocates.</summary>
/// <param name="lowest">The lowest pitch a note may be added at.</param>
public sealed class FullChords(int lowest)
{
    // Octaves first, then fourths and sixths below the leading note.
    private static readonly int[] Added = [12, 24, 36, 5, 9, 17, 21, 29, 33];

    private readonly List<(AheadNote Lead, List<byte> Others, Beats Off)> _chords = [];

    /// <summary>Notes that begin together in <paramref name="call"/>, in the mean; 1 where it is one line.</summary>
    public static double NotesAnOnset(Call call)
    {
        var notes = 0;
        foreach (var note in call.Notes) notes += 1 + (int)UInt128.PopCount(note.Beside);
        return call.Notes.IsEmpty ? 1 : notes / (double)call.Notes.Length;
    }

    /// <summary>The next note, with what sounds with it until <paramref name="off"/>.</summary>
    public void Add(in AheadNote lead, ReadOnlySpan<byte> others, Beats off) => _chords.Add((lead, [.. others], off));

    /// <summary>Puts <paramref name="count"/> notes into <paramref name="notes"/>, or as many as there can be, in order of time and pitch.</summary>
    public void WriteTo(ICollection<AheadNote> notes, int count)
    {
        // Whole chords where that is not too much, so that the others stay as they were; from the front, so that the ending does.
        while (Total > count && _chords.Any(c => c.Others.Count > 0))
        {
            var over = Total - count;
            var others = (_chords.Find(c => c.Others.Count > 0 && c.Others.Count <= over) is { Others: { } whole } ? whole : _chords.Find(c => c.Others.Count > 0).Others)!;
            if (others.Count <= over) others.Clear();
            else others.RemoveAt(others.Count / 2);
        }

        while (_chords.Count > count) _chords.RemoveAt(_chords.Count / 2);
        foreach (var below in Added)
        {
            for (var i = _chords.Count - 1; i >= 0 && Total < count; i--)
            {
                var pitch = _chords[i].Lead.Pitch - below;
                if (pitch >= lowest && !_chords[i].Others.Contains((byte)pitch)) _chords[i].Others.Add((byte)pitch);
            }
        }

        foreach (var (lead, others, off) in _chords)
        {
            var beside = others.Select(pitch => lead with { Pitch = pitch, Off = off, Velocity = Answering.Softened(lead.Velocity), Origin = default });
            foreach (var note in beside.Append(lead).OrderBy(n => n.Pitch)) notes.Add(note);
        }
    }

    private int Total => _chords.Count + _chords.Sum(c => c.Others.Count);
}
