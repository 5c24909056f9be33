namespace QuantumImprov.Engine.Judging;

/// <summary>What the judge found. Immutable; what has no meaning in a kind of trial is null.</summary>
public sealed record Judgement
{
    /// <summary>Calls that were answered and counted.</summary>
    public required int Calls { get; init; }

    /// <summary>The figures of people's own second halves.</summary>
    public AnswerFigures? Human { get; init; }

    /// <summary>The figures of the partner's answers.</summary>
    public required AnswerFigures Partner { get; init; }

    /// <summary>Of the answers whose plan ends on the tonic, the share that do, in the plan's key.</summary>
    public double? PlannedTonicKept { get; init; }

    /// <summary>How the endings' degrees stand to the repertoire's.</summary>
    public EndingVariation? EndingDegrees { get; init; }

    /// <summary>What the partner's notes cost.</summary>
    public LawBits? PartnerBits { get; init; }

    /// <summary>What people's notes would have cost in the same places.</summary>
    public LawBits? HumanBits { get; init; }

    /// <summary>How often the key was found.</summary>
    public KeyAccuracy? Keys { get; init; }

    /// <summary>Whether answers belong to their calls.</summary>
    public CallShuffle? Shuffle { get; init; }

    /// <summary>How turns were taken.</summary>
    public TurnFigures? Turns { get; init; }
}
