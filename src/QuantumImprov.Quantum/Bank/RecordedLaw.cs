using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Bank;

/// <summary>A law that shots of a device had while choices were made from them, as it was written down. Immutable.</summary>
/// <param name="number">What choices name it by.</param>
/// <param name="vendor">Whose device; <c>local</c> for a simulated one.</param>
/// <param name="device">Which device.</param>
/// <param name="class">The class the shots were taken for, 0 to 63.</param>
/// <param name="labels">1 to 16 different labels, at least 0: what the symbols 0, 1 ... stand for.</param>
/// <param name="law">One entry a label, at least 0 and not all 0.</param>
public sealed class RecordedLaw(long number, string vendor, string device, int @class, ImmutableArray<int> labels, ImmutableArray<double> law)
{
    private ShotBatch? _batch;

    /// <summary>What choices name it by.</summary>
    public long Number => number;

    /// <summary>Whose device.</summary>
    public string Vendor => vendor;

    /// <summary>Which device.</summary>
    public string Device => device;

    /// <summary>The class.</summary>
    public int Class => @class;

    /// <summary>What the symbols stand for.</summary>
    public ImmutableArray<int> Labels => labels;

    /// <summary>The law, one entry a label.</summary>
    public ImmutableArray<double> Law => law;

    /// <summary>Stands for the batches whose law it was, of which nothing else is left; made when it is first asked for.</summary>
    /// <exception cref="ArgumentException">A number lies outside its range.</exception>
    public ShotBatch Batch => _batch ??= Stand();

    // On an ideal device a circuit of these amplitudes has the law.
    private ShotBatch Stand() => law.Length == labels.Length && law.All(q => double.IsFinite(q) && q >= 0)
        ? new ShotBatch(new ClassSpec(@class, labels, [.. law.Select(Math.Sqrt)], [1]), vendor, device, "", default, [])
        : throw new ArgumentException($"A law has a finite number of at least 0 for each of its {labels.Length} labels.");
}
