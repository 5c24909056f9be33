using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Live;
using QuantumImprov.Host.Presets;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Host.Replaying;

/// <summary>
/// A session played again from its journal, on virtual time: told the same at the same instants of its own time and in the same order, with a worker that is ready when it was. One thread; as fast as the machine can.
/// </summary>
internal sealed class SessionReplay : IDisposable
{
    private readonly SessionRecord _record;
    private readonly ImprovSession _session;
    private readonly Preset _preset;
    private readonly RecordedChoosing? _choosing;
    private readonly ReplayWorker _worker = new();
    private readonly PartnerRecording _recording = new();
    private readonly List<TimedMessage> _heard = [];
    private readonly List<HandedNote> _handed = [];
    private readonly List<string> _doubts = [];
    private RepertoireContent? _content;
    private HostTime _played, _now;
    private int _epoch, _fresh;
    private bool _fromDevice;

    private SessionReplay(SessionRecord record)
    {
        _record = record;
        var header = record.Header;
        _preset = PresetLibrary.Read(header.PresetText, out var faults) ?? throw new Refusal($"its preset {header.PresetName} is none of this version: {string.Join(" ", faults)}");
        var tempo = Given(SessionGiven.Tempo) == SessionGiven.Stated ? header.Timeline.Tempo : (Tempo?)null;
        _played = header.Timeline.TimeOrigin;
        var player = new Player();
        player.Handed += note =>
        {
            _handed.Add(new HandedNote(note, _now, _fromDevice, HostTime.Never));
            // Not for what comes without a plan, such as counted clicks.
            _fromDevice = false;
        };
        _choosing = record.Draws.IsEmpty ? null : new RecordedChoosing(new RecordedShots(record.Draws));
        _session = new ImprovSession(
            new SessionSetup(_preset, Known(), header.Seed, tempo, header.Timeline.Metre, header.Timeline.TimeOrigin) { Worker = _worker, Latency = Latency(), Chart = Chart(), Recorded = _choosing },
            player);
        _session.Pipeline.Ahead.Handed += (_, note) => _fromDevice = note.Origin.Batch is not null;
    }

    /// <summary>What the partner sends when nothing is late: what was made stale ends at once.</summary>
    internal ImmutableArray<TimedMessage> Partner => _recording.Messages;

    /// <summary>What was planned and handed to the player, in that order.</summary>
    internal IReadOnlyList<HandedNote> Handed => _handed;

    /// <summary>What could not be given to the session as it was then, each as the rest of a sentence.</summary>
    internal IReadOnlyList<string> Doubts => _doubts;

    /// <summary>Plays <paramref name="record"/> again.</summary>
    /// <exception cref="Refusal">The journal does not hold what is needed: the rest of a sentence.</exception>
    internal static SessionReplay Play(SessionRecord record)
    {
        if (Given(record, SessionGiven.Device) is { } device ? device != SessionGiven.Shots : record.Commands.Any(c => c.Name == SessionGiven.Bank))
            throw new Refusal($"its notes were chosen with the shots of a device, which its journal, by version {record.Header.ProductVersion}, does not hold");
        var replay = new SessionReplay(record);
        replay.Play();
        return replay;
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private string? Given(string name) => Given(_record, name);

    private static string? Given(SessionRecord record, string name) => record.Header.Given.FirstOrDefault(given => given.Name == name)?.Text;

    private LearnedMusic Known() => Given(SessionGiven.Repertoire) switch
    {
        SessionGiven.Shipped => ShippedRepertoire.Learn(),
        null => throw new Refusal($"its journal, by version {_record.Header.ProductVersion}, does not say what the partner knew when it began"),
        "" => throw new Refusal("what the partner knew when it began was too large for its journal"),
        var packed => JournalContent.Unpack(packed) is { } content ? LearnedMusic.From(content) : throw new Refusal("what its journal says that the partner knew when it began cannot be read"),
    };

    private LatencyTable Latency() => Given(SessionGiven.Latency) is { } line ? SessionGiven.ReadLatency(line) ?? throw new Refusal("the latency in its journal cannot be read") : LatencyTable.None;

    private ChordChart? Chart() => Given(SessionGiven.Chart) is { } text ? ChordChartText.Read(text, out var fault) ?? throw new Refusal($"the chords in its journal cannot be read: {fault}") : null;

    private void Play()
    {
        for (var i = 0; i < _record.Steps.Length; i++)
        {
            var step = _record.Steps[i];
            switch (step.Kind)
            {
                case JournalStepKind.Performer:
                    Reach(step.At);
                    var heard = new TimedMessage(step.At, _record.Performer[step.Index].Message);
                    _session.Hear(heard, _record.Performer[step.Index].At);
                    _heard.Add(heard);
                    break;
                case JournalStepKind.Content:
                    _content = JournalContent.Unpack(_record.Contents[step.Index]);
                    break;
                case JournalStepKind.Command:
                    Reach(step.At);
                    Carry(_record.Commands[step.Index], step);
                    break;
                case JournalStepKind.Exchange:
                    // Right after what came at the same instant it enters before anything which that made due.
                    if (i == 0 || _record.Steps[i - 1].At != step.At)
                    {
                        Reach(step.At);
                        _session.Advance(step.At);
                    }

                    if (!_worker.TryFinish()) _doubts.Add($"line {step.Line} tells of a worker that was not asked");
                    _session.Advance(step.At);
                    break;
                case JournalStepKind.Song:
                    Reach(step.At);
                    Timeline? song = step.Follows ? _record.Steps.Skip(i + 1).FirstOrDefault(next => next.Kind == JournalStepKind.Timeline) is { Line: > 0 } next ? next.Timeline : null : null;
                    _session.KeepWithSong(step.At, step.Hushes, song);
                    break;
                default:
                    continue;
            }

            MarkStale(step.At);
        }

        Reach(_record.Latest);
        if (_choosing?.Shots.Missing is > 0 and var missing) _doubts.Add($"the journal does not say what made choice {missing}");
    }

    private void Carry(JournalCommand told, JournalStep step)
    {
        // What came into the bank; of the shots that were taken from it the choices tell.
        if (told.Name == SessionGiven.Bank) return;
        var (content, name) = (_content, told.Arguments.Length > 1 ? told.Arguments[1] : null);
        _content = null;
        if (!Enum.TryParse<CommandKind>(told.Name, ignoreCase: true, out var kind) || told.Arguments.Length == 0 || !double.TryParse(told.Arguments[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            _doubts.Add($"line {step.Line} has a command that this version does not know");
            return;
        }

        var command = new SessionCommand(step.At, kind, value) { Name = name };
        if (kind == CommandKind.Preset)
        {
            command = command with { Preset = PresetLibrary.All.FirstOrDefault(p => p.Name == name).Preset ?? (name == _preset.Name ? _preset : null) };
            if (command.Preset is null) _doubts.Add($"line {step.Line} goes to a preset {name}, which this version does not have");
        }
        else if (kind is CommandKind.Load or CommandKind.Repertoire)
        {
            command = command with { Content = content };
            if (content is null) _doubts.Add($"the repertoire that line {step.Line} goes to is not in the journal");
        }

        _session.Submit(command);
        _session.Advance(step.At);
    }

    // Whatever is due by then is done at its own instant, as on any virtual time.
    private void Reach(HostTime time)
    {
        while (_session.Due is var due && due <= time)
        {
            PlayUntil(due);
            _now = due;
            _session.Advance(due);
            MarkStale(due);
        }

        PlayUntil(time);
        _now = time;
    }

    private void PlayUntil(HostTime until)
    {
        if (until <= _played) return;
        _session.Player.Turn(_played, until, _recording, CollectionsMarshal.AsSpan(_heard));
        _heard.Clear();
        while (_session.Player.TryReadEmitted(out _))
        {
        }

        _played = until;
    }

    private void MarkStale(HostTime now)
    {
        var epoch = _session.Player.Epoch;
        if (epoch == _epoch) return;
        _epoch = epoch;
        for (var i = _fresh; i < _handed.Count; i++)
        {
            if (_handed[i].Cut == HostTime.Never && _handed[i].Note.Epoch - epoch < 0) _handed[i] = _handed[i] with { Cut = now };
        }

        while (_fresh < _handed.Count && _handed[_fresh].Cut != HostTime.Never) _fresh++;
    }
}
