using System.Collections.Concurrent;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Storage.Disk;

namespace QuantumImprov.Storage.Journal;

/// <summary>
/// The disk's side of a journal, as a step to be repeated: <see cref="Turn"/> takes what waits, writes it and flushes it in time. Bytes stay in memory until
/// they were flushed, so that after any failure they are written again at the same place. Used by one thread; the counts may be read from any.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    /// <summary>How long bytes may lie unflushed, and the pause after a failure.</summary>
    internal static readonly TimeSpan FlushAfter = TimeSpan.FromMilliseconds(300), RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Most bytes kept in memory while the disk does not take them: hours of playing.</summary>
    internal const int MostWaiting = 32 << 20;

    private readonly SpscRing<JournalEntry> _ring;
    private readonly ConcurrentQueue<QueuedText> _texts;
    private readonly Func<IJournalFile> _open;
    private readonly TimeProvider _time;
    private readonly JournalLines _lines;
    private readonly int _mostWaiting;
    private IJournalFile? _file;
    private long _flushed;
    private int _given;
    private long _oldest;
    private long _failedAt;
    private long _dropped;
    private long _lostTold;
    private long _written;
    private long _waiting;
    private volatile string? _reason;

    internal JournalWriter(
        SpscRing<JournalEntry> ring, ConcurrentQueue<QueuedText> texts, JournalHeader header, Func<IJournalFile> open, TimeProvider time, int mostWaiting = MostWaiting)
    {
        (_ring, _texts, _open, _time, _mostWaiting) = (ring, texts, open, time, mostWaiting);
        _lines = new JournalLines(header.ClockOrigin);
        _lines.AddHeader(header);
        _oldest = time.GetTimestamp();
    }

    /// <summary>Raised when writing begins to fail and when it works again.</summary>
    internal event Action? Changed;

    /// <summary>Where the file stands; null until it could be made.</summary>
    internal string? Path => Volatile.Read(ref _file)?.Path;

    /// <summary>Why writing fails; null when it does not.</summary>
    internal string? Reason => _reason;

    /// <summary>Whether writing ever failed.</summary>
    internal bool EverFailed { get; private set; }

    internal long Written => Volatile.Read(ref _written);

    internal long Waiting => Volatile.Read(ref _waiting) + _ring.Count;

    internal long Lost => Volatile.Read(ref _dropped) + _ring.Refused;

    /// <summary>One turn. With <paramref name="now"/> everything is on disk afterwards, or <see cref="Reason"/> says why not.</summary>
    internal void Turn(bool now)
    {
        Take();
        if (_lines.Length == 0 || (!now && _reason is not null && _time.GetElapsedTime(_failedAt) < RetryAfter)) return;
        try
        {
            if (_file is null) Volatile.Write(ref _file, _open());
            if (_given < _lines.Length) _file.Write(_flushed + _given, _lines.Bytes[_given..]);
            _given = _lines.Length;
            if (now || _reason is not null || _time.GetElapsedTime(_oldest) >= FlushAfter) Flush(_file);
        }
        catch (Exception exception)
        {
            // Whatever it is, the music must not end for it: an exception on this thread would end the process.
            Fail(DiskFault.Is(exception) ? DiskFault.Reason(exception) : $"of a fault inside ({exception.GetType().Name})");
        }
    }

    public void Dispose() => _file?.Dispose();

    private void Flush(IJournalFile file)
    {
        file.Flush();
        _flushed += _lines.Length;
        _given = 0;
        _lines.Clear();
        Volatile.Write(ref _written, _written + _waiting);
        Volatile.Write(ref _waiting, 0);
        if (_reason is null) return;
        _reason = null;
        Changed?.Invoke();
    }

    // After a failed flush the system may have thrown pages away, so all that was not flushed is given again.
    private void Fail(string reason)
    {
        _given = 0;
        _failedAt = _time.GetTimestamp();
        EverFailed = true;
        var first = _reason is null;
        _reason = reason;
        if (first) Changed?.Invoke();
    }

    private void Take()
    {
        if (_lines.Length == 0) _oldest = _time.GetTimestamp();
        while (_ring.TryRead(out var entry))
        {
            var text = entry.Kind == JournalEntryKind.Text ? NextText() : null;
            if (_lines.Length >= _mostWaiting)
            {
                Volatile.Write(ref _dropped, _dropped + 1);
                continue;
            }

            TellLost();
            if (text is null) _lines.Add(entry);
            else _lines.AddText(entry.At, text);
            Volatile.Write(ref _waiting, _waiting + 1);
        }

        if (_lines.Length < _mostWaiting) TellLost();
    }

    private void TellLost()
    {
        var lost = Lost;
        if (lost == _lostTold) return;
        _lines.AddLost(lost - _lostTold);
        _lostTold = lost;
    }

    private QueuedText NextText()
    {
        QueuedText? text;
        while (!_texts.TryDequeue(out text) || text.Refused)
        {
            // A place in the ring is taken only after its text was queued; those whose place was refused are skipped.
        }

        return text;
    }
}
