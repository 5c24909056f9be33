using System.Numerics;
using CsCheck;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.Tests.Circuits;

namespace QuantumImprov.Quantum.Tests.Chains.Council;

/// <summary>A council with a memory for tests, and everything about it said once more from the definitions, with plain matrices.</summary>
internal sealed class MemoryCouncil
{
    private MemoryCouncil(CouncilInputs plain, int qubits)
    {
        Plain = plain;
        Levels = 1 << qubits;
        Operators = new MemoryOperators(plain.Members, qubits);
        Steps = new Complex[plain.Members][,];
        Norms = new double[plain.Members];
    }

    internal CouncilInputs Plain { get; }

    internal int Levels { get; }

    internal MemoryOperators Operators { get; }

    /// <summary>The V_k.</summary>
    internal Complex[][,] Steps { get; }

    /// <summary>Their largest singular values, known because the V_k were made from them.</summary>
    internal double[] Norms { get; }

    internal double[] Phases { get; private init; } = [];

    internal double[] CandidatePhases { get; private init; } = [];

    internal CouncilTerms Terms => new(Plain.Amplitudes, Plain.Weights, Plain.Members, Plain.Candidates, Plain.Coherence)
    {
        Phases = Phases, CandidatePhases = CandidatePhases, Operators = Operators,
    };

    /// <summary>Random all over: V_k = norm A diag(s) B with random unitary A and B.</summary>
    internal static MemoryCouncil Random(ulong seed, int members, int candidates, int qubits, double coherence, bool complex, bool unitary, bool candidatePhases = false, bool signs = true)
    {
        var random = new Xoshiro(Xoshiro.Derive(seed, 1));
        var council = new MemoryCouncil(CouncilInputs.Random(seed, members, candidates, coherence, signs), qubits)
        {
            Phases = complex ? [.. Enumerable.Range(0, members).Select(_ => 6 * random.NextDouble())] : [],
            CandidatePhases = candidatePhases ? [.. Enumerable.Range(0, members * candidates).Select(_ => 6 * random.NextDouble())] : [],
        };
        for (var k = 0; k < members; k++)
        {
            var shares = new double[council.Levels];
            for (var i = 0; i < shares.Length; i++) shares[i] = unitary || i == 0 ? 1 : random.NextDouble() < .2 ? 0 : random.NextDouble();
            council.Set(k, .5 + random.NextDouble(), Unitary(random, council.Levels, complex), shares, Unitary(random, council.Levels, complex));
        }

        return council;
    }

    internal static Gen<MemoryCouncil> Any { get; } =
        Gen.Select(Gen.ULong, Gen.Int[1, 17], Gen.Int[1, 40], Gen.Int[0, 2], Gen.Int[0, 2]).Select((seed, members, candidates, qubits, halves) =>
            Random(seed, members, candidates, qubits, halves / 2.0, complex: (seed & 1) != 0, unitary: (seed & 2) != 0, candidatePhases: (seed & 12) == 12));

    internal static Complex[,] Unitary(Xoshiro random, int n, bool complex)
    {
        var u = new Complex[n, n];
        for (var c = 0; c < n;)
        {
            for (var r = 0; r < n; r++) u[r, c] = new Complex(random.NextDouble() - .5, complex ? random.NextDouble() - .5 : 0);
            var drawn = Length(u, c);
            for (var o = 0; o < c; o++)
            {
                Complex overlap = 0;
                for (var r = 0; r < n; r++) overlap += Complex.Conjugate(u[r, o]) * u[r, c];
                for (var r = 0; r < n; r++) u[r, c] -= overlap * u[r, o];
            }

            // Of a column that lies almost among the others nothing is left but rounding: it is drawn again.
            var left = Length(u, c);
            if (left < drawn / 100) continue;
            for (var r = 0; r < n; r++) u[r, c] /= left;
            c++;
        }

        return u;
    }

    private static double Length(Complex[,] u, int column)
    {
        var squares = 0.0;
        for (var r = 0; r < u.GetLength(0); r++) squares += u[r, column].Magnitude * u[r, column].Magnitude;
        return Math.Sqrt(squares);
    }

    internal void Set(int member, double norm, Complex[,] left, double[] shares, Complex[,] right)
    {
        var stretched = (Complex[,])left.Clone();
        for (var i = 0; i < left.Length; i++) stretched[i / Levels, i % Levels] *= norm * shares[i % Levels];
        Steps[member] = Matrices.Times(stretched, right);
        Norms[member] = norm;
        Operators.Set(member, Steps[member].Cast<Complex>().ToArray());
    }

    /// <summary>a_k s_k(x), phases included.</summary>
    internal Complex Coefficient(int k, int x) => Plain.Weights[k] * Plain.Amplitudes[(k * Plain.Candidates) + x]
        * Complex.Exp(new Complex(0, (Phases.Length > 0 ? Phases[k] : 0) + (CandidatePhases.Length > 0 ? CandidatePhases[(k * Plain.Candidates) + x] : 0)));

    /// <summary>M_x.</summary>
    internal Complex[,] Step(int x)
    {
        var step = new Complex[Levels, Levels];
        for (var k = 0; k < Plain.Members; k++)
        {
            for (var i = 0; i < step.Length; i++) step[i / Levels, i % Levels] += Coefficient(k, x) * Steps[k][i / Levels, i % Levels];
        }

        return step;
    }

    /// <summary>What the memory is after x, with the weight of x as its trace.</summary>
    internal Complex[,] After(int x, Complex[,] rho)
    {
        var (c, after) = (Plain.Coherence, Sandwich(Step(x), rho));
        for (var i = 0; i < after.Length; i++) after[i / Levels, i % Levels] *= c;
        for (var k = 0; k < Plain.Members; k++)
        {
            var alone = Sandwich(Steps[k], Diagonal(rho));
            for (var i = 0; i < Levels; i++) after[i, i] += (1 - c) * Math.Pow(Complex.Abs(Coefficient(k, x)), 2) * alone[i, i];
        }

        return after;
    }

    /// <summary>The law and the kept share.</summary>
    internal (double[] Law, double Kept) Law(Complex[,] rho)
    {
        double[] weights = [.. Enumerable.Range(0, Plain.Candidates).Select(x => Trace(After(x, rho)))];
        var most = Enumerable.Range(0, Plain.Members).Sum(k =>
            Math.Abs(Plain.Weights[k]) * Norms[k] * Math.Sqrt(Plain.Amplitudes.Skip(k * Plain.Candidates).Take(Plain.Candidates).Sum(s => s * s)));
        var kept = weights.Sum();
        return most == 0 ? (weights, 0) : ([.. weights.Select(w => kept == 0 ? 0 : w / kept)], kept / (most * most));
    }

    /// <summary>One step of the filter.</summary>
    internal Complex[,] Filter(int x, Complex[,] rho, double depolarising)
    {
        var after = After(x, rho);
        var trace = Trace(after);
        for (var i = 0; i < after.Length; i++)
            after[i / Levels, i % Levels] = ((1 - depolarising) / trace * after[i / Levels, i % Levels]) + (i / Levels == i % Levels ? depolarising / Levels : 0);
        return after;
    }

    internal static Complex[,] Density(CouncilMemory memory)
    {
        var rho = new Complex[memory.Levels, memory.Levels];
        for (var i = 0; i < rho.Length; i++) rho[i / memory.Levels, i % memory.Levels] = memory[i / memory.Levels, i % memory.Levels];
        return rho;
    }

    internal static Complex[,] Diagonal(Complex[,] m)
    {
        var diagonal = new Complex[m.GetLength(0), m.GetLength(0)];
        for (var i = 0; i < m.GetLength(0); i++) diagonal[i, i] = m[i, i];
        return diagonal;
    }

    internal static double Trace(Complex[,] m) => Enumerable.Range(0, m.GetLength(0)).Sum(i => m[i, i].Real);

    private static Complex[,] Sandwich(Complex[,] m, Complex[,] rho) => Matrices.Times(Matrices.Times(m, rho), Matrices.Adjoint(m));
}
