using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// The V_k of a council: what each member does to the memory. V_k = eta_k W_k with eta_k its largest singular value. Where W_k is not unitary it is the upper left block of a unitary on the
/// memory and one ancilla, [[W, sqrt(1 - W W^+)], [sqrt(1 - W^+ W), -W^+]], and the ancilla must read 0. All are 1 at first. Setting allocates nothing. Not thread-safe: one owner.
/// </summary>
public sealed class MemoryOperators
{
    /// <summary>The largest memory: 2 qubits, 4 levels.</summary>
    public const int MostQubits = 2;

    /// <summary>How far W^+ W may be from 1 for a matrix to count as unitary (up to its norm) and go without the ancilla.</summary>
    public const double UnitaryWithin = 1e-12;

    private readonly Complex[] _given, _scaled, _lost, _left, _right;
    private readonly double[] _norms, _squares;
    private readonly bool[] _unitary, _real;

    /// <summary>Makes room; every V_k is 1.</summary>
    /// <param name="members">1 to 32.</param>
    /// <param name="qubits">Qubits of the memory, 0 to 2. With 0 the V_k are plain complex factors.</param>
    public MemoryOperators(int members, int qubits)
    {
        if (members is < 1 or > CouncilStep.MostMembers) throw new ArgumentOutOfRangeException(nameof(members), members, $"A council has 1 to {CouncilStep.MostMembers} members.");
        if (qubits is < 0 or > MostQubits) throw new ArgumentOutOfRangeException(nameof(qubits), qubits, $"A memory has 0 to {MostQubits} qubits.");
        (Members, Qubits) = (members, qubits);
        (_given, _scaled) = (new Complex[members * Size], new Complex[members * Size]);
        (_lost, _left, _right) = (new Complex[members * Size], new Complex[members * Size], new Complex[members * Size]);
        (_norms, _squares) = (new double[members], new double[members * Levels]);
        (_unitary, _real) = (new bool[members], new bool[members]);
        for (var k = 0; k < members; k++)
        {
            for (var i = 0; i < Levels; i++) _given[(k * Size) + (i * Levels) + i] = 1;
            Know(k);
        }
    }

    /// <summary>How many members there are.</summary>
    public int Members { get; }

    /// <summary>Qubits of the memory.</summary>
    public int Qubits { get; }

    /// <summary>d, the levels of the memory.</summary>
    public int Levels => 1 << Qubits;

    /// <summary>True when some V_k is not unitary up to a factor, so that the circuit needs the ancilla.</summary>
    public bool NeedAncilla => Array.IndexOf(_unitary, false) >= 0;

    /// <summary>An entry of V_k as it was set.</summary>
    public Complex this[int member, int row, int column] => _given[(member * Size) + (row * Levels) + column];

    internal int Size => Levels * Levels;

    internal bool AreReal => Array.IndexOf(_real, false) < 0;

    /// <summary>eta_k, the largest singular value of V_k; 0 silences the member.</summary>
    public double Norm(int member) => _norms[member];

    /// <summary>Whether V_k is unitary up to a factor, within <see cref="UnitaryWithin"/>.</summary>
    public bool IsUnitary(int member) => _unitary[member];

    /// <summary>Sets V_k.</summary>
    /// <param name="member">0 to members - 1.</param>
    /// <param name="matrix">d x d entries, row by row, each finite and at most 1e100 in size.</param>
    /// <exception cref="ArgumentException">There is no such member, the length is wrong, or an entry is out of range; V_k stays as it was.</exception>
    public void Set(int member, ReadOnlySpan<Complex> matrix)
    {
        CheckPlace(member, matrix.Length);
        foreach (var entry in matrix)
        {
            if (!(Math.Abs(entry.Real) <= CouncilInput.Largest && Math.Abs(entry.Imaginary) <= CouncilInput.Largest)) throw OutOfRange(member, entry);
        }

        matrix.CopyTo(_given.AsSpan(member * Size, Size));
        Know(member);
    }

    /// <summary>Sets a real V_k.</summary>
    /// <param name="member">0 to members - 1.</param>
    /// <param name="matrix">d x d entries, row by row, each finite and at most 1e100 in size.</param>
    /// <exception cref="ArgumentException">There is no such member, the length is wrong, or an entry is out of range; V_k stays as it was.</exception>
    public void Set(int member, ReadOnlySpan<double> matrix)
    {
        CheckPlace(member, matrix.Length);
        foreach (var entry in matrix)
        {
            if (!(Math.Abs(entry) <= CouncilInput.Largest)) throw OutOfRange(member, entry);
        }

        for (var i = 0; i < matrix.Length; i++) _given[(member * Size) + i] = matrix[i];
        Know(member);
    }

    internal ReadOnlySpan<Complex> Given(int member) => _given.AsSpan(member * Size, Size);

    /// <summary>W_k = V_k / eta_k, row by row.</summary>
    internal ReadOnlySpan<Complex> Scaled(int member) => _scaled.AsSpan(member * Size, Size);

    /// <summary>sqrt(1 - W_k^+ W_k), what the ancilla's 1 takes; all 0 for a unitary.</summary>
    internal ReadOnlySpan<Complex> Lost(int member) => _lost.AsSpan(member * Size, Size);

    /// <summary>W_k B_k, whose columns are orthogonal and as long as the singular values.</summary>
    internal ReadOnlySpan<Complex> Left(int member) => _left.AsSpan(member * Size, Size);

    /// <summary>B_k, the right singular vectors as columns.</summary>
    internal ReadOnlySpan<Complex> Right(int member) => _right.AsSpan(member * Size, Size);

    /// <summary>The squares of the singular values of W_k, 0 to 1.</summary>
    internal ReadOnlySpan<double> Squares(int member) => _squares.AsSpan(member * Levels, Levels);

    private void Know(int member)
    {
        var n = Levels;
        var given = _given.AsSpan(member * Size, Size);
        var scaled = _scaled.AsSpan(member * Size, Size);
        var lost = _lost.AsSpan(member * Size, Size);
        lost.Clear();
        double largest = 0;
        _real[member] = true;
        foreach (var entry in given)
        {
            largest = Math.Max(largest, Math.Max(Math.Abs(entry.Real), Math.Abs(entry.Imaginary)));
            _real[member] &= entry.Imaginary == 0;
        }

        if (largest == 0)
        {
            // Its branch is never reached; 1 is as good a step as any.
            scaled.Clear();
            for (var i = 0; i < n; i++) scaled[(i * n) + i] = 1;
            scaled.CopyTo(_left.AsSpan(member * Size, Size));
            scaled.CopyTo(_right.AsSpan(member * Size, Size));
            _squares.AsSpan(member * n, n).Fill(1);
            (_norms[member], _unitary[member]) = (0, true);
            return;
        }

        for (var i = 0; i < scaled.Length; i++) scaled[i] = given[i] / largest;
        var vectors = _right.AsSpan(member * Size, Size);
        var left = _left.AsSpan(member * Size, Size);
        var squares = _squares.AsSpan(member * n, n);
        scaled.CopyTo(left);
        SmallSingular.Solve(left, vectors, n);
        squares.Clear();
        for (var i = 0; i < left.Length; i++) squares[i % n] += SmallEigen.Squared(left[i]);
        double greatest = 0, least = double.MaxValue;
        foreach (var square in squares) (greatest, least) = (Math.Max(greatest, square), Math.Min(least, square));

        var norm = Math.Sqrt(greatest);
        for (var i = 0; i < scaled.Length; i++) (scaled[i], left[i]) = (scaled[i] / norm, left[i] / norm);
        _norms[member] = largest * norm;
        _unitary[member] = least >= greatest * (1 - UnitaryWithin);
        foreach (ref var square in squares) square = _unitary[member] ? 1 : square / greatest;
        if (_unitary[member]) return;
        for (var i = 0; i < n; i++)
        {
            var share = Math.Sqrt(1 - squares[i]);
            for (var r = 0; r < n; r++)
            {
                for (var c = 0; c < n; c++) lost[(r * n) + c] += share * vectors[(r * n) + i] * Complex.Conjugate(vectors[(c * n) + i]);
            }
        }
    }

    private void CheckPlace(int member, int length)
    {
        if ((uint)member >= (uint)Members) throw new ArgumentOutOfRangeException(nameof(member), member, $"There are members 0 to {Members - 1}.");
        if (length != Size) throw new ArgumentException($"Got {length} entries; a memory of {Qubits} qubits needs {Size}.", nameof(length));
    }

    private static ArgumentException OutOfRange(int member, Complex entry) =>
        new($"An entry of the memory operator of member {member} is {entry}; parts from -{CouncilInput.Largest} to {CouncilInput.Largest} are allowed.");
}
