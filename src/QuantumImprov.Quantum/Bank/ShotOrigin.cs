namespace QuantumImprov.Quantum.Bank;

/// <summary>What made a choice: a shot of a device, or this machine. Default: this machine.</summary>
/// <param name="Batch">Where the shot is from; null when this machine chose.</param>
/// <param name="Shot">Its place in the batch, from 0; -1 when it came by a feed, which does not say.</param>
public readonly record struct ShotOrigin(ShotBatch? Batch, int Shot)
{
    /// <summary>The label: <c>local</c>, or <c>qpu:</c> and the vendor.</summary>
    public string Label => Batch?.Label ?? "local";

    /// <summary>Label, device, job, circuit and shot, and the shot's age; only the label for a choice of this machine. Allocates.</summary>
    public string InWords(DateTimeOffset now) => Batch is null
        ? "local"
        : FormattableString.Invariant($"{Label} {Batch.Device} job {Batch.Job} circuit {Batch.Circuit} shot {Shot} age {Math.Max(0, (now - Batch.TakenAt).TotalSeconds):0} s");
}
