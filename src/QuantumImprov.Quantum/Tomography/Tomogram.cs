using System.Numerics;
using QuantumImprov.Quantum.Chains.Hidden;
using QuantumImprov.Quantum.Noise;

namespace QuantumImprov.Quantum.Tomography;

/// <summary>
/// A state as readings along x, y and z tell it: by linear inversion, rho = 2^-n sum_P &lt;P&gt; P over all products of Pauli matrices, each mean taken over every setting that tells it; and the physical state nearest to
/// that (Smolin, Gambetta and Smith, Physical Review Letters 108, 070502, 2012). Immutable.
/// </summary>
public sealed class Tomogram
{
    // Frequencies by setting and outcome, and shots by setting (infinite for laws).
    private readonly double[][] _frequencies;
    private readonly double[] _shots;

    internal Tomogram(int qubits, double[][] weights, bool exact)
    {
        Qubits = qubits;
        _shots = [.. weights.Select(w => exact ? double.PositiveInfinity : w.Sum())];
        _frequencies = [.. weights.Select(w => w.Select(x => x / w.Sum()).ToArray())];
        var size = 1 << qubits;
        var entries = new Complex[size, size];
        double error = 0;
        for (var product = 0; product < size * size; product++)
        {
            var (mean, shots) = Mean(product);
            error += (1 - (mean * mean)) / shots / size;
            for (var i = 0; i < size * size; i++) entries[i / size, i % size] += mean / size * Paulis.Entry(product, qubits, i / size, i % size);
        }

        Linear = DensityMatrix.Of(entries);
        State = Nearest(Linear);
        StandardError = Math.Sqrt(Math.Max(0, error));
    }

    /// <summary>How many qubits were looked at.</summary>
    public int Qubits { get; }

    /// <summary>The linear inversion: without bias, trace 1, but with few shots it may have negative probabilities.</summary>
    public DensityMatrix Linear { get; }

    /// <summary>The physical state nearest to <see cref="Linear"/>, by the sum of the squared differences of all entries.</summary>
    public DensityMatrix State { get; }

    /// <summary>How far <see cref="Linear"/> is to be expected from the truth, as the root of the mean sum of the squared differences of all entries; 0 from exact laws.</summary>
    public double StandardError { get; }

    /// <summary>The mean of an observable in the linear inversion, with its standard error: exactly what the counts say, correlations between settings' readings included.</summary>
    /// <param name="observable">Hermitian, 2^n rows.</param>
    /// <exception cref="ArgumentException">The matrix has another size.</exception>
    public (double Value, double Error) Expect(Complex[,] observable)
    {
        var size = 1 << Qubits;
        if (observable.GetLength(0) != size || observable.GetLength(1) != size)
            throw new ArgumentException($"Got {observable.GetLength(0)} x {observable.GetLength(1)} numbers; {Qubits} qubits need {size} x {size}.", nameof(observable));
        var parts = new double[size * size];
        for (var product = 0; product < parts.Length; product++)
        {
            for (var i = 0; i < size * size; i++) parts[product] += (Paulis.Entry(product, Qubits, i / size, i % size) * observable[i % size, i / size]).Real / size;
        }

        // The estimate is one sum over the readings of all settings, and settings are independent.
        double value = 0, variance = 0;
        for (var setting = 0; setting < _frequencies.Length; setting++)
        {
            double mean = 0, square = 0;
            for (var outcome = 0; outcome < size; outcome++)
            {
                double weight = 0;
                for (var product = 0; product < parts.Length; product++)
                {
                    if (Tells(setting, product)) weight += parts[product] * Share(setting, product) * Sign(outcome, product);
                }

                mean += weight * _frequencies[setting][outcome];
                square += weight * weight * _frequencies[setting][outcome];
            }

            value += mean;
            variance += (square - (mean * mean)) / _shots[setting];
        }

        return (value, Math.Sqrt(Math.Max(0, variance)));
    }

    /// <summary>The fidelity of the linear inversion with a pure state, with its standard error; sampling may take it a little above 1. (<see cref="State"/> has its own <see cref="DensityMatrix.Fidelity"/>.)</summary>
    /// <param name="state">2^n amplitudes of squared length 1.</param>
    public (double Value, double Error) FidelityWith(ReadOnlySpan<Complex> state)
    {
        var projector = new Complex[state.Length, state.Length];
        for (var r = 0; r < state.Length; r++)
        {
            for (var c = 0; c < state.Length; c++) projector[r, c] = state[r] * Complex.Conjugate(state[c]);
        }

        return Expect(projector);
    }

    private (double Mean, double Shots) Mean(int product)
    {
        double mean = 0, shots = 0;
        for (var setting = 0; setting < _frequencies.Length; setting++)
        {
            if (!Tells(setting, product)) continue;
            shots += _shots[setting];
            for (var outcome = 0; outcome < 1 << Qubits; outcome++) mean += Share(setting, product) * _frequencies[setting][outcome] * Sign(outcome, product);
        }

        return (mean, shots);
    }

    // A setting tells a product when it reads each of its qubits along that axis; where the product has I any axis will do.
    private bool Tells(int setting, int product)
    {
        for (var q = 0; q < Qubits; q++, setting /= 3, product >>= 2)
        {
            if ((product & 3) != 0 && (product & 3) - 1 != setting % 3) return false;
        }

        return true;
    }

    // How much a setting counts among those that tell the product: by its shots.
    private double Share(int setting, int product)
    {
        double all = 0;
        for (var other = 0; other < _shots.Length; other++)
        {
            if (Tells(other, product)) all += double.IsInfinity(_shots[other]) ? 1 : _shots[other];
        }

        return (double.IsInfinity(_shots[setting]) ? 1 : _shots[setting]) / all;
    }

    private int Sign(int outcome, int product)
    {
        var sign = 1;
        for (var q = 0; q < Qubits; q++)
        {
            if ((product >> (2 * q) & 3) != 0 && (outcome >> q & 1) != 0) sign = -sign;
        }

        return sign;
    }

    // The eigenvectors stay; negative eigenvalues become 0, smallest first, and what they lacked is taken from the others in equal parts.
    private static DensityMatrix Nearest(DensityMatrix linear)
    {
        var size = 1 << linear.Qubits;
        var values = HermitianEigen.Solve(linear.Dense(), out var vectors);
        int[] order = [.. Enumerable.Range(0, size).OrderBy(i => values[i])];
        double lacking = 0;
        for (var i = 0; i < size; i++)
        {
            if (values[order[i]] + (lacking / (size - i)) < 0)
            {
                lacking += values[order[i]];
                values[order[i]] = 0;
                continue;
            }

            foreach (var rest in order[i..]) values[rest] += lacking / (size - i);
            break;
        }

        var entries = new Complex[size, size];
        for (var r = 0; r < size; r++)
        {
            for (var c = 0; c < size; c++)
            {
                for (var k = 0; k < size; k++) entries[r, c] += values[k] * vectors[r, k] * Complex.Conjugate(vectors[c, k]);
            }
        }

        return DensityMatrix.Of(entries);
    }
}
