using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Host.Stage.Health;
using QuantumImprov.Host.Stage.Ports;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Host.Stage.Protocol;

/// <summary>
/// What the host says to a page, a record for each message; its type is the record's name. They are the one description: the schema is made from them, and every message that is sent in a test is held to it. <see cref="StageJson"/> writes them, but notes and states, which go out
/// many times a second, are written field by field. What may be left out has a default; what is written as null when it is not known may be null. Times are milliseconds on the stage's clock.
/// </summary>
internal static class FromHost
{
    /// <summary>The messages.</summary>
    public static ImmutableArray<Type> Messages { get; } =
        [typeof(Hello), typeof(Pong), typeof(Notes), typeof(State), typeof(Health), typeof(Ports), typeof(Decision), typeof(Qasm), typeof(Resync), typeof(Fault), typeof(Told)];

    [Description("The first message; a page of another protocol reloads itself.")]
    internal sealed record Hello([Range(PageWriter.Protocol, PageWriter.Protocol)] int Protocol, string Version, double Now, ImmutableArray<DialText> Dials, ImmutableArray<StagePreset> Presets);

    internal sealed record DialText([Names(NameTable.Dials)] string Name, string Title, string Low, string High);

    [Description("Answers a ping: its at untouched, when it came, when this left.")]
    internal sealed record Pong(double At, double Heard, double Said);

    [Description("Channel messages, and when each sounds; part 0 is the performer, 1 the partner.")]
    internal sealed record Notes([MinLength(1)] [property: JsonPropertyName("notes")] ImmutableArray<NoteRow> Rows);

    [Row]
    internal sealed record NoteRow([Range(0, 1)] int Part, double Time, [Range(128, 239)] int Status, [Range(0, 127)] int Data1, [Range(0, 127)] int Data2);

    [Description("The session as it is shown: the first on a connection has all fields, each later one those that have changed.")]
    internal sealed record State(
        StageTurn Turn = default,
        [MaxLength(240)] string Plan = "",
        [Range(Engine.Music.Tempo.Slowest, Engine.Music.Tempo.Fastest)] double? Tempo = null,
        bool TempoKnown = false,
        TimeText Time = null!,
        [RegularExpression("^[0-9]+/[0-9]+$")] string Metre = "",
        double Beat = 0,
        double? BarLine = null,
        ImmutableArray<ImmutableArray<string>>? Chart = null,
        string? Key = null,
        [Range(0, int.MaxValue)] int PhrasesHeard = 0,
        [Range(0, int.MaxValue)] int NotesLearned = 0,
        [Range(0, ImprovSession.MostRepertoires - 1)] int Repertoire = 0,
        string? Preset = null,
        [Range(0, 1)] double? Consensus = null,
        string? JackClient = null,
        WayOfPlaying Way = default,
        [Names(NameTable.Dials)] ImmutableDictionary<string, double> Dials = null!,
        bool Muted = false,
        bool Frozen = false,
        bool TakenOver = false,
        PhraseText? Phrase = null,
        AnswerText? Answer = null,
        IReadOnlyList<int> Favoured = null!,
        [Range(0, 1L << 50)] long Decisions = 0);

    internal sealed record TimeText(TimeKeeper Keeper, bool Steady, double? Uneven, [Range(0, 3)] int Follows, bool? Rolls);

    internal sealed record PhraseText(int Number, double From, double? To, double? OpeningTo);

    internal sealed record AnswerText(long Number, double From, double To, double? MotifTo, MotifForm Motif, ImmutableArray<AnswerNoteRow> Notes);

    [Row]
    internal sealed record AnswerNoteRow(double On, double Off, [Range(0, 127)] int Pitch, [Range(1, 127)] int Velocity, [Range(0, 1)] double? Consensus, [RegularExpression("^(local|qpu:.+)$")] string Origin, [Range(0, 1L << 50)] long Decision);

    [Description("Once a second: how well the machine keeps up and, with a device, how the concert stands.")]
    internal sealed record Health(ImmutableArray<double> Ends, [property: JsonPropertyName("health")] StageHealth Counts, StageConcert? Concert);

    [Description("At the start and after each change: our ports, their cables, and which channels go where.")]
    internal sealed record Ports(string Says, ImmutableArray<StageEnd> Ends, ImmutableArray<StageRoute> Routes);

    [LeavesOut]
    [Description("A decision that was asked for.")]
    internal sealed record Decision(
        [Range(1, 1L << 50)] long Number,
        [Range(1, 1L << 50)] long Answer,
        [Range(1, VoiceRules.Most)] int Voice,
        string Chain,
        string Words,
        ImmutableArray<int> Candidates,
        int Chosen,
        [Range(0, int.MaxValue)] int Redraws,
        bool Kept,
        [Range(0, 1)] double KeptShare,
        LawsText Laws,
        CircuitText Circuit,
        [Range(0, 1)] double? Consensus = null,
        [Range(0, 1)] double? Coherence = null,
        IReadOnlyList<MemberText>? Members = null,
        MemoryText? Memory = null);

    [LeavesOut]
    internal sealed record LawsText(IReadOnlyList<double> Shaped, IReadOnlyList<double>? Blend = null, IReadOnlyList<double>? Interfered = null, IReadOnlyList<double>? Coherent = null, IReadOnlyList<double>? Dephased = null);

    internal sealed record MemberText(string Name, double Weight, double Phase, ImmutableArray<double> Law);

    internal sealed record MemoryText(int Levels, ImmutableArray<double> Before, ImmutableArray<double> After);

    internal sealed record CircuitText(int Qubits, ImmutableArray<RegisterRow> Registers, ImmutableArray<GateText> Gates);

    [Row]
    internal sealed record RegisterRow(string Name, [Range(1, 64)] int Size);

    [LeavesOut]
    internal sealed record GateText(string Name, string Help, GateShape Shape, int Angles, ImmutableArray<int> On, ImmutableArray<int> By, int? Bit = null, string? When = null);

    [Description("A decision's circuit as OpenQASM 3.")]
    internal sealed record Qasm([Range(1, 1L << 50)] long Number, string Text);

    [Description("The page was too slow and missed so many notes.")]
    internal sealed record Resync([Range(1, 1L << 50)] long Missed);

    [Description("One sentence on a message that was not understood or dropped.")]
    internal sealed record Fault(string Text);

    [Description("One sentence on what came of something that was asked for.")]
    internal sealed record Told(string Text);
}
