using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Tomography;

/// <summary>
/// Finds out which state a circuit leaves some qubits in by running it 3^n times over, each time reading every one of them along x, y or z: a diagnostic of a memory register, of a noise profile or of a device.
/// Gates and readings of the device under test also err while they ask, and that is part of the answer.
/// </summary>
public static class StateTomography
{
    /// <summary>The most qubits that are looked at; the circuit may have more.</summary>
    public const int MostQubits = 3;

    /// <summary>How many ways of reading there are: 3^n.</summary>
    /// <param name="qubits">1 to <see cref="MostQubits"/>.</param>
    public static int Settings(int qubits) => qubits switch
    {
        1 => 3,
        2 => 9,
        3 => 27,
        _ => throw new ArgumentOutOfRangeException(nameof(qubits), qubits, $"Tomography looks at 1 to {MostQubits} qubits."),
    };

    /// <summary>The circuit with one way of reading behind it; the readings go to as many new bits above those it has.</summary>
    /// <param name="preparation">What leaves the state.</param>
    /// <param name="qubits">Which qubits are looked at, 1 to <see cref="MostQubits"/> different ones; the first becomes qubit 0 of the answer.</param>
    /// <param name="setting">0 to <see cref="Settings"/> - 1; its digits to base 3, lowest first, say for each qubit x (0), y (1) or z (2).</param>
    /// <exception cref="ArgumentException">A number lies outside its range, or the circuit has no bits left.</exception>
    public static Circuit Setting(Circuit preparation, ReadOnlySpan<int> qubits, int setting)
    {
        if (setting < 0 || setting >= Settings(qubits.Length)) throw new ArgumentOutOfRangeException(nameof(setting), setting, $"There are the settings 0 to {Settings(qubits.Length) - 1}.");
        for (var i = 0; i < qubits.Length; i++)
        {
            if (qubits[..i].Contains(qubits[i])) throw new ArgumentException($"Qubit {qubits[i]} is named twice; different ones are needed.", nameof(qubits));
        }

        var circuit = new CircuitBuilder(preparation.Qubits, preparation.Bits + qubits.Length).Append(preparation);
        for (var i = 0; i < qubits.Length; i++, setting /= 3)
        {
            if (setting % 3 == 1) circuit.Gate("sdg", qubits[i]);
            if (setting % 3 < 2) circuit.H(qubits[i]);
        }

        for (var i = 0; i < qubits.Length; i++) circuit.Measure(qubits[i], preparation.Bits + i);
        return circuit.Build();
    }

    /// <summary>Runs every setting on a backend and counts. [worker]</summary>
    /// <param name="backend">What is under test.</param>
    /// <param name="preparation">What leaves the state.</param>
    /// <param name="qubits">Which qubits are looked at, 1 to <see cref="MostQubits"/> different ones.</param>
    /// <param name="shots">Of each setting, at least 1.</param>
    /// <param name="keep">Which shots count, by the word of the circuit's own bits; null for all.</param>
    /// <param name="stop">When cancelled the reply is <see cref="Late"/>.</param>
    /// <exception cref="ArgumentException">A number lies outside its range, or the circuit has no bits left.</exception>
    public static async ValueTask<TomographyReply> RunAsync(IQuantumBackend backend, Circuit preparation, ImmutableArray<int> qubits, int shots, Func<ulong, bool>? keep = null, CancellationToken stop = default)
    {
        var weights = new double[Settings(qubits.Length)][];
        for (var setting = 0; setting < weights.Length; setting++)
        {
            var reply = await backend.RunAsync(Setting(preparation, qubits.AsSpan(), setting), shots, stop).ConfigureAwait(false);
            if (reply is not Counts counts) return new TomographyReply(null, reply);
            weights[setting] = Sorted(counts.ByBits.Select(c => (c.Key, (double)c.Value)), preparation.Bits, qubits.Length, keep);
            if (weights[setting].Sum() == 0) return new TomographyReply(null, new Refused($"None of the {shots} shots of setting {setting} is kept; at least one is needed."));
        }

        return new TomographyReply(new Tomogram(qubits.Length, weights, exact: false), null);
    }

    /// <summary>The same from exact laws: what infinitely many shots would say.</summary>
    /// <param name="preparation">What leaves the state.</param>
    /// <param name="qubits">Which qubits are looked at, 1 to <see cref="MostQubits"/> different ones.</param>
    /// <param name="law">The law of the bits of a circuit, such as <see cref="States.DenseReference.Law"/>.</param>
    /// <param name="keep">Which shots count, by the word of the circuit's own bits; null for all.</param>
    /// <exception cref="ArgumentException">A number lies outside its range, the circuit has no bits left, or no shot is kept.</exception>
    public static Tomogram OfLaws(Circuit preparation, ReadOnlySpan<int> qubits, Func<Circuit, IReadOnlyDictionary<ulong, double>> law, Func<ulong, bool>? keep = null)
    {
        var weights = new double[Settings(qubits.Length)][];
        for (var setting = 0; setting < weights.Length; setting++)
        {
            weights[setting] = Sorted(law(Setting(preparation, qubits, setting)).Select(p => (p.Key, p.Value)), preparation.Bits, qubits.Length, keep);
            if (!(weights[setting].Sum() > 0)) throw new ArgumentException($"Nothing of setting {setting} is kept; some chance is needed.", nameof(keep));
        }

        return new Tomogram(qubits.Length, weights, exact: true);
    }

    private static double[] Sorted(IEnumerable<(ulong Bits, double Weight)> words, int ownBits, int qubits, Func<ulong, bool>? keep)
    {
        var weights = new double[1 << qubits];
        foreach (var (bits, weight) in words)
        {
            var own = ownBits == 0 ? 0 : bits & (ulong.MaxValue >> (64 - ownBits));
            if (keep?.Invoke(own) ?? true) weights[bits >> ownBits] += weight;
        }

        return weights;
    }
}
