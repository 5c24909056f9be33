using System.Collections.Concurrent;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Presets;
using QuantumImprov.Host.Stage;
using QuantumImprov.Host.Stage.Access;
using QuantumImprov.Midi.Pacing;
using QuantumImprov.Midi.Ports;
using QuantumImprov.Storage.Data;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Host.Live;

/// <summary>
/// A live session from beginning to end: opens what is there (MIDI and sound, the stage, the data folder), says in plain words what is not, plays until it is asked to
/// stop, and leaves nothing sounding and nothing lost.
/// </summary>
public sealed class LivePlay : IDisposable
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(1), HealthEvery = TimeSpan.FromSeconds(1), SilenceLimit = TimeSpan.FromMilliseconds(500);

    private const int RehearsedPhrases = 12;
    private const long SilencingAfter = 200_000_000;

    private readonly List<string> _opening = [];
    // What pages asked of the repertoire's keeper, which belongs to the owner: to store (true) or to recall.
    private readonly ConcurrentQueue<bool> _wishes = new();
    private readonly TimeProvider _time;
    private readonly ImprovSession _session;
    private readonly RepertoireKeeper _keeper;
    private readonly ControllerKeeper _controller;
    private readonly SessionJournal? _journal;
    private readonly PlayerThread _player;
    private readonly BankRig? _bank;
    private readonly OpenedPorts _opened;
    private readonly PortDesk _ports;
    private readonly RecordingShelf _shelf;
    private readonly ThroughRoutes _through;
    private long _lastSave;
    private long _lastHealth;

    /// <summary>Opens everything <paramref name="options"/> asks for.</summary>
    /// <exception cref="Refusal">A preset, port or file that was named does not exist or cannot be used.</exception>
    public LivePlay(LiveOptions options, TimeProvider time)
    {
        _time = time;
        StageListening? listening = null;
        if (options.Listen is { } address && !StageListening.TryCreate(address, time.GetUtcNow(), out listening, out var fault)) throw new Refusal(fault);
        var (presetText, preset) = PresetLibrary.Find(options.Preset);
        _controller = new ControllerKeeper(options.Controller);
        var cables = new CableKeeper(options.Session);
        var data = OpenData();
        // A fresh seed a session, short enough to be typed again, or a quantum one when some were fetched ahead.
        var quantum = options.Seed is null ? QuantumSeed.Take(data) : null;
        Seed = options.Seed ?? quantum?.Seed ?? (ulong)(time.GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond % 1_000_000);
        SessionFolder? kept = data is null ? null : new SessionFolder(data.Sessions, time), named = options.Record is { } dir ? new SessionFolder(dir, time) : null;
        _shelf = new RecordingShelf([.. new[] { named, kept }.OfType<SessionFolder>().Select(f => f.Path)]);
        var died = new List<RecoveredRecording>();
        foreach (var folder in new[] { named, kept }.OfType<SessionFolder>()) died.AddRange(Recordings.Recover(folder));
        _opening.AddRange(died.Where(d => d.Sentence.Length > 0).Select(d => $"From a session that ended unexpectedly: {d.Sentence}"));
        _keeper = new RepertoireKeeper(options.Repertoire ?? (data is null ? null : Path.Combine(data.Repertoires, "session.repertoire")));
        var learned = _keeper.Load();
        if (_keeper.Remark is { } remark) _opening.Add(remark);
        if (_controller.Opening is { } profile) _opening.Add(profile);

        _bank = options.Backend.IsLocal ? null : new BankRig(options.Backend, options.Budget, learned, preset, Seed, time);
        Rehearsal.Play(RehearsedPhrases);
        // The clock must be known before the session starts, and the player before the ports open: the session is made around a player of its own.
        Tempo? tempo = options.Tempo is { } bpm ? Tempo.FromBpm(bpm) : null;
        var player = new Player();
        _through = new ThroughRoutes(options.Thru, () => _opened?.Ports is JackLivePorts { Client.ComesBack: true });
        _through.Open(player);
        _opened = OpenedPorts.Open(options, preset, player, time, _opening);
        _ports = new PortDesk(_opened, options.Thru, time);
        Clock = _opened.Ports?.Clock ?? new WallClock(time);
        if (options.Thru.Count > 0 && Ports is not JackLivePorts) _opening.Add("--thru passes nothing through: it needs JACK.");
        var latency = LatencyChoice.Of(options, data?.Latencies, Ports, _opening);
        var setup = new SessionSetup(preset, learned, Seed, tempo, options.Metre ?? default, Clock.Now) { Worker = new BackgroundWorker(), Banked = _bank?.Banked, StartedAt = time.GetUtcNow(), Controls = _controller.Map, SendsClock = options.ClockOut, MayHearItself = Ports is not null, Latency = latency, Presets = PresetLibrary.InOrder(preset), Follows = options.FollowsTransport ? TimeSources.All : TimeSources.Clock, Chart = options.Chart };
        _session = new ImprovSession(setup, player)
        {
            BankName = _bank?.Backend.Device.Name ?? "",
            BankIsKnown = _bank?.KnownLaw is not null,
        };
        _journal = Record(
            SessionScribe.Begin(setup, presetText, _keeper.Loaded, Clock.Now),
            named,
            kept);
        if (quantum is { Block: var block }) _journal?.WriteRemark(Clock.Now, $"seed from anu-qrng block {block}");
        if (latency.Longest > 0) _journal?.WriteRemark(Clock.Now, $"planned notes are sent {LatencyChoice.InWords(latency)}");
        Engine = new EngineLoop(_session, Clock, Ports, _journal);
        _player = new PlayerThread(player, Clock, Ports);
        Engine.PlayedOnStage += _player.Hear;
        Preset = preset;
        Engine.Start();
        if (_bank is not null)
        {
            _bank.Start(_session.Submit);
            _opening.Add($"Notes are chosen by shots of {_bank.Backend.Name} as far as there are any: {_bank.Classes.Sum(c => (long)c.Level)} in stock{(_bank.Former > 0 ? $", {_bank.Former} open jobs to harvest" : "")}.");
        }

        if (options.Stage) Stage = OpenStage(options, listening);
        if (_opened.Connect(options, cables, _opening) is { } refused)
        {
            Close();
            throw new Refusal(refused);
        }

        // Whatever a session that died had left sounding out there ends first; a moment later, when the cables are in.
        var silence = Clock.Now.Plus(SilencingAfter);
        Engine.Ask(session => died.SelectMany(d => d.Silencing).Count(message => session.Player.TrySignal(new TimedMessage(silence, message))), SilenceLimit);
        _lastSave = time.GetTimestamp();
    }

    /// <summary>What a person should know at the start, a sentence each.</summary>
    public IReadOnlyList<string> Opening => _opening;

    /// <summary>The engine's thread.</summary>
    public EngineLoop Engine { get; }

    /// <summary>The session's clock.</summary>
    public IHostClock Clock { get; }

    /// <summary>The MIDI ports; null where there are none.</summary>
    public ILivePorts? Ports => _opened.Ports;

    /// <summary>The page's server; null when it was not asked for or could not be had.</summary>
    public StageServer? Stage { get; }

    /// <summary>How it is played.</summary>
    public Preset Preset { get; }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>The bank of shots as it stands; null without one.</summary>
    public BankSnapshot? Bank => Engine.Snapshot.Bank is { } bank ? bank with { Supply = _bank?.Supply } : null;

    /// <summary>What is wrong now, if anything, as one sentence.</summary>
    public string? Trouble =>
        Engine.Fault is { } fault ? $"A fault was caught and silenced: {fault}."
        : _opened.Trouble is { } trouble ? trouble
        : _journal?.Status is { IsWriting: false, Sentence: { } sentence } ? sentence
        : _controller.Trouble ?? _keeper.Remark;

    /// <summary>What has come lately, such as a keyboard that was plugged in, and what became of it; null when nothing has. Another text is news. [owner]</summary>
    public string? News { get; private set; }

    /// <summary>Listens to the MIDI port that was offered last. [owner]</summary>
    public void AcceptOffer()
    {
        if (Ports is null) return;
        Ports.TryAcceptOffer(out var report);
        News = report;
    }

    /// <summary>Silences everything now. [any]</summary>
    public void Panic() => Engine.Submit(new SessionCommand(Clock.Now, CommandKind.Panic));

    /// <summary>Forgets the phrase being played, or else the last one. [any]</summary>
    public void Forget() => Engine.Submit(new SessionCommand(Clock.Now, CommandKind.Forget));

    /// <summary>Asks for <paramref name="kind"/>, which needs no more than a number; a switch is turned over by less than 0. [any]</summary>
    public void Ask(CommandKind kind, double value = 0) => Engine.Submit(new SessionCommand(Clock.Now, kind, value));

    /// <summary>Has the transport that several programs share roll, or stop when it does; nothing where there is none. [owner]</summary>
    public void TurnTransport()
    {
        if (Ports?.Rolls is { } rolls) Ports.TryRoll(!rolls);
    }

    /// <summary>Of the performer's phrases keeps the last <paramref name="phrases"/>. [any]</summary>
    public void Keep(int phrases) => Engine.Submit(new SessionCommand(Clock.Now, CommandKind.Keep, phrases));

    /// <summary>Goes back to what a fresh install knows. [any]</summary>
    public void Clear() => Engine.Submit(new SessionCommand(Clock.Now, CommandKind.Clear));

    /// <summary>Stores what is known now beside the session's repertoire, to be recalled. [owner]</summary>
    public void Store() => _keeper.Store(Engine);

    /// <summary>Goes back to what was stored. [owner]</summary>
    public void Recall()
    {
        if (_keeper.Recall() is { } content) Engine.Submit(new SessionCommand(Clock.Now, CommandKind.Load) { Content = content, Name = _keeper.StorePath });
    }

    /// <summary>What its owner does from time to time: looks after the ports, and saves what was learned every minute. [owner]</summary>
    public void Tend()
    {
        if (_bank is not null)
        {
            _session.BankName = _bank.Backend.Device.Name;
            if (Engine.Snapshot.Bank is { } bank) _bank.Look(bank.Classes);
            _bank.Tend();
        }

        while (_wishes.TryDequeue(out var store))
        {
            if (store) Store();
            else Recall();
            if (_keeper.Remark is { } kept) Stage?.Tell(kept);
        }

        if (_keeper.Tend(Engine) && _keeper.Remark is { } told) Stage?.Tell(told);
        if (Stage is { } stage) _ports.Tend(stage, Engine.Snapshot);
        _opened.Tend();
        var news = new List<string>();
        if (_through.Tend(rule => Engine.Ask(session => session.Player.TryFollow(rule), SilenceLimit)) is { } routed) news.Add(routed);
        while (Ports is not null && Ports.TryTakeNews(out var sentence)) news.Add(sentence);
        if (news.Count > 0)
        {
            News = string.Join(' ', news);
            Stage?.Tell(News);
        }

        _controller.Tend(Engine.Snapshot);
        if (Stage is not null && _time.GetElapsedTime(_lastHealth) >= HealthEvery)
        {
            _lastHealth = _time.GetTimestamp();
            Stage.Publish(HealthView.Of(Engine, _opened.Health, Stage.Counts, _session.Player.Late, Trouble), Bank is { } concert ? HealthView.Of(concert) : null);
        }

        if (_time.GetElapsedTime(_lastSave) < SaveEvery && !_keeper.IsBehind(Engine.Snapshot)) return;
        _lastSave = _time.GetTimestamp();
        _keeper.Save(Engine);
    }

    /// <summary>Silences what sounds, closes the recording, saves what was learned; returns what there is to say, a sentence each. [owner]</summary>
    public IReadOnlyList<string> Close()
    {
        Engine.Ask(
            session =>
            {
                session.EndSignals(Clock.Now);
                return true;
            },
            SilenceLimit);
        Panic();
        // What was cabled last is kept too.
        _opened.Tend();
        // The panic must reach the player and leave it before the player is stopped.
        var asked = _time.GetTimestamp();
        var done = new ManualResetEventSlim();
        while (_time.GetElapsedTime(asked) < SilenceLimit && (_session.Player.Sounding > 0 || _time.GetElapsedTime(asked) < TimeSpan.FromMilliseconds(60))) done.Wait(5);
        var end = Clock.Now;
        Stage?.Silence();
        _player.Dispose();
        _opened.Dispose();
        Engine.Dispose();
        Stage?.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(2));
        var closing = new List<string>();
        if (_bank is not null)
        {
            closing.Add(BankFilling.InWords(_bank));
            _bank.Dispose();
        }

        _session.Pipeline.Finish(end);
        _keeper.Save(_session);
        if (_keeper.Remark is { } remark) closing.Add(remark);
        if (_journal is not null)
        {
            _journal.Close();
            if (_journal.Status.Sentence is { } sentence) closing.Add(sentence);
            if (File.Exists(_journal.Path) && Recordings.Finish(new SessionFiles(_journal.Path)) is { Length: > 0 } recorded) closing.Add(recorded);
        }

        _session.Dispose();
        return closing;
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    // A folder that cannot be used must not cost the recording: the data folder takes it.
    private SessionJournal? Record(JournalHeader header, SessionFolder? named, SessionFolder? kept)
    {
        if ((named ?? kept)?.Start(header) is not { } journal) return null;
        if (journal.Status is not { Reason: { } reason, Sentence: { } sentence }) return journal;
        if (named is null || kept is null)
        {
            _opening.Add(sentence);
            return journal;
        }

        _opening.Add($"The recording {journal.Path} cannot be written: {reason}; it goes to {kept.Path} instead.");
        journal.Close();
        return Record(header, null, kept);
    }

    private DataFolder? OpenData()
    {
        switch (DataFolder.Open(Environment.GetEnvironmentVariable, DataFolder.ThisPlatform))
        {
            case DataFolderOpening.Opened opened:
                return opened.Folder;
            case DataFolderOpening.Unusable unusable:
                _opening.Add(unusable.Sentence + " Nothing will be kept.");
                return null;
            default:
                return null;
        }
    }

    private StageServer? OpenStage(LiveOptions options, StageListening? listening)
    {
        try
        {
            var stage = StageServer.StartAsync(new StageOptions { Port = options.StagePort, Clock = _time, Listening = listening, Archive = _shelf }, new LiveStage(Engine, Clock, _ports, _wishes.Enqueue)).GetAwaiter().GetResult();
            Engine.ShowOn(stage);
            _opening.Add(stage.MovedFrom is { } taken ? $"Play here: {stage.Url} (port {taken} is taken)." : $"Play here: {stage.Url}");
            // The address carries the token: it goes to the screen, and nowhere else.
            if (listening is not null) _opening.Add($"From other machines: {string.Join(" or ", stage.FarUrls)} (certificate SHA-256 {StageCertificate.Fingerprint(listening.Certificate)}).");
            return stage;
        }
        catch (IOException e)
        {
            _opening.Add(e.Message);
            return null;
        }
    }
}
