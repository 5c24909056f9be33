using System.Collections.Concurrent;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Stage;
using QuantumImprov.Host.Stage.Health;
using QuantumImprov.Midi.Ports;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Host.Live;

/// <summary>
/// The engine's thread: takes what came in from the ports and the stage in order of time, lets the session do what is due, and passes on what went out. It never waits
/// for disk, network or screen.
/// </summary>
public sealed class EngineLoop : IDisposable
{
    /// <summary>
    /// How far behind the clock the session is advanced, in nanoseconds, so that a message stamped a moment ago still comes before what would have been due after it:
    /// two periods with ports; without them as long as a page's message may be on its way.
    /// </summary>
    public const long BehindPorts = 6_000_000, BehindPages = 15_000_000;

    private const long SnapshotEvery = 33_000_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(5);

    private readonly ImprovSession _session;
    private readonly IHostClock _clock;
    private readonly ILivePorts? _ports;
    private readonly SessionJournal? _journal;
    private readonly SessionScribe _scribe;
    private readonly ConcurrentQueue<TimedMessage> _fromStage = new();
    private readonly ConcurrentQueue<Action> _errands = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly List<TimedMessage> _arrived = new(4096);
    private readonly long _behind;
    private readonly Thread _thread;
    private volatile StageServer? _stage;
    private volatile SessionSnapshot _snapshot;
    private volatile bool _stop;
    private HostTime _heard;
    private HostTime _played;
    private HostTime _nextSnapshot;
    private HostTime _lastRound;

    /// <summary>A loop around <paramref name="session"/>; <see cref="Start"/> sets it going.</summary>
    public EngineLoop(ImprovSession session, IHostClock clock, ILivePorts? ports, SessionJournal? journal)
    {
        (_session, _clock, _ports, _journal) = (session, clock, ports, journal);
        _behind = ports is null ? BehindPages : BehindPorts;
        _snapshot = session.Snapshot(clock.Now);
        _thread = new Thread(Run) { Name = "engine", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _scribe = new SessionScribe(session, journal);
    }

    /// <summary>Tells of each message played on the stage, as soon as it is taken. [engine]</summary>
    public event Action<TimedMessage>? PlayedOnStage;

    /// <summary>How things stood about 30 ms ago at most. [any]</summary>
    public SessionSnapshot Snapshot => _snapshot;

    /// <summary>From each key that was played to here. [any]</summary>
    public LatencyHistogram Heard { get; } = new();

    /// <summary>From round to round. [any]</summary>
    public LatencyHistogram Rounds { get; } = new();

    /// <summary>The last bug that was caught in the loop, as one sentence; null when there was none. [any]</summary>
    public string? Fault { get; private set; }

    /// <summary>Begins.</summary>
    public void Start() => _thread.Start();

    /// <summary>Tells a stage of everything from now on. [any]</summary>
    public void ShowOn(StageServer stage) => _stage = stage;

    /// <summary>A message played on the stage. [any]</summary>
    public void Hear(HostTime at, ShortMessage message)
    {
        _fromStage.Enqueue(new TimedMessage(at, message));
        Wake();
    }

    /// <summary>The decision of that number, with all that is needed to draw it; null when there is none, or it is kept no more. [any]</summary>
    public DecisionRecord? Find(long decision) => _session.Decisions.Find(decision);

    /// <summary>Whether decisions are written down from now on, for somebody who looks on. [any]</summary>
    public void Watch(bool watched) => _session.Decisions.IsOn = watched;

    /// <summary>Carries a command to the session. [any]</summary>
    public void Submit(SessionCommand command)
    {
        _session.Submit(command);
        Wake();
    }

    /// <summary>Does <paramref name="errand"/> on the engine's thread and waits for it, at most <paramref name="longest"/>. [any but engine]</summary>
    public T? Ask<T>(Func<ImprovSession, T> errand, TimeSpan longest)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _errands.Enqueue(() => answer.TrySetResult(errand(_session)));
        Wake();
        return answer.Task.Wait(longest) ? answer.Task.Result : default;
    }

    /// <summary>Ends the loop after a last round.</summary>
    public void Dispose()
    {
        _stop = true;
        Wake();
        if (_thread.IsAlive) _thread.Join();
    }

    private void Wake()
    {
        _ports?.Wake();
        _wake.Set();
    }

    private void Run()
    {
        while (true)
        {
            var last = _stop;
            try
            {
                Round();
            }
            catch (Exception e)
            {
                // A bug must not end the concert: it is told, everything sounding is silenced, and the loop goes on.
                Fault = $"{e.GetType().Name}: {e.Message}";
                _journal?.WriteRemark(_clock.Now, "fault " + e);
                _session.Pipeline.LeaveWork();
                _session.Submit(new SessionCommand(_clock.Now, CommandKind.Panic));
            }

            if (last) return;
            if (_ports is { IsRunning: true }) _ports.WaitForInput(Longest);
            else _wake.WaitOne(Longest);
        }
    }

    private void Round()
    {
        var began = _clock.Now;
        if (_lastRound != default) Rounds.Add(began.Nanoseconds - _lastRound.Nanoseconds);
        _lastRound = began;
        TakeArrived();
        foreach (var message in _arrived)
        {
            Heard.Add(began.Nanoseconds - message.At.Nanoseconds);
            // A page that was busy tells late. The session cannot go back, but it learns each key at the time it was played, as far as what was heard before leaves room for it.
            _heard = HostTime.Max(_heard, message.At);
            _played = HostTime.Max(_played, message.At);
            var told = message with { At = _heard };
            // What a control asked for is written down as a command: given again, it needs neither the controller nor its profile.
            var music = true;
            try
            {
                music = _session.Hear(told, _played);
            }
            finally
            {
                if (music) _scribe.Hear(told, _played);
            }

            // As it came, so that the page that played it knows it for its own.
            _stage?.Broadcast(new StageNote(message.At, StagePart.Performer, message.Message));
        }

        var now = _clock.Now;
        _heard = HostTime.Max(_heard, now.Plus(-_behind));
        _session.Advance(_heard);
        if (_ports is not null && _ports.TryReadSong(out var at, out var song)) _session.HearSong(_heard, at, song);
        while (_errands.TryDequeue(out var errand)) errand();
        while (_session.Player.TryReadEmitted(out var message))
        {
            _scribe.Send(message);
            _stage?.Broadcast(new StageNote(message.At, StagePart.Partner, message.Message));
        }

        if (now < _nextSnapshot) return;
        _nextSnapshot = now.Plus(SnapshotEvery);
        _snapshot = _session.Snapshot(now);
        _stage?.Publish(StageView.Of(_snapshot, _ports?.ClientName, _ports?.Rolls));
    }

    private void TakeArrived()
    {
        _arrived.Clear();
        while (_ports is not null && _arrived.Count < _arrived.Capacity && _ports.TryReadInput(out var message)) _arrived.Add(message);
        var fromPorts = _arrived.Count;
        while (_arrived.Count < _arrived.Capacity && _fromStage.TryDequeue(out var message))
        {
            _arrived.Add(message);
            PlayedOnStage?.Invoke(message);
        }

        // Each source is in order by itself; together they need sorting, and only when both brought something.
        if (fromPorts > 0 && _arrived.Count > fromPorts) _arrived.Sort(static (a, b) => a.At.CompareTo(b.At));
    }
}
