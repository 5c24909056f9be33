namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// Every note the performer taught in this session, phrase by phrase, exactly as it was learned; the archive keeps the phrases as music. 24 bytes a note, growing by doubling. [engine]
/// </summary>
public sealed class HeardLog
{
    private TimedPitch[] _notes = new TimedPitch[4096];
    private int[] _starts = new int[256];
    private bool[] _anew = new bool[256];
    private int _noted;

    /// <summary>Phrases begun, the open one included.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the last phrase has not ended.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Phrases that have ended.</summary>
    public int Ended => IsOpen ? Count - 1 : Count;

    /// <summary>The notes of phrase <paramref name="index"/>, the oldest first; valid until more is heard.</summary>
    public ReadOnlySpan<TimedPitch> Notes(int index) => _notes.AsSpan(_starts[index], (index + 1 < Count ? _starts[index + 1] : _noted) - _starts[index]);

    /// <summary>Whether phrase <paramref name="index"/> does not go on from the one before: something was played between them that was not learned.</summary>
    public bool BeginsAnew(int index) => _anew[index];

    /// <summary>Holds memory for so many more notes and phrases. Allocates.</summary>
    public void Reserve(int notes, int phrases)
    {
        if (_noted + notes > _notes.Length) Array.Resize(ref _notes, _noted + notes);
        if (Count + phrases <= _starts.Length) return;
        Array.Resize(ref _starts, Count + phrases);
        Array.Resize(ref _anew, Count + phrases);
    }

    /// <summary>A note of the open phrase; opens one, which begins <paramref name="anew"/>, when none is.</summary>
    public void Add(TimedPitch note, bool anew = false)
    {
        if (!IsOpen) Open(anew);
        if (_noted == _notes.Length) Array.Resize(ref _notes, _noted * 2);
        _notes[_noted++] = note;
    }

    /// <summary>The open phrase has ended.</summary>
    public void End() => IsOpen = false;

    /// <summary>The phrase that ended last goes on.</summary>
    public void Resume() => IsOpen = true;

    /// <summary>Forgets the last phrase.</summary>
    public void TakeBack()
    {
        _noted = _starts[--Count];
        IsOpen = false;
    }

    /// <summary>The phrases from <paramref name="first"/> on, open or not, as they are now. Allocates.</summary>
    public TimedPitch[][] From(int first) => [.. Enumerable.Range(first, Math.Max(0, Count - first)).Select(i => Notes(i).ToArray())];

    private void Open(bool anew)
    {
        if (Count == _starts.Length)
        {
            Array.Resize(ref _starts, Count * 2);
            Array.Resize(ref _anew, Count * 2);
        }

        _anew[Count] = anew;
        _starts[Count++] = _noted;
        IsOpen = true;
    }
}
