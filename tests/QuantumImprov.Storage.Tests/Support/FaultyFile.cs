using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Storage.Tests.Support;

/// <summary>A disk in memory that fails when it is told to: in the middle of a write, or in a flush, which then forgets what was not flushed, as real systems do.</summary>
/// <param name="fails">Asked before every write and flush.</param>
internal sealed class FaultyFile(Func<bool> fails) : IJournalFile
{
    private readonly MemoryStream _bytes = new();
    private int _flushed;

    public string Path => "memory";

    internal byte[] Bytes => _bytes.ToArray();

    internal int Flushes { get; private set; }

    internal bool Closed { get; private set; }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var failing = fails();
        _bytes.Position = offset;
        _bytes.Write(failing ? bytes[..(bytes.Length / 2)] : bytes);
        if (failing) throw new IOException("No space left on device", 28);
    }

    public void Flush()
    {
        if (fails())
        {
            _bytes.GetBuffer().AsSpan(_flushed, (int)_bytes.Length - _flushed).Clear();
            throw new IOException("Input/output error", 5);
        }

        _flushed = (int)_bytes.Length;
        Flushes++;
    }

    public void Dispose() => Closed = true;
}
