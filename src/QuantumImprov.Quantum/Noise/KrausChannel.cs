using System.Collections.Immutable;
using System.Numerics;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Noise;

/// <summary>
/// What chance does to one or two qubits: rho becomes sum_k K_k rho K_k^+, with sum_k K_k^+ K_k = 1. Immutable; may be shared between threads. In a matrix the first qubit is bit 0.
/// </summary>
public sealed class KrausChannel
{
    /// <summary>How far sum K^+ K may be from 1 in any entry.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>The most operators: 16, as many as two qubits ever need.</summary>
    public const int MostOperators = 16;

    private readonly Complex[][,] _operators;

    /// <summary>Takes over the operators and checks that they keep probability.</summary>
    /// <param name="qubits">1 or 2.</param>
    /// <param name="operators">1 to <see cref="MostOperators"/>, 2 x 2 or 4 x 4.</param>
    /// <exception cref="ArgumentException">A size is wrong, or sum K^+ K is not 1.</exception>
    public KrausChannel(int qubits, params ReadOnlySpan<Complex[,]> operators)
    {
        if (qubits is < 1 or > 2) throw new ArgumentOutOfRangeException(nameof(qubits), qubits, "A channel acts on 1 or 2 qubits.");
        if (operators.Length is < 1 or > MostOperators) throw new ArgumentException($"Got {operators.Length} operators; a channel has 1 to {MostOperators}.", nameof(operators));
        Qubits = qubits;
        _operators = new Complex[operators.Length][,];
        for (var k = 0; k < operators.Length; k++)
        {
            if (operators[k].GetLength(0) != Size || operators[k].GetLength(1) != Size)
                throw new ArgumentException($"Operator {k} is {operators[k].GetLength(0)} x {operators[k].GetLength(1)}; {qubits} qubits need {Size} x {Size}.", nameof(operators));
            _operators[k] = (Complex[,])operators[k].Clone();
        }

        (Entries, Effects) = ([.. _operators.Select(k => Gates.Entries(k).ToArray())], [.. _operators.Select(Effect)]);
        CheckComplete();
        AsksPopulations = Effects.All(e => IsDiagonal(e, Size));
        BeginsWithIdentity = IsDiagonal(Entries[0], Size) && Enumerable.Range(0, Size).All(i => Entries[0][2 * ((i * Size) + i)] == Entries[0][0] && Entries[0][(2 * ((i * Size) + i)) + 1] == 0);
        Weights = AsksPopulations && Effects.All(e => Enumerable.Range(1, Size - 1).All(i => Math.Abs(e[2 * ((i * Size) + i)] - e[0]) < 1e-15)) ? [.. Effects.Select(e => e[0])] : [];
    }

    /// <summary>How many qubits it acts on, 1 or 2.</summary>
    public int Qubits { get; }

    /// <summary>How many operators there are.</summary>
    public int Count => _operators.Length;

    /// <summary>An operator; a copy.</summary>
    /// <param name="k">0 to <see cref="Count"/> - 1.</param>
    public Complex[,] Operator(int k) => (Complex[,])_operators[k].Clone();

    /// <summary>rho becomes (1 - p) rho + p times the even mixture.</summary>
    /// <param name="p">0 to 1.</param>
    /// <param name="qubits">1 or 2.</param>
    public static KrausChannel Depolarising(double p, int qubits = 1)
    {
        CheckShare(p, nameof(p));
        var paulis = 1 << (2 * qubits);
        var operators = new Complex[paulis][,];
        for (var k = 0; k < paulis; k++)
        {
            var matrix = qubits == 1 ? Paulis.Of(k) : Paulis.Product(k, 2);
            operators[k] = Scaled(matrix, k == 0 ? Math.Sqrt(1 - (p * (paulis - 1) / paulis)) : Math.Sqrt(p / paulis));
        }

        return new KrausChannel(qubits, operators);
    }

    /// <summary>A 1 decays to 0.</summary>
    /// <param name="gamma">How much of it, 0 to 1; exp(-t / T1) is left after a time t.</param>
    public static KrausChannel AmplitudeDamping(double gamma)
    {
        CheckShare(gamma, nameof(gamma));
        return new KrausChannel(1, new Complex[,] { { 1, 0 }, { 0, Math.Sqrt(1 - gamma) } }, new Complex[,] { { 0, Math.Sqrt(gamma) }, { 0, 0 } });
    }

    /// <summary>The phase between 0 and 1 is lost; their chances stay.</summary>
    /// <param name="lambda">0 to 1; coherence shrinks by sqrt(1 - lambda).</param>
    public static KrausChannel PhaseDamping(double lambda)
    {
        CheckShare(lambda, nameof(lambda));

        // As a mixture of nothing and Z, so that the choice does not depend on the state.
        var flip = (1 - Math.Sqrt(1 - lambda)) / 2;
        return new KrausChannel(1, Scaled(Paulis.Of(0), Math.Sqrt(1 - flip)), Scaled(Paulis.Of(3), Math.Sqrt(flip)));
    }

    internal int Size => 1 << Qubits;

    /// <summary>Every operator as re, im, row by row.</summary>
    internal ImmutableArray<double[]> Entries { get; }

    /// <summary>K^+ K for every operator, re, im, row by row.</summary>
    internal ImmutableArray<double[]> Effects { get; }

    /// <summary>The chance of every operator when none depends on the state, that is when each is a multiple of a unitary; else empty.</summary>
    internal ImmutableArray<double> Weights { get; }

    /// <summary>True when the chances of the operators follow from the probabilities of the codes alone.</summary>
    internal bool AsksPopulations { get; }

    /// <summary>True when the first operator changes nothing but the length.</summary>
    internal bool BeginsWithIdentity { get; }

    private static double[] Effect(Complex[,] k)
    {
        var size = k.GetLength(0);
        var effect = new Complex[size, size];
        for (var r = 0; r < size; r++)
        {
            for (var c = 0; c < size; c++)
            {
                for (var i = 0; i < size; i++) effect[r, c] += Complex.Conjugate(k[i, r]) * k[i, c];
            }
        }

        return [.. Gates.Entries(effect)];
    }

    private static void CheckShare(double share, string name)
    {
        if (!(share >= 0 && share <= 1)) throw new ArgumentOutOfRangeException(name, share, "The strength of a channel is a number from 0 to 1.");
    }

    private static Complex[,] Scaled(Complex[,] matrix, double factor)
    {
        var scaled = (Complex[,])matrix.Clone();
        for (var r = 0; r < scaled.GetLength(0); r++)
        {
            for (var c = 0; c < scaled.GetLength(1); c++) scaled[r, c] *= factor;
        }

        return scaled;
    }

    private void CheckComplete()
    {
        for (var at = 0; at < 2 * Size * Size; at++)
        {
            var sum = Effects.Sum(e => e[at]);
            var wanted = at % 2 == 0 && at / 2 / Size == at / 2 % Size ? 1 : 0;

            // Written so that NaN fails too.
            if (!(Math.Abs(sum - wanted) <= Tolerance))
                throw new ArgumentException($"The operators do not keep probability: entry ({at / 2 / Size}, {at / 2 % Size}) of sum K^+ K is off by {sum - wanted:G3}; at most {Tolerance} is allowed.");
        }
    }

    private static bool IsDiagonal(double[] entries, int size)
    {
        for (var at = 0; at < entries.Length; at++)
        {
            if (at / 2 / size != at / 2 % size && Math.Abs(entries[at]) > 1e-15) return false;
        }

        return true;
    }
}
