using QuantumImprov.Audio;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Presets;
using QuantumImprov.Host.Stage;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Storage.Data;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Host.Live;

/// <summary>
/// A live session from beginning to end: opens what is there (JACK, the stage, the data folder), says in plain words what is not, plays until it is asked to
/// stop, and leaves nothing sounding and nothing lost.
/// </summary>
public sealed class LivePlay : IDisposable
{
    private static readonly TimeSpan OwnerPeriod = TimeSpan.FromSeconds(1), SaveEvery = TimeSpan.FromMinutes(1), SilenceLimit = TimeSpan.FromMilliseconds(500);

    private const int RehearsedPhrases = 12;

    private readonly List<string> _opening = [];
    private readonly TimeProvider _time;
    private readonly ImprovSession _session;
    private readonly RepertoireKeeper _keeper;
    private readonly SessionFolder? _folder;
    private readonly SessionJournal? _journal;
    private readonly PlayerThread _player;
    private readonly BankRig? _bank;
    private long _lastOwnerTurn, _lastSave;

    /// <summary>Opens everything <paramref name="options"/> asks for.</summary>
    /// <exception cref="Refusal">A preset, port or file that was named does not exist or cannot be used.</exception>
    public LivePlay(LiveOptions options, TimeProvider time)
    {
        _time = time;
        var (presetText, preset) = PresetLibrary.Find(options.Preset);
        var data = OpenData();
        // A fresh seed a session, short enough to be typed again, or a quantum one when some were fetched ahead.
        var quantum = options.Seed is null ? QuantumSeed.Take(data) : null;
        Seed = options.Seed ?? quantum?.Seed ?? (ulong)(time.GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond % 1_000_000);
        _folder = options.Record is { } dir ? new SessionFolder(dir, time) : data is null ? null : new SessionFolder(data.Sessions, time);
        if (_folder is not null) _opening.AddRange(Recordings.Recover(_folder).Select(s => $"From a session that ended unexpectedly: {s}"));
        _keeper = new RepertoireKeeper(options.Repertoire ?? (data is null ? null : Path.Combine(data.Repertoires, "session.repertoire")));
        var learned = _keeper.Load();
        if (_keeper.Remark is { } remark) _opening.Add(remark);

        _bank = options.Backend.IsLocal ? null : new BankRig(options.Backend, options.Budget, learned, preset, Seed, time);
        Rehearsal.Play(RehearsedPhrases);
        // The clock must be known before the session starts, and the player before JACK opens: the session is made around a player of its own.
        var wall = new WallClock(time);
        Tempo? tempo = options.Tempo is { } bpm ? Tempo.FromBpm(bpm) : null;
        var player = new Engine.Playing.Player();
        Jack = OpenJack(options, preset, player);
        Clock = Jack is null ? wall : Jack.Clock;
        _session = new ImprovSession(new SessionSetup(preset, learned, Seed, tempo, options.Metre ?? default, Clock.Now) { Worker = new BackgroundWorker(), Banked = _bank?.Banked, StartedAt = time.GetUtcNow() }, player)
        {
            BankName = _bank?.Backend.Device.Name ?? "",
            BankIsKnown = _bank?.KnownLaw is not null,
        };
        _journal = _folder?.Start(new JournalHeader
        {
            ProductVersion = Product.Version,
            Seed = Seed,
            PresetName = preset.Name,
            PresetText = presetText,
            ClockOrigin = Clock.Now,
            Timeline = _session.Pipeline.Timeline,
        });
        if (quantum is { Block: var block }) _journal?.WriteRemark(Clock.Now, $"seed from anu-qrng block {block}");
        if (_journal?.Status.Sentence is { } unwritten) _opening.Add(unwritten);
        Engine = new EngineLoop(_session, Clock, Jack, _journal);
        _player = new PlayerThread(player, Clock, Jack);
        Preset = preset;
        Engine.Start();
        if (_bank is not null)
        {
            _bank.Start(_session.Submit);
            _opening.Add($"Notes are chosen by shots of {_bank.Backend.Name} as far as there are any: {_bank.Classes.Sum(c => (long)c.Level)} in stock{(_bank.Former > 0 ? $", {_bank.Former} open jobs to harvest" : "")}.");
        }

        if (options.Stage) Stage = OpenStage(options);
        Connect(options);
        _lastOwnerTurn = _lastSave = time.GetTimestamp();
    }

    /// <summary>What a person should know at the start, a sentence each.</summary>
    public IReadOnlyList<string> Opening => _opening;

    /// <summary>The engine's thread.</summary>
    public EngineLoop Engine { get; }

    /// <summary>The session's clock.</summary>
    public IHostClock Clock { get; }

    /// <summary>The JACK client; null without JACK.</summary>
    public JackClient? Jack { get; }

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
        : Jack is { IsRunning: false } ? "The JACK server is gone; waiting for it to return."
        : _journal?.Status is { IsWriting: false, Sentence: { } sentence } ? sentence
        : _keeper.Remark;

    /// <summary>Silences everything now. [any]</summary>
    public void Panic() => Engine.Submit(new SessionCommand(Clock.Now, CommandKind.Panic));

    /// <summary>Forgets the phrase being played, or else the last one. [any]</summary>
    public void Forget() => Engine.Submit(new SessionCommand(Clock.Now, CommandKind.Forget));

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

    /// <summary>What its owner does from time to time: looks after JACK, and saves what was learned every minute. [owner]</summary>
    public void Tend()
    {
        if (_bank is not null && Engine.Snapshot.Bank is { } bank) _bank.Look(bank.Classes);
        _bank?.Tend();
        if (_time.GetElapsedTime(_lastOwnerTurn) >= OwnerPeriod)
        {
            _lastOwnerTurn = _time.GetTimestamp();
            Jack?.TryReopen();
        }

        if (_time.GetElapsedTime(_lastSave) < SaveEvery && !_keeper.IsBehind(Engine.Snapshot)) return;
        _lastSave = _time.GetTimestamp();
        _keeper.Save(Engine);
    }

    /// <summary>Silences what sounds, closes the recording, saves what was learned; returns what there is to say, a sentence each. [owner]</summary>
    public IReadOnlyList<string> Close()
    {
        Panic();
        // The panic must reach the player and leave it before the player is stopped.
        var asked = _time.GetTimestamp();
        var done = new ManualResetEventSlim();
        while (_time.GetElapsedTime(asked) < SilenceLimit && (_session.Player.Sounding > 0 || _time.GetElapsedTime(asked) < TimeSpan.FromMilliseconds(60))) done.Wait(5);
        var end = Clock.Now;
        Stage?.Silence();
        _player.Dispose();
        Jack?.Dispose();
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

    private void ConnectSpeakers(JackClient jack)
    {
        var speakers = jack.Ports().Where(p => p is { IsMidi: false, IsInput: true, IsPhysical: true }).Take(2).ToList();
        if (speakers.Count == 0) return;
        var left = jack.TryConnect(JackEnd.Left, speakers[0].Name, out _);
        if (jack.TryConnect(JackEnd.Right, speakers[^1].Name, out _) && left) _opening.Add($"Sound: {speakers[0].Name}, {speakers[^1].Name}.");
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

    private JackClient? OpenJack(LiveOptions options, Preset preset, Engine.Playing.Player player)
    {
        var jackOptions = new JackOptions
        {
            ServerName = options.JackServer,
            Player = player,
            Time = _time,
            Synth = rate =>
            {
                var synth = Synths.Create(Sound.Choice(preset), rate, out var note);
                if (preset.Synth == "fluid" && note.Length > 0) _opening.Add(note);
                return synth;
            },
        };
        if (JackClient.TryOpen(jackOptions, out var client, out var reason))
        {
            _opening.Add($"JACK: {client.NameOf(JackEnd.In)}, {client.NameOf(JackEnd.Out)}, {client.NameOf(JackEnd.Left)}, {client.NameOf(JackEnd.Right)}"
                + (client.ClientName == jackOptions.ClientName ? "." : $" (the name {jackOptions.ClientName} was taken)."));
            return client;
        }

        if (options.JackServer is not null || options.MidiIn.Count > 0 || options.MidiOut.Count > 0) throw new Refusal(reason);
        _opening.Add($"{reason} Without JACK there are no MIDI ports; the page works all the same.");
        return null;
    }

    private StageServer? OpenStage(LiveOptions options)
    {
        try
        {
            var stage = StageServer.StartAsync(new StageOptions { Port = options.StagePort, Clock = _time }, new LiveStage(Engine, Clock)).GetAwaiter().GetResult();
            Engine.ShowOn(stage);
            _opening.Add(stage.MovedFrom is { } taken ? $"Play here: {stage.Url} (port {taken} is taken)." : $"Play here: {stage.Url}");
            return stage;
        }
        catch (IOException e)
        {
            _opening.Add(e.Message);
            return null;
        }
    }

    private void Connect(LiveOptions options)
    {
        // Whoever names a sound module wants to hear that one; everybody else wants to hear something.
        if (Jack is not null && options.MidiOut.Count == 0) ConnectSpeakers(Jack);
        foreach (var (end, patterns) in new[] { (JackEnd.In, options.MidiIn), (JackEnd.Out, options.MidiOut) })
        {
            foreach (var pattern in patterns)
            {
                if (Jack!.TryConnect(end, pattern, out var report)) _opening.Add(report);
                else
                {
                    Close();
                    throw new Refusal(report);
                }
            }
        }
    }
}
