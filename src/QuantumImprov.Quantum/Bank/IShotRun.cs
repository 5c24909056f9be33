namespace QuantumImprov.Quantum.Bank;

/// <summary>Shots of one law that are read one after the other, each once. [engine]</summary>
internal interface IShotRun
{
    /// <summary>The next shot, with its batch and its place there; false when there is none, or none may be used.</summary>
    bool TryTake(out ShotReading reading, out ShotBatch batch, out int shot);
}
