using System.Collections.Concurrent;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Bank;

namespace QuantumImprov.Storage.Journal;

/// <summary>
/// The journal of a session in progress: what is written here is on disk within half a second, as long as the disk takes it, and outlives the process whatever ends it. A thread
/// of its own does the writing; the engine's thread only fills a ring. When the disk fails, the session goes on: entries wait in memory, the journal tries
/// again every second and counts what found no room.
/// </summary>
public sealed class SessionJournal : IDisposable
{
    /// <summary>Entries the ring holds: three seconds of the densest stream a MIDI port should ever bring.</summary>
    public const int RingCapacity = 32768;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100), LongestClose = TimeSpan.FromSeconds(5);

    private readonly SpscRing<JournalEntry> _ring = new(RingCapacity);
    private readonly ConcurrentQueue<QueuedText> _texts = new();
    private readonly JournalWriter _writer;
    private readonly string _intendedPath;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private readonly object _gate = new();
    private long _flushAsked;
    private long _flushDone;
    private bool _closing;
    private HostTime _latest;
    private bool _closed;

    internal SessionJournal(string intendedPath, JournalHeader header, Func<IJournalFile> open, TimeProvider time)
    {
        _intendedPath = intendedPath;
        _latest = header.ClockOrigin;
        _writer = new JournalWriter(_ring, _texts, header with { StartedAt = time.GetLocalNow() }, open, time);
        _writer.Changed += () => StatusChanged?.Invoke(Status);
        _writer.Turn(now: true);
        _thread = new Thread(Run) { Name = "journal", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>Raised when writing begins to fail and when it works again, on the journal's own thread; handlers return soon and do not throw.</summary>
    public event Action<JournalStatus>? StatusChanged;

    /// <summary>Where the journal stands, or will stand once it can be written. [any]</summary>
    public string Path => _writer.Path ?? _intendedPath;

    /// <summary>How the journal fares. [any]</summary>
    public JournalStatus Status
    {
        get
        {
            var (reason, waiting, lost) = (_writer.Reason, _writer.Waiting, _writer.Lost);
            // What still waits when nobody writes any more will never be written.
            var over = _closed && !_thread.IsAlive;
            if (over && reason is not null) (waiting, lost) = (0, lost + waiting);
            var fate = lost == 0 ? "nothing was lost" : $"{lost} entries were lost";
            var sentence = over && reason is not null ? $"The recording {Path} could not be written: {reason}; {fate}."
                : reason is not null
                ? $"The recording {Path} cannot be written: {reason}; the performance goes on, {waiting} entries wait and {fate}."
                : _writer.EverFailed ? $"The recording {Path} is written again; {fate}."
                : lost > 0 ? $"The disk was too slow for the recording {Path}; {fate}." : null;
            return new JournalStatus(reason is null, sentence, _writer.Written, waiting, lost) { Reason = reason };
        }
    }

    /// <summary>
    /// Starts a journal at <paramref name="path"/>, which must not exist (what exists is left alone and reported as a fault). Never throws for what is on the
    /// disk: <see cref="Status"/> tells. <see cref="SessionFolder.Start"/> finds a free name.
    /// </summary>
    public static SessionJournal Start(string path, JournalHeader header, TimeProvider time) =>
        new(path, header, () => DiskJournalFile.Create(path), time);

    /// <summary>Appends <paramref name="entry"/>; when the ring is full it is counted as lost. Allocates nothing and never waits. [engine]</summary>
    public void Write(in JournalEntry entry)
    {
        _latest = HostTime.Max(_latest, entry.At);
        _ring.TryWrite(entry);
    }

    /// <summary>Appends a command that takes effect at <paramref name="at"/>. Allocates, never waits. [engine]</summary>
    public void WriteCommand(HostTime at, string name, params ReadOnlySpan<string> arguments)
    {
        string[] parts = [name, .. arguments];
        WriteText(at, new QueuedText(JournalWords.Command, () => parts));
    }

    /// <summary>Appends what the command that is written next brings. Allocates, never waits: what takes long is done by the writing thread. [engine]</summary>
    public void WriteContent(HostTime at, RepertoireContent content) => WriteText(at, new QueuedText(JournalWords.Content, () => [JournalContent.Pack(content)]));

    /// <summary>Appends a law of shots, before the first choice that names it. Allocates, never waits. [engine]</summary>
    public void WriteLaw(HostTime at, RecordedLaw law) => WriteText(at, new QueuedText(JournalWords.Law, () => JournalShots.Write(law)));

    /// <summary>Appends what reached a choice from a bank of shots. Allocates, never waits. [engine]</summary>
    public void WriteDraw(HostTime at, RecordedDraw draw) => WriteText(at, new QueuedText(JournalWords.Draw, () => JournalShots.Write(draw)));

    /// <summary>Appends a remark such as "xrun". Allocates, never waits. [engine]</summary>
    public void WriteRemark(HostTime at, string text) => WriteText(at, new QueuedText(JournalWords.Remark, () => [text]));

    /// <summary>Waits until all that was written before is on disk; false when the disk fails or <paramref name="longest"/> passes first. [worker]</summary>
    public bool Flush(TimeSpan longest)
    {
        var asked = Interlocked.Increment(ref _flushAsked);
        _wake.Set();
        return WaitFor(asked, longest) && _writer.Reason is null;
    }

    /// <summary>Ends the journal properly, at the latest time it has seen. Waits up to 5 s for the disk. The engine must not write any more. [worker]</summary>
    /// <returns>Whether everything is on disk.</returns>
    public bool Close() => Close(_latest);

    /// <summary>Ends the journal properly, the session having ended at <paramref name="at"/>; otherwise as <see cref="Close()"/>.</summary>
    public bool Close(HostTime at)
    {
        if (!_closed)
        {
            _closed = true;
            Write(JournalEntry.EndAt(at));
            Volatile.Write(ref _closing, true);
            _wake.Set();
        }

        return _thread.Join(LongestClose) && _writer.Reason is null && _writer.Lost == 0;
    }

    /// <summary>Closes the journal when that was not done.</summary>
    public void Dispose() => Close();

    private void WriteText(HostTime at, QueuedText text)
    {
        _texts.Enqueue(text);
        _latest = HostTime.Max(_latest, at);
        if (!_ring.TryWrite(JournalEntry.TextAt(at))) text.Refused = true;
    }

    private void Run()
    {
        while (true)
        {
            _wake.WaitOne(Poll);
            var closing = Volatile.Read(ref _closing);
            var asked = Interlocked.Read(ref _flushAsked);
            _writer.Turn(now: closing || asked > _flushDone);
            lock (_gate)
            {
                _flushDone = closing ? long.MaxValue : asked;
                Monitor.PulseAll(_gate);
            }

            if (!closing) continue;
            _writer.Dispose();
            return;
        }
    }

    private bool WaitFor(long asked, TimeSpan longest)
    {
        var until = Environment.TickCount64 + (long)longest.TotalMilliseconds;
        lock (_gate)
        {
            while (_flushDone < asked)
            {
                var left = until - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_gate, (int)Math.Min(left, int.MaxValue))) return false;
            }
        }

        return true;
    }
}
