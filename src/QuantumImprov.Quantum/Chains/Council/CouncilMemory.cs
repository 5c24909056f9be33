using System.Numerics;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// The memory of a council between two notes, twice: the density matrix rho that follows from the notes (the filter), and, after a note that was measured from the circuit, the pure state that
/// post-selection left in the memory register. A note that was only heard, a failed shot or a gap takes the register away; it is then prepared anew from an eigenvector of rho, which is exact in law.
/// Everything is allocated by the constructor. Not thread-safe.
/// </summary>
public sealed class CouncilMemory
{
    /// <summary>The share of the memory that is lost with every note unless another is given.</summary>
    public const double UsualDepolarising = .02;

    // A note whose weight is below this share of what its members could give together is held for impossible.
    private const double Impossible = 1e-20;

    private readonly Complex[] _density, _register;

    /// <summary>Starts in |+..+>.</summary>
    /// <param name="qubits">q, 0 to 2; d = 2^q levels.</param>
    /// <param name="depolarising">The share of rho that is replaced by 1/d after every note, 0 to 1.</param>
    public CouncilMemory(int qubits, double depolarising = UsualDepolarising)
    {
        if (qubits is < 0 or > MemoryOperators.MostQubits) throw new ArgumentOutOfRangeException(nameof(qubits), qubits, $"A memory has 0 to {MemoryOperators.MostQubits} qubits.");
        if (!(depolarising >= 0 && depolarising <= 1)) throw new ArgumentOutOfRangeException(nameof(depolarising), depolarising, "The depolarising share is a number from 0 to 1.");
        (Qubits, Depolarising) = (qubits, depolarising);
        _density = new Complex[Levels * Levels];
        _register = new Complex[Levels];
        Restart();
    }

    /// <summary>q.</summary>
    public int Qubits { get; }

    /// <summary>d = 2^q.</summary>
    public int Levels => 1 << Qubits;

    /// <summary>The share of rho that is replaced by 1/d after every note.</summary>
    public double Depolarising { get; }

    /// <summary>Whether the memory register holds a state; if not, the next circuit begins by preparing an eigenvector of rho.</summary>
    public bool HoldsRegister { get; private set; }

    /// <summary>An entry of rho, Hermitian with trace 1.</summary>
    public Complex this[int row, int column] => _density[(row * Levels) + column];

    /// <summary>tr rho^2: 1 for a pure state, 1/d when nothing is known.</summary>
    public double Purity
    {
        get
        {
            double sum = 0;
            foreach (var entry in _density) sum += SmallEigen.Squared(entry);
            return sum;
        }
    }

    internal ReadOnlySpan<Complex> Density => _density;

    internal ReadOnlySpan<Complex> Register => HoldsRegister ? _register : [];

    /// <summary>Back to |+..+>, in the register too: the beginning of a phrase.</summary>
    public void Restart()
    {
        Array.Fill(_density, 1.0 / Levels);
        Array.Fill(_register, 1 / Math.Sqrt(Levels));
        HoldsRegister = true;
    }

    /// <summary>Takes over everything that another memory of as many qubits holds.</summary>
    /// <exception cref="ArgumentException">It has another number of qubits.</exception>
    public void CopyFrom(CouncilMemory other)
    {
        if (other.Qubits != Qubits) throw new ArgumentException($"Got a memory of {other.Qubits} qubits; this one has {Qubits}.", nameof(other));
        other._density.CopyTo(_density, 0);
        other._register.CopyTo(_register, 0);
        HoldsRegister = other.HoldsRegister;
    }

    /// <summary>Holds what another memory held, as it was written down.</summary>
    /// <param name="density">rho, d x d entries row by row: Hermitian, trace 1, both within 1e-6.</param>
    /// <param name="register">The state in the register, one amplitude a level, squared length 1 within 1e-6; empty when it held none.</param>
    /// <exception cref="ArgumentException">One of them is no such thing; nothing has changed.</exception>
    public void Hold(ReadOnlySpan<Complex> density, ReadOnlySpan<Complex> register)
    {
        const double Within = 1e-6;
        if (density.Length != _density.Length) throw new ArgumentException($"Got {density.Length} entries of rho; {_density.Length} are needed.", nameof(density));
        if (!register.IsEmpty && register.Length != Levels) throw new ArgumentException($"Got {register.Length} amplitudes; {Levels} are needed, or none.", nameof(register));
        double trace = 0, length = 0;
        for (var i = 0; i < density.Length; i++)
        {
            var (row, column) = (i / Levels, i % Levels);
            if (!(Complex.Abs(density[i] - Complex.Conjugate(density[(column * Levels) + row])) <= Within)) throw new ArgumentException($"rho is not Hermitian at {row}, {column}.", nameof(density));
            if (row == column) trace += density[i].Real;
        }

        foreach (var amplitude in register) length += SmallEigen.Squared(amplitude);
        if (!(Math.Abs(trace - 1) <= Within)) throw new ArgumentException($"rho has trace {trace}; 1 is needed.", nameof(density));
        if (!register.IsEmpty && !(Math.Abs(length - 1) <= Within)) throw new ArgumentException($"The register has squared length {length}; 1 is needed.", nameof(register));
        density.CopyTo(_density);
        HoldsRegister = !register.IsEmpty;
        register.CopyTo(_register);
    }

    /// <summary>Copies the state in the register, one amplitude a level.</summary>
    /// <returns>False, and zeros, when the register holds none.</returns>
    public bool WriteRegister(Span<Complex> state)
    {
        state.Clear();
        if (HoldsRegister) _register.CopyTo(state);
        return HoldsRegister;
    }

    /// <summary>
    /// Follows a note that was heard: rho becomes M_x rho M_x^+ scaled to trace 1, partly dephased below full coherence, then depolarised. A note that the council holds for impossible leaves
    /// 1/d, for what was heard is never impossible. The register is lost. Nothing is allocated.
    /// </summary>
    /// <param name="terms">The step that the note answers, with operators of as many qubits.</param>
    /// <param name="symbol">The candidate that was heard.</param>
    /// <exception cref="ArgumentException">The terms are at fault or there is no such candidate; nothing has changed.</exception>
    public void Hear(in CouncilTerms terms, int symbol)
    {
        CouncilInput.Check(terms, this);
        if ((uint)symbol >= (uint)terms.Candidates) throw new ArgumentOutOfRangeException(nameof(symbol), symbol, $"There are candidates 0 to {terms.Candidates - 1}.");
        HoldsRegister = false;
        Advance(terms, symbol);
    }

    /// <summary>
    /// Follows a note whose operator M the caller has worked out, real, row by row: rho becomes M rho M^T scaled to trace 1, then depolarised; 1/d where M takes everything away. The register is
    /// lost. Nothing is allocated.
    /// </summary>
    /// <param name="step">d x d entries.</param>
    /// <exception cref="ArgumentException">There are not d x d entries; nothing has changed.</exception>
    public void Hear(ReadOnlySpan<double> step)
    {
        var d = Levels;
        if (step.Length != _density.Length) throw new ArgumentException($"Got {step.Length} entries; {_density.Length} are needed.", nameof(step));
        HoldsRegister = false;
        Span<Complex> half = stackalloc Complex[_density.Length];
        for (var i = 0; i < half.Length; i++)
        {
            half[i] = 0;
            for (var l = 0; l < d; l++) half[i] += step[(i / d * d) + l] * _density[(l * d) + (i % d)];
        }

        double trace = 0;
        for (var i = 0; i < half.Length; i++)
        {
            _density[i] = 0;
            for (var l = 0; l < d; l++) _density[i] += half[(i / d * d) + l] * step[(i % d * d) + l];
            if (i / d == i % d) trace += _density[i].Real;
        }

        for (var i = 0; i < half.Length; i++)
        {
            var mixed = i / d == i % d ? 1.0 / d : 0;
            _density[i] = trace > 0 ? ((1 - Depolarising) * _density[i] / trace) + (Depolarising * mixed) : mixed;
        }
    }

    /// <summary>Reads the whole memory with the given probability and throws the result away: rho loses that share of its coherence. Nothing is allocated.</summary>
    /// <param name="share">0 to 1; 1 after every note makes the chain a classical hidden one.</param>
    /// <param name="random">Decides what the register reads.</param>
    public void Dephase(double share, Xoshiro random)
    {
        if (!(share >= 0 && share <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "The share is a number from 0 to 1.");
        for (var i = 0; i < _density.Length; i++)
        {
            if (i / Levels != i % Levels) _density[i] *= 1 - share;
        }

        if (!HoldsRegister || random.NextDouble() >= share) return;
        var level = LevelOf(_register, random);
        Array.Clear(_register);
        _register[level] = 1;
    }

    /// <summary>Draws an eigenvector of rho with its eigenvalue as probability: what a register is prepared from when it holds nothing. Nothing is allocated.</summary>
    /// <param name="state">Receives one amplitude a level.</param>
    /// <param name="random">Decides which.</param>
    public void DrawPureState(Span<Complex> state, Xoshiro random)
    {
        if (state.Length != Levels) throw new ArgumentException($"There is room for {state.Length} amplitudes; the memory has {Levels} levels.", nameof(state));
        Span<Complex> matrix = stackalloc Complex[_density.Length];
        Span<Complex> vectors = stackalloc Complex[_density.Length];
        _density.CopyTo(matrix);
        SmallEigen.Solve(matrix, vectors, Levels);
        var left = random.NextDouble();
        var chosen = 0;
        for (var i = 0; i < Levels; i++)
        {
            var value = matrix[(i * Levels) + i].Real;
            if (value <= 0) continue;
            chosen = i;
            left -= value;
            if (left < 0) break;
        }

        for (var r = 0; r < Levels; r++) state[r] = vectors[(r * Levels) + chosen];
    }

    /// <summary>Follows a note that was measured: the filter as for a heard one, and the register keeps what post-selection left, with the same depolarising as a channel.</summary>
    internal void Keep(in CouncilTerms terms, int symbol, ReadOnlySpan<Complex> left, Xoshiro random)
    {
        Advance(terms, symbol);
        left.CopyTo(_register);
        HoldsRegister = true;
        if (Depolarising == 0 || random.NextDouble() >= Depolarising) return;
        Array.Clear(_register);
        _register[random.NextInt(Levels)] = 1;
    }

    internal void LoseRegister() => HoldsRegister = false;

    internal static int LevelOf(ReadOnlySpan<Complex> state, Xoshiro random)
    {
        var at = random.NextDouble();
        var chosen = 0;
        for (var i = 0; i < state.Length; i++)
        {
            var p = SmallEigen.Squared(state[i]);
            if (p == 0) continue;
            chosen = i;
            at -= p;
            if (at < 0) break;
        }

        return chosen;
    }

    private void Advance(in CouncilTerms terms, int symbol)
    {
        var n = Levels;
        Span<Complex> step = stackalloc Complex[n * n];
        Span<Complex> next = stackalloc Complex[n * n];
        Span<double> destroyed = stackalloc double[n];
        step.Clear();
        destroyed.Clear();
        double scale = 0, most = 0;
        for (var k = 0; k < terms.Members; k++) scale = Math.Max(scale, Math.Abs(terms.Size(k, symbol, 1)));
        for (var k = 0; scale > 0 && k < terms.Members; k++)
        {
            var coefficient = terms.Coefficient(k, symbol, scale);
            if (coefficient == 0) continue;
            var square = SmallEigen.Squared(coefficient);
            most += Math.Sqrt(square);
            CouncilLaw.AddStep(terms.Operators, k, coefficient, step);
            for (var i = 0; i < n; i++) destroyed[i] += square * CouncilLaw.Reached(terms.Operators, k, i, _density, n);
        }

        CouncilLaw.Conjugate(step, _density, next, n);
        double trace = 0;
        for (var i = 0; i < next.Length; i++)
        {
            next[i] *= terms.Coherence;
            if (i / n != i % n) continue;
            next[i] = next[i].Real + ((1 - terms.Coherence) * destroyed[i / n]);
            trace += next[i].Real;
        }

        var known = trace > Impossible * most * most;
        for (var r = 0; r < n; r++)
        {
            for (var c = r; c < n; c++)
            {
                var even = r == c ? 1.0 / n : 0;
                var entry = known ? (((1 - Depolarising) / (2 * trace)) * (next[(r * n) + c] + Complex.Conjugate(next[(c * n) + r]))) + (Depolarising * even) : even;
                _density[(r * n) + c] = entry;
                _density[(c * n) + r] = Complex.Conjugate(entry);
            }
        }
    }
}
