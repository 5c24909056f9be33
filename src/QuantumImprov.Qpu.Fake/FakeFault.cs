namespace QuantumImprov.Qpu.Fake;

/// <summary>A fault that befalls some requests. Immutable.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Times">How often.</param>
/// <param name="Method">Which requests; empty: all.</param>
/// <param name="Path">A part of their path; empty: any.</param>
public sealed record FakeFault(FaultKind Kind, int Times = 1, string Method = "", string Path = "")
{
    /// <summary>The status of <see cref="FaultKind.Status"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>The Retry-After header; null: none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The faults that <c>qpu fake --fault</c> knows by name.</summary>
    public static IReadOnlyDictionary<string, FakeFault> Named { get; } = new Dictionary<string, FakeFault>
    {
        ["401"] = new(FaultKind.Status, 1) { Status = 401 },
        ["429"] = new(FaultKind.Status, 2) { Status = 429 },
        ["429-after"] = new(FaultKind.Status, 2) { Status = 429, RetryAfter = "1" },
        ["500"] = new(FaultKind.Status, 2) { Status = 500 },
        ["reset"] = new(FaultKind.ResetAfter, 1, "POST", "jobs"),
        ["malformed"] = new(FaultKind.Malformed, 1, "GET"),
        ["truncated"] = new(FaultKind.Truncated, 1, "GET"),
        ["too-few"] = new(FaultKind.TooFew, 1),
        ["lying"] = new(FaultKind.Lying, 1),
        ["unknown-state"] = new(FaultKind.UnknownState, 3),
        ["no-cancel"] = new(FaultKind.NoCancel, 1000),
    };
}
