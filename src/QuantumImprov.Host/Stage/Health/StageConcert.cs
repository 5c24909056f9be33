namespace QuantumImprov.Host.Stage.Health;

/// <summary>What a concert with a quantum device stands at, for the pages. Immutable.</summary>
public sealed record StageConcert
{
    /// <summary>The device shots are ordered from.</summary>
    public required string Backend { get; init; }

    /// <summary>Notes chosen so far.</summary>
    public long Notes { get; init; }

    /// <summary>The share of them that shots of the device chose, 0 to 1; null before the first.</summary>
    public double? Share { get; init; }

    /// <summary>How many bits of each note the shots decided; null before the first.</summary>
    public double? BitsANote { get; init; }

    /// <summary>Shots in stock.</summary>
    public long Shots { get; init; }

    /// <summary>Classes of context.</summary>
    public int Classes { get; init; }

    /// <summary>Classes with shots in stock.</summary>
    public int Stocked { get; init; }

    /// <summary>Shots in stock of the classes that are used most, at most 24.</summary>
    public IReadOnlyList<StageStock> Stocks { get; init; } = [];

    /// <summary>Jobs sent, and those still open; null before the supply began.</summary>
    public int? JobsSent { get; init; }

    /// <summary>Jobs still open.</summary>
    public int? OpenJobs { get; init; }

    /// <summary>Spent, in the currency of the budget.</summary>
    public double? Spent { get; init; }

    /// <summary>What may be spent.</summary>
    public double? Budget { get; init; }

    /// <summary>What is wrong with the supply, a sentence; null when nothing is.</summary>
    public string? Trouble { get; init; }

    /// <summary>What chose the last note: local, or qpu: and the vendor.</summary>
    public string Last { get; init; } = "local";
}
