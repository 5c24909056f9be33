using QuantumImprov.Qpu.Randomness;
using QuantumImprov.Storage.Data;
using QuantumImprov.Storage.Qpu;

namespace QuantumImprov.Host.Backends;

/// <summary>A session's seed from quantum random numbers that were fetched ahead (<c>qpu fill --entropy</c>), combined with the system's generator.</summary>
internal static class QuantumSeed
{
    /// <summary>The seed and the name of the block it is from; null when nothing was fetched. Touches nothing where no database is.</summary>
    internal static (ulong Seed, string Block)? Take(DataFolder? data)
    {
        if (data is null || !File.Exists(Path.Combine(data.Qpu, "qpu.db"))) return null;
        using var store = QpuStore.Open(data.Qpu, out _);
        return store is not null && new EntropyShelf(store).Take(8) is { } taken ? (QuantumRandomNumbers.Seed(taken.Bytes), taken.Name) : null;
    }
}
