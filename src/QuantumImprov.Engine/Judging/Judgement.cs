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
}
