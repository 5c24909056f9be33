using QuantumImprov.Engine.Listening;
using QuantumImprov.Quantum.Chains.Council;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// Where a melody stands in everything that was learned: the last symbols of each member's viewpoint, the running key, the last and first pitch, and how well each member
/// has foretold the notes lately. The performer's line and the partner's are two of these. Allocates nothing after construction. [engine]
/// </summary>
public sealed class MelodicLine
{
    /// <summary>How fast <see cref="Recency"/> forgets: its value keeps this share at each note.</summary>
    public const double RecencyKept = .75;

    /// <summary>Qubits of a line's memory.</summary>
    public const int MemoryQubits = 2;

    /// <summary>How many of the last notes a line remembers one by one.</summary>
    public const int RecentNotes = 16;

    private const double RecencyAtStart = .3;
    private readonly int[] _recent = new int[RecentNotes];
    private int _arrived;
    private int _previous = -1, _first = -1;

    internal MelodicLine(int members, bool keepsTime = false)
    {
        KeepsTime = keepsTime;
        if (keepsTime) Now = new Moment();
        Paths = [.. Enumerable.Range(0, members).Select(_ => new ContextLine())];
        Recency = new double[members];
        Restart();
    }

    /// <summary>The running key of this line.</summary>
    public KeyFinding Key { get; } = new();

    /// <summary>What viewpoints see of the past.</summary>
    public MelodicContext Context => new(_previous, _first, Key.Key, Now);

    /// <summary>What the rhythm tells about the next note; null where only pitches are known. Moved on by the line itself when it <see cref="KeepsTime"/>, else by whoever set it.</summary>
    public Moment? Now { get; set; }

    /// <summary>Whether the line moves <see cref="Now"/> on as notes arrive.</summary>
    public bool KeepsTime { get; }

    /// <summary>Probability each member lately gave to what came, averaged with weight .75 on the past.</summary>
    internal double[] Recency { get; }

    /// <summary>The council's memory of this line, two qubits; a new line begins it anew.</summary>
    public CouncilMemory Memory { get; } = new(MemoryQubits);

    internal ContextLine[] Paths { get; }

    /// <summary>How many of its last notes the line can tell, 0 to <see cref="RecentNotes"/>.</summary>
    public int Remembered => Math.Min(_arrived, RecentNotes);

    /// <summary>The pitch <paramref name="ago"/> notes before the last, which is 0; below <see cref="Remembered"/>.</summary>
    public int Recent(int ago) => _recent[(_arrived - 1 - ago) % RecentNotes];

    /// <summary>Whether one of the remembered notes has this pitch class, 0 to 11.</summary>
    public bool PlayedLately(int pitchClass)
    {
        for (var ago = 0; ago < Remembered; ago++)
        {
            if (Recent(ago) % 12 == pitchClass) return true;
        }

        return false;
    }

    /// <summary>The class of a member's <see cref="Recency"/>, 0 (wrong lately) to 3 (right lately).</summary>
    public int RecencyClass(int member) => Recency[member] switch { < .2 => 0, < .4 => 1, < .6 => 2, _ => 3 };

    /// <summary>The next note comes at <paramref name="time"/>; of a line that is told nothing it is expected a beat after the last. No effect where only pitches are known.</summary>
    public void Await(in NoteTime time) => Now?.AwaitPitch(time);

    /// <summary>Begins a new line: no past. The running key is kept, since a pause does not change the key.</summary>
    public void Restart()
    {
        if (KeepsTime) Now!.Begin(null);
        _previous = _first = -1;
        _arrived = 0;
        Memory.Restart();
        foreach (var path in Paths) path.Restart();
        Array.Fill(Recency, RecencyAtStart);
    }

    /// <summary>Continues where <paramref name="other"/> stands.</summary>
    public void CopyFrom(MelodicLine other)
    {
        (_previous, _first, _arrived) = (other._previous, other._first, other._arrived);
        other._recent.CopyTo(_recent, 0);
        Memory.CopyFrom(other.Memory);
        for (var i = 0; i < Paths.Length; i++) Paths[i].CopyFrom(other.Paths[i]);
        other.Recency.CopyTo(Recency, 0);
        Key.CopyFrom(other.Key);
        if (KeepsTime) Now!.CopyFrom(other.Now!);
    }

    /// <summary>The next note's time, when nobody has told it.</summary>
    internal void Expect()
    {
        if (KeepsTime && !Now!.AwaitsPitch) Now.AwaitBeat();
    }

    /// <summary>Remembers that <paramref name="pitch"/> came; the paths are moved by the repertoire.</summary>
    internal void Arrive(int pitch)
    {
        if (_first < 0) _first = pitch;
        _previous = _recent[_arrived++ % RecentNotes] = pitch;
        Key.Hear(pitch);
        if (KeepsTime) Now!.Arrive(pitch);
    }
}
