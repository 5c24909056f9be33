using System.Collections.Immutable;
using System.Globalization;
using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Storage.Disk;
using QuantumImprov.Engine.Repertoire.Text;

namespace QuantumImprov.Storage.Journal;

/// <summary>Puts a session together line by line. Used by one thread.</summary>
internal sealed class SessionRecordBuilder
{
    private const int SumLength = 8;

    private readonly ImmutableArray<TimedMessage>.Builder _performer = ImmutableArray.CreateBuilder<TimedMessage>();
    private readonly ImmutableArray<HostTime>.Builder _told = ImmutableArray.CreateBuilder<HostTime>();
    private readonly ImmutableArray<TimedMessage>.Builder _partner = ImmutableArray.CreateBuilder<TimedMessage>();
    private readonly List<TimelineSegment> _timelines = [];
    private readonly ImmutableArray<JournalCommand>.Builder _commands = ImmutableArray.CreateBuilder<JournalCommand>();
    private readonly ImmutableArray<JournalRemark>.Builder _remarks = ImmutableArray.CreateBuilder<JournalRemark>();
    private readonly ImmutableArray<JournalGiven>.Builder _given = ImmutableArray.CreateBuilder<JournalGiven>();
    private readonly ImmutableArray<string>.Builder _contents = ImmutableArray.CreateBuilder<string>();
    private readonly Dictionary<long, RecordedLaw> _laws = [];
    private readonly ImmutableArray<RecordedDraw>.Builder _draws = ImmutableArray.CreateBuilder<RecordedDraw>();
    private readonly List<JournalStep> _steps = [];
    private readonly HashSet<string> _headerLines = [];
    private string _product = "unknown", _presetName = "unknown", _presetText = "";
    private ulong _seed;
    private DateTimeOffset _started;
    private long _clock;
    private Timeline _origin;
    private long _latest;
    private bool _closed;
    private long _lost;
    private int _damaged, _line, _firstDamaged;
    private int _torn;
    private int _unknown;

    /// <summary>Lines that were whole and understood.</summary>
    internal int Lines { get; private set; }

    /// <summary>The version the journal states; the current one when that line is damaged.</summary>
    internal long Version { get; private set; } = JournalWords.Version;

    /// <summary>Takes a whole line, without its line end.</summary>
    internal void Add(ReadOnlySpan<byte> line)
    {
        _line++;
        if (!Check(line, out var body) || !Understand(body)) Damaged();
    }

    /// <summary>Takes what stands behind the last line end.</summary>
    internal void AddTail(ReadOnlySpan<byte> tail)
    {
        _line++;
        if (!Check(tail, out var body) || !Understand(body)) _torn = tail.Length;
    }

    /// <summary>Counts a line too long to be one.</summary>
    internal void AddOversized()
    {
        _line++;
        Damaged();
    }

    internal SessionRecord ToRecord()
    {
        var origin = new HostTime(_clock);
        TimedMessage Absolute(TimedMessage message) => message with { At = origin.Plus(message.At.Nanoseconds) };
        TimelineSegment AbsoluteSegment(TimelineSegment segment) =>
            new(origin.Plus(segment.From.Nanoseconds), segment.Timeline with { TimeOrigin = origin.Plus(segment.Timeline.TimeOrigin.Nanoseconds) });
        var first = AbsoluteSegment(new TimelineSegment(default, _origin));
        return new SessionRecord
        {
            Header = new JournalHeader
            {
                ProductVersion = _product, Seed = _seed, PresetName = _presetName, PresetText = _presetText,
                ClockOrigin = origin, Timeline = first.Timeline, StartedAt = _started, Given = _given.ToImmutable(),
            },
            Performer = [.. _performer.Select(Absolute)],
            Told = [.. _told.Select(told => origin.Plus(told.Nanoseconds))],
            Partner = [.. _partner.Select(Absolute)],
            Timelines = [first, .. _timelines.Select(AbsoluteSegment).OrderBy(segment => segment.From)],
            Commands = [.. _commands.Select(command => command with { At = origin.Plus(command.At.Nanoseconds) })],
            Remarks = [.. _remarks.Select(remark => remark with { At = origin.Plus(remark.At.Nanoseconds) })],
            Contents = _contents.ToImmutable(),
            Draws = _draws.ToImmutable(),
            Steps = [.. _steps.Select(step => step with { At = origin.Plus(step.At.Nanoseconds), Timeline = AbsoluteSegment(new TimelineSegment(default, step.Timeline)).Timeline })],
            FirstDamagedLine = _firstDamaged,
            Latest = origin.Plus(_latest),
            ClosedProperly = _closed,
            Damage = new JournalDamage(_damaged, _torn, _unknown, _lost, JournalWords.Header.Length - _headerLines.Count),
        };
    }

    private static bool Check(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (line.Length <= SumLength + 1 || line[SumLength] != ' ') return false;
        body = line[(SumLength + 1)..];
        Span<byte> sum = stackalloc byte[SumLength];
        Crc32C.Of(body).TryFormat(sum, out _, "x8", CultureInfo.InvariantCulture);
        return sum.SequenceEqual(line[..SumLength]);
    }

    private bool Understand(ReadOnlySpan<byte> body)
    {
        var fields = new JournalFields(body);
        var word = fields.Word();
        var understood = word switch
        {
            JournalWords.Performer => Performer(ref fields),
            JournalWords.Partner => Partner(ref fields),
            JournalWords.Timeline => Timeline(ref fields),
            JournalWords.Command => Command(ref fields),
            JournalWords.Given => Given(ref fields),
            JournalWords.Content => Content(ref fields),
            JournalWords.Exchange => Exchange(ref fields),
            JournalWords.Song => Song(ref fields),
            JournalWords.Law => Law(ref fields),
            JournalWords.Draw => Draw(ref fields),
            JournalWords.Remark => Remark(ref fields),
            JournalWords.Lost => Lost(ref fields),
            JournalWords.End => End(ref fields),
            _ when JournalWords.Header.Contains(word) => Header(word, ref fields) && fields.AtEnd && _headerLines.Add(word),
            _ => Unknown(),
        };
        if (understood) Lines++;
        return understood;
    }

    private bool Header(string word, ref JournalFields fields)
    {
        switch (word)
        {
            case JournalWords.Journal:
                if (!fields.Number(out long version) || version < 1) return false;
                Version = version;
                return true;
            case JournalWords.Product:
                if (!fields.Texts(out var product) || product.Length != 1) return false;
                _product = product[0];
                return true;
            case JournalWords.Preset:
                if (!fields.Texts(out var preset) || preset.Length != 2) return false;
                (_presetName, _presetText) = (preset[0], preset[1]);
                return true;
            case JournalWords.Seed: return fields.Number(out _seed);
            case JournalWords.Started: return fields.WallTime(out _started);
            case JournalWords.Clock: return fields.Number(out _clock) && _clock is > long.MinValue / 2 and < long.MaxValue / 2;
            default: return fields.Timeline(out _origin);
        }
    }

    private bool Performer(ref JournalFields fields)
    {
        if (!fields.Time(out var told) || !fields.Message(out var message)) return false;
        long late = 0;
        if (!fields.AtEnd && !(fields.Time(out late) && late > 0 && fields.AtEnd)) return false;
        Step(JournalStepKind.Performer, told, _performer.Count);
        _performer.Add(new TimedMessage(new HostTime(told - late), message));
        _told.Add(Seen(told));
        return true;
    }

    private bool Partner(ref JournalFields fields)
    {
        if (!fields.Time(out var at) || !fields.Message(out var message) || !fields.AtEnd) return false;
        Step(JournalStepKind.Partner, at, _partner.Count);
        _partner.Add(new TimedMessage(Seen(at), message));
        return true;
    }

    private bool Given(ref JournalFields fields)
    {
        if (!fields.Texts(out var texts) || texts.Length != 2 || _given.Any(given => given.Name == texts[0])) return false;
        _given.Add(new JournalGiven(texts[0], texts[1]));
        return true;
    }

    private bool Content(ref JournalFields fields)
    {
        if (!fields.Time(out var at) || !fields.Texts(out var texts) || texts.Length != 1) return false;
        Step(JournalStepKind.Content, at, _contents.Count);
        Seen(at);
        _contents.Add(texts[0]);
        return true;
    }

    private bool Exchange(ref JournalFields fields)
    {
        if (!fields.Time(out var at) || !fields.AtEnd) return false;
        Step(JournalStepKind.Exchange, at, 0);
        Seen(at);
        return true;
    }

    private bool Song(ref JournalFields fields)
    {
        if (!fields.Time(out var at) || !fields.Number(out long hushes) || !fields.Number(out long follows) || !fields.AtEnd || hushes is < 0 or > 1 || follows is < 0 or > 1) return false;
        _steps.Add(new JournalStep(JournalStepKind.Song, Seen(at), _line) { Hushes = hushes == 1, Follows = follows == 1 });
        return true;
    }

    private bool Timeline(ref JournalFields fields)
    {
        if (!fields.Time(out var at) || !fields.Timeline(out var timeline) || !fields.AtEnd) return false;
        _steps.Add(new JournalStep(JournalStepKind.Timeline, Seen(at), _line) { Timeline = timeline });
        _timelines.Add(new TimelineSegment(new HostTime(at), timeline));
        return true;
    }

    private bool Command(ref JournalFields fields)
    {
        if (!fields.Time(out var at) || !fields.Texts(out var texts) || texts.Length == 0) return false;
        Step(JournalStepKind.Command, at, _commands.Count);
        _commands.Add(new JournalCommand(Seen(at), texts[0], [.. texts.AsSpan(1)]));
        return true;
    }

    private bool Law(ref JournalFields fields)
    {
        if (!fields.Time(out var at) || !fields.Texts(out var texts) || JournalShots.ReadLaw(texts) is not { } law || !_laws.TryAdd(law.Number, law)) return false;
        Seen(at);
        return true;
    }

    private bool Draw(ref JournalFields fields)
    {
        if (!fields.Time(out var at) || !fields.Texts(out var texts) || JournalShots.ReadDraw(texts, _laws) is not { } draw) return false;
        Seen(at);
        _draws.Add(draw);
        return true;
    }

    private bool Remark(ref JournalFields fields)
    {
        if (!fields.Time(out var at) || !fields.Texts(out var texts) || texts.Length != 1) return false;
        Step(JournalStepKind.Remark, at, _remarks.Count);
        _remarks.Add(new JournalRemark(Seen(at), texts[0]));
        return true;
    }

    private bool Lost(ref JournalFields fields)
    {
        if (!fields.Number(out long count) || count < 1 || !fields.AtEnd) return false;
        _lost = long.MaxValue - _lost < count ? long.MaxValue : _lost + count;
        return true;
    }

    private bool End(ref JournalFields fields)
    {
        if (!fields.Time(out var at) || !fields.AtEnd) return false;
        Seen(at);
        return _closed = true;
    }

    private bool Unknown()
    {
        _unknown++;
        return true;
    }

    private void Damaged()
    {
        _damaged++;
        if (_firstDamaged == 0) _firstDamaged = _line;
    }

    private void Step(JournalStepKind kind, long at, int index) => _steps.Add(new JournalStep(kind, new HostTime(at), _line) { Index = index });

    private HostTime Seen(long at)
    {
        _latest = Math.Max(_latest, at);
        return new HostTime(at);
    }
}
