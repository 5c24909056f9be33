using QuantumImprov.Engine.Listening;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// Where a melody stands in everything that was learned: one path in each member's tree, the running key, the last and first pitch, and how well each member
/// has foretold the notes lately. The performer's line and the partner's are two of these. Allocates nothing after construction. [engine]
/// </summary>
public sealed class MelodicLine
{
    /// <summary>How fast <see cref="Recency"/> forgets: its value keeps this share at each note.</summary>
    public const double RecencyKept = .75;

    private const double RecencyAtStart = .3;
    private int _previous = -1, _first = -1;

    internal MelodicLine(int members)
    {
        Paths = [.. Enumerable.Range(0, members).Select(_ => new ContextPath())];
        Recency = new double[members];
        Restart();
    }

    /// <summary>The running key of this line.</summary>
    public KeyFinding Key { get; } = new();

    /// <summary>What viewpoints see of the past.</summary>
    public MelodicContext Context => new(_previous, _first, Key.Key);

    /// <summary>Probability each member lately gave to what came, averaged with weight .75 on the past.</summary>
    internal double[] Recency { get; }

    internal ContextPath[] Paths { get; }

    /// <summary>The class of a member's <see cref="Recency"/>, 0 (wrong lately) to 3 (right lately).</summary>
    public int RecencyClass(int member) => Recency[member] switch { < .2 => 0, < .4 => 1, < .6 => 2, _ => 3 };

    /// <summary>Begins a new line: no past. The running key is kept, since a pause does not change the key.</summary>
    public void Restart()
    {
        _previous = _first = -1;
        foreach (var path in Paths) path.Restart();
        Array.Fill(Recency, RecencyAtStart);
    }

    /// <summary>Continues where <paramref name="other"/> stands.</summary>
    public void CopyFrom(MelodicLine other)
    {
        (_previous, _first) = (other._previous, other._first);
        for (var i = 0; i < Paths.Length; i++) Paths[i].CopyFrom(other.Paths[i]);
        other.Recency.CopyTo(Recency, 0);
        Key.CopyFrom(other.Key);
    }

    /// <summary>Remembers that <paramref name="pitch"/> came; the paths are moved by the repertoire.</summary>
    internal void Arrive(int pitch)
    {
        if (_first < 0) _first = pitch;
        _previous = pitch;
        Key.Hear(pitch);
    }
}
