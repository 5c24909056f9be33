namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// Every pitch the performer taught in this session, phrase by phrase, exactly as it was learned; the archive keeps the phrases as music, on the grid. One byte a note, growing by doubling. [engine]
/// </summary>
public sealed class HeardLog
{
    private byte[] _pitches = new byte[4096];
    private int[] _starts = new int[256];
    private int _noted;

    /// <summary>Phrases begun, the open one included.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the last phrase has not ended.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Phrases that have ended.</summary>
    public int Ended => IsOpen ? Count - 1 : Count;

    /// <summary>The pitches of phrase <paramref name="index"/>, the oldest first; valid until more is heard.</summary>
    public ReadOnlySpan<byte> Pitches(int index) => _pitches.AsSpan(_starts[index], (index + 1 < Count ? _starts[index + 1] : _noted) - _starts[index]);

    /// <summary>A pitch of the open phrase; opens one when none is.</summary>
    public void Add(int pitch)
    {
        if (!IsOpen) Open();
        if (_noted == _pitches.Length) Array.Resize(ref _pitches, _noted * 2);
        _pitches[_noted++] = (byte)pitch;
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
    public byte[][] From(int first) => [.. Enumerable.Range(first, Math.Max(0, Count - first)).Select(i => Pitches(i).ToArray())];

    private void Open()
    {
        if (Count == _starts.Length) Array.Resize(ref _starts, Count * 2);
        _starts[Count++] = _noted;
        IsOpen = true;
    }
}
