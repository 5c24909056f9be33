using System.Numerics;
using QuantumImprov.Quantum.Chains.Hidden;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Noise;

/// <summary>
/// The whole density matrix of a few qubits, 4^n numbers, straight from the definitions: the oracle that noisy runs are compared with, and what tomography gives back. Qubit i is bit i of rows and columns.
/// Not thread-safe; allocates freely.
/// </summary>
public sealed class DensityMatrix
{
    /// <summary>The most qubits: 8, one million numbers.</summary>
    public const int MostQubits = 8;

    private Complex[,] _entries;

    /// <summary>All qubits at 0.</summary>
    /// <param name="qubits">1 to <see cref="MostQubits"/>.</param>
    public DensityMatrix(int qubits)
    {
        if (qubits is < 1 or > MostQubits) throw new ArgumentOutOfRangeException(nameof(qubits), qubits, $"A density matrix has 1 to {MostQubits} qubits.");
        Qubits = qubits;
        _entries = new Complex[Size, Size];
        _entries[0, 0] = 1;
    }

    private DensityMatrix(int qubits, Complex[,] entries) => (Qubits, _entries) = (qubits, entries);

    /// <summary>Takes over a matrix as it is; whether it is a state is the caller's business.</summary>
    /// <param name="entries">Square, 2 to a power of two rows.</param>
    public static DensityMatrix Of(Complex[,] entries)
    {
        var size = entries.GetLength(0);
        if (size != entries.GetLength(1) || size < 2 || size > 1 << MostQubits || !BitOperations.IsPow2(size))
            throw new ArgumentException($"Got {size} x {entries.GetLength(1)} numbers; a square of 2 to {1 << MostQubits} rows, a power of two, is needed.", nameof(entries));
        return new DensityMatrix(BitOperations.Log2((uint)size), (Complex[,])entries.Clone());
    }

    /// <summary>The pure state with these amplitudes.</summary>
    /// <param name="state">2 to the number of qubits.</param>
    public static DensityMatrix Of(ReadOnlySpan<Complex> state)
    {
        var entries = new Complex[state.Length, state.Length];
        for (var r = 0; r < state.Length; r++)
        {
            for (var c = 0; c < state.Length; c++) entries[r, c] = state[r] * Complex.Conjugate(state[c]);
        }

        return Of(entries);
    }

    /// <summary>How many qubits there are.</summary>
    public int Qubits { get; }

    /// <summary>One entry.</summary>
    public Complex this[int row, int column] => _entries[row, column];

    /// <summary>The sum of all probabilities: 1 for a state.</summary>
    public double Trace => Enumerable.Range(0, Size).Sum(i => _entries[i, i].Real);

    /// <summary>tr rho^2: 1 for a pure state, 2^-n for the even mixture.</summary>
    public double Purity => _entries.Cast<Complex>().Sum(z => (z.Real * z.Real) + (z.Imaginary * z.Imaginary));

    /// <summary>How alike two states are, (tr sqrt(sqrt(rho) sigma sqrt(rho)))^2 (Uhlmann): 1 for the same, 0 for what can be told apart with certainty.</summary>
    /// <exception cref="ArgumentException">The other has another number of qubits.</exception>
    public double Fidelity(DensityMatrix other)
    {
        if (other.Qubits != Qubits) throw new ArgumentException($"Got a state of {other.Qubits} qubits; this one has {Qubits}.", nameof(other));

        // Between a pure state and any other it is <psi|sigma|psi>, without the roots that turn rounding of 1e-16 into 1e-8.
        if (IsPure || other.IsPure) return Overlap(other);
        var root = Root();
        var between = ComplexMatrix.Product(ComplexMatrix.Product(root, other.Dense()), root);
        var sum = HermitianEigen.Solve(between, out _).Sum(x => Math.Sqrt(Math.Max(0, x)));
        return sum * sum;
    }

    /// <summary>Applies one unitary operation (or a barrier).</summary>
    /// <exception cref="ArgumentException">The operation measures, resets or asks a classical bit.</exception>
    public void Apply(Operation operation)
    {
        if (operation.Gate.Shape == GateShape.Barrier) return;
        if (!operation.Gate.IsUnitary || !operation.Condition.Always) throw new ArgumentException($"'{operation}' is not unitary.", nameof(operation));
        _entries = Between(operation.Matrix(), [.. operation.Qubits]);
    }

    /// <summary>Lets a channel strike the qubits.</summary>
    public void Apply(KrausChannel channel, params ReadOnlySpan<int> qubits)
    {
        if (qubits.Length != channel.Qubits) throw new ArgumentException($"Got {qubits.Length} qubits; the channel strikes {channel.Qubits}.", nameof(qubits));
        var sum = new Complex[Size, Size];
        for (var k = 0; k < channel.Count; k++) AddTo(sum, Between(channel.Operator(k), qubits.ToArray()));
        _entries = sum;
    }

    /// <summary>What is left of the state when a qubit is read with this result, not normalised: its trace is the chance of the result.</summary>
    public DensityMatrix Read(int qubit, bool value) =>
        new(Qubits, Between(value ? new Complex[,] { { 0, 0 }, { 0, 1 } } : new Complex[,] { { 1, 0 }, { 0, 0 } }, [qubit]));

    /// <summary>Puts a qubit to 0, whatever it was.</summary>
    public void Reset(int qubit)
    {
        var whole = Between(new Complex[,] { { 1, 0 }, { 0, 0 } }, [qubit]);
        AddTo(whole, Between(new Complex[,] { { 0, 1 }, { 0, 0 } }, [qubit]));
        _entries = whole;
    }

    /// <summary>The state of some qubits, all others traced out; the first of them becomes qubit 0.</summary>
    public DensityMatrix Reduced(params ReadOnlySpan<int> qubits)
    {
        var (size, mask) = (1 << qubits.Length, 0);
        foreach (var q in qubits) mask |= 1 << q;
        var entries = new Complex[size, size];
        for (var rest = 0; rest < Size; rest++)
        {
            if ((rest & mask) != 0) continue;
            for (var r = 0; r < size; r++)
            {
                for (var c = 0; c < size; c++) entries[r, c] += _entries[rest | Scatter(r, qubits), rest | Scatter(c, qubits)];
            }
        }

        return new DensityMatrix(qubits.Length, entries);
    }

    /// <summary>A copy, every entry multiplied.</summary>
    public DensityMatrix Scaled(double factor)
    {
        var scaled = new Complex[Size, Size];
        for (var r = 0; r < Size; r++)
        {
            for (var c = 0; c < Size; c++) scaled[r, c] = factor * _entries[r, c];
        }

        return new DensityMatrix(Qubits, scaled);
    }

    internal DensityMatrix Plus(DensityMatrix other)
    {
        var sum = (Complex[,])_entries.Clone();
        AddTo(sum, other._entries);
        return new DensityMatrix(Qubits, sum);
    }

    internal ComplexMatrix Dense()
    {
        var dense = new ComplexMatrix(Size, Size);
        for (var r = 0; r < Size; r++)
        {
            for (var c = 0; c < Size; c++) dense[r, c] = _entries[r, c];
        }

        return dense;
    }

    private int Size => 1 << Qubits;

    private bool IsPure => Math.Abs(Purity - 1) < 1e-13;

    private double Overlap(DensityMatrix other)
    {
        double sum = 0;
        for (var r = 0; r < Size; r++)
        {
            for (var c = 0; c < Size; c++) sum += (_entries[r, c] * other._entries[c, r]).Real;
        }

        return sum;
    }

    private ComplexMatrix Root()
    {
        var values = HermitianEigen.Solve(Dense(), out var vectors);
        var root = new ComplexMatrix(Size, Size);
        for (var r = 0; r < Size; r++)
        {
            for (var c = 0; c < Size; c++)
            {
                for (var k = 0; k < Size; k++) root[r, c] += Math.Sqrt(Math.Max(0, values[k])) * vectors[r, k] * Complex.Conjugate(vectors[c, k]);
            }
        }

        return root;
    }

    // K rho K^+ : K on every column, then the same on every column of the adjoint.
    private Complex[,] Between(Complex[,] k, int[] qubits) => Adjoint(Left(k, qubits, Adjoint(Left(k, qubits, _entries))));

    private Complex[,] Left(Complex[,] k, int[] qubits, Complex[,] matrix)
    {
        var mask = qubits.Aggregate(0, (m, q) => m | (1 << q));
        var product = new Complex[Size, Size];
        for (var row = 0; row < Size; row++)
        {
            var code = Gather(row, qubits);
            for (var from = 0; from < k.GetLength(0); from++)
            {
                var entry = k[code, from];
                if (entry == 0) continue;
                var at = (row & ~mask) | Scatter(from, qubits);
                for (var column = 0; column < Size; column++) product[row, column] += entry * matrix[at, column];
            }
        }

        return product;
    }

    private Complex[,] Adjoint(Complex[,] matrix)
    {
        var adjoint = new Complex[Size, Size];
        for (var r = 0; r < Size; r++)
        {
            for (var c = 0; c < Size; c++) adjoint[c, r] = Complex.Conjugate(matrix[r, c]);
        }

        return adjoint;
    }

    private void AddTo(Complex[,] sum, Complex[,] part)
    {
        for (var r = 0; r < Size; r++)
        {
            for (var c = 0; c < Size; c++) sum[r, c] += part[r, c];
        }
    }

    private static int Scatter(int code, ReadOnlySpan<int> qubits)
    {
        var at = 0;
        for (var i = 0; i < qubits.Length; i++) at |= (code >> i & 1) << qubits[i];
        return at;
    }

    private static int Gather(int at, int[] qubits)
    {
        var code = 0;
        for (var i = 0; i < qubits.Length; i++) code |= (at >> qubits[i] & 1) << i;
        return code;
    }
}
