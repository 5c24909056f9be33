using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// The melody of the phrase being played, oldest note first. Holds at most <see cref="Capacity"/> notes: of a longer phrase the older half is let go, since an
/// answer speaks to what was said last. Allocates nothing after construction. [engine]
/// </summary>
public sealed class Phrase
{
    /// <summary>Notes a phrase can hold.</summary>
    public const int Capacity = 1024;

    // Notes of the melody under which a chord of the other hand may be held: some bars of it.
    private const int LongestHeld = 128;

    private readonly HeardNote[] _notes = new HeardNote[Capacity];
    private int _count;

    /// <summary>The notes so far.</summary>
    public ReadOnlySpan<HeardNote> Notes => _notes.AsSpan(0, _count);

    /// <summary>How many notes of a long phrase were let go.</summary>
    public int LetGo { get; private set; }

    /// <summary>When the last thing that happened in it, an onset or a release, was told.</summary>
    public HostTime LastActivity { get; private set; } = new(long.MinValue);

    /// <summary>When the last onset or release was played: <see cref="LastActivity"/>, or earlier where that was told late.</summary>
    public HostTime LastPlayed { get; private set; } = new(long.MinValue);

    /// <summary>Whether nothing was played yet.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Appends a note. A key struck again while it seemed down came up unheard: its first note ends where the second begins.</summary>
    public void Add(HeardNote note) => Add(note, note.Off == HostTime.Never ? note.On : note.Off);

    /// <summary>The same for a note whose latest part was told at <paramref name="told"/>.</summary>
    public void Add(HeardNote note, HostTime told)
    {
        End(note.Pitch, note.On);
        if (_count == Capacity)
        {
            Array.Copy(_notes, Capacity / 2, _notes, 0, Capacity / 2);
            _count = Capacity / 2;
            LetGo += Capacity / 2;
        }

        _notes[_count++] = note;
        Touch(told, note.Off == HostTime.Never ? note.On : note.Off);
    }

    /// <summary>Ends the sounding notes that <paramref name="key"/> released.</summary>
    public void Release(KeyEvent key)
    {
        End(key.Change == KeyChange.Up ? key.Pitch : null, key.Played);
        Touch(key.At, key.Played);
    }

    /// <summary>Starts anew.</summary>
    public void Clear()
    {
        (_count, LetGo) = (0, 0);
        LastActivity = LastPlayed = new HostTime(long.MinValue);
    }

    private void Touch(HostTime told, HostTime played) => (LastActivity, LastPlayed) = (HostTime.Max(LastActivity, told), HostTime.Max(LastPlayed, played));

    // The sounding notes of one key, or of all; older than the last 16 none is thought to sound.
    private void End(byte? pitch, HostTime at)
    {
        for (var i = _count - 1; i >= 0 && i >= _count - LongestHeld; i--)
        {
            ref var note = ref _notes[i];
            if (i >= _count - 16 && note.Off == HostTime.Never && (pitch is null || note.Pitch == pitch)) note = note with { Off = at };
            if (note.Beside != 0 && note.BesideOff is null && (pitch is not { } key || (note.Beside >> key & 1) != 0)) note = note with { BesideOff = at };
        }
    }
}
