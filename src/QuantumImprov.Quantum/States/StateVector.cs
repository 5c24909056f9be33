using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.States;

/// <summary>
/// The exact state of up to 26 qubits in two arrays of doubles, aligned to 64 bytes; qubit i is bit i of the code. A compiled circuit runs without allocating. Not thread-safe.
/// </summary>
public sealed unsafe partial class StateVector
{
    /// <summary>The most qubits: 26 need 1 GiB.</summary>
    public const int MostQubits = 26;

    // Pinned, so that the aligned addresses stay true as long as the arrays live.
    private readonly double[] _store;
    private readonly int _reAt, _imAt, _size;

    /// <summary>Makes room and starts at code 0.</summary>
    /// <param name="qubits">1 to 26.</param>
    public StateVector(int qubits)
    {
        if (qubits is < 1 or > MostQubits) throw new ArgumentOutOfRangeException(nameof(qubits), qubits, $"The simulator holds 1 to {MostQubits} qubits.");
        Qubits = qubits;
        Codes = 1 << qubits;
        _size = Math.Max(AmplitudeKernels.Lanes, Codes);
        var part = Math.Max(8, _size);
        _store = GC.AllocateArray<double>((2 * part) + 8, pinned: true);
        var start = (nint)Unsafe.AsPointer(ref _store[0]);
        _reAt = (int)((((start + 63) & ~63) - start) / sizeof(double));
        _imAt = _reAt + part;
        Clear();
    }

    /// <summary>How many qubits there are.</summary>
    public int Qubits { get; }

    /// <summary>How many codes there are: 2 to the number of qubits.</summary>
    public int Codes { get; }

    /// <summary>Real parts by code. Valid until the state changes.</summary>
    public ReadOnlySpan<double> Real => _store.AsSpan(_reAt, Codes);

    /// <summary>Imaginary parts by code. Valid until the state changes.</summary>
    public ReadOnlySpan<double> Imaginary => _store.AsSpan(_imAt, Codes);

    /// <summary>Puts every qubit to 0.</summary>
    public void Clear()
    {
        Array.Clear(_store);
        _store[_reAt] = 1;
    }

    /// <summary>Takes over given amplitudes, one for each code; their squared length should be 1.</summary>
    public void Load(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary)
    {
        if (real.Length != Codes || imaginary.Length != Codes)
            throw new ArgumentException($"Got {real.Length} real and {imaginary.Length} imaginary parts; {Qubits} qubits need {Codes} of each.");
        real.CopyTo(Re);
        imaginary.CopyTo(Im);
    }

    /// <summary>Takes over another state of the same size.</summary>
    public void CopyFrom(StateVector other) => Load(other.Real, other.Imaginary);

    /// <summary>Applies one unitary operation (or a barrier). Allocates; compile circuits that run more than once.</summary>
    /// <exception cref="ArgumentException">The operation measures, resets, asks a classical bit, or names a qubit that does not exist.</exception>
    public void Apply(Operation operation)
    {
        if (!operation.Condition.Always || (!operation.Gate.IsUnitary && operation.Gate.Shape != GateShape.Barrier))
            throw new ArgumentException($"'{operation}' is not unitary; run it in a circuit.", nameof(operation));
        foreach (var q in operation.Qubits)
        {
            if (q >= Qubits) throw new ArgumentException($"'{operation.Gate.Name}' uses qubit {q} but the state has {Qubits} qubits (0..{Qubits - 1}).", nameof(operation));
        }

        var steps = new List<Step>();
        StepCompiler.Compile(operation, steps);
        foreach (var step in steps) Apply(step);
    }

    /// <summary>Clears the state, runs the circuit once, and returns its classical bits. Nothing is allocated.</summary>
    /// <exception cref="ArgumentException">The circuit has another number of qubits.</exception>
    public ulong Run(CompiledCircuit circuit, Xoshiro random)
    {
        RunPrefix(circuit);
        return RunRest(circuit, random);
    }

    /// <summary>Clears the state and runs what comes before the first measurement, reset or condition.</summary>
    internal void RunPrefix(CompiledCircuit circuit)
    {
        if (circuit.Circuit.Qubits != Qubits) throw new ArgumentException($"The circuit has {circuit.Circuit.Qubits} qubits; this state has {Qubits}.", nameof(circuit));
        Clear();
        for (var i = 0; i < circuit.Prefix; i++) Apply(circuit.Steps[i]);
    }

    internal ulong RunRest(CompiledCircuit circuit, Xoshiro random)
    {
        ulong bits = 0;
        for (var i = circuit.Prefix; i < circuit.Steps.Length; i++)
        {
            var step = circuit.Steps[i];
            if (!step.Condition.Holds(bits)) continue;
            switch (step.Kind)
            {
                case StepKind.Measure:
                    bits = Measure(step.Target, random) ? bits | (1UL << step.Bit) : bits & ~(1UL << step.Bit);
                    break;
                case StepKind.Reset:
                    Reset(step.Target, random);
                    break;
                default:
                    Apply(step);
                    break;
            }
        }

        return bits;
    }

    /// <summary>The probability that a qubit would be read as 1.</summary>
    public double ProbabilityOfOne(int qubit)
    {
        var bit = BitOf(qubit);
        var re = Real;
        var im = Imaginary;
        double sum = 0;
        for (var i = bit; i < re.Length; i = ((i + 1) & ~bit) | bit) sum += (re[i] * re[i]) + (im[i] * im[i]);
        return sum;
    }

    /// <summary>Reads a qubit; the state collapses onto what was read.</summary>
    public bool Measure(int qubit, Xoshiro random)
    {
        var one = ProbabilityOfOne(qubit);
        var result = random.NextDouble() < one;
        Project(qubit, result, result ? one : 1 - one);
        return result;
    }

    /// <summary>Puts a qubit to 0 by reading it and flipping what reads 1.</summary>
    public void Reset(int qubit, Xoshiro random)
    {
        if (!Measure(qubit, random)) return;
        var bit = BitOf(qubit);
        var re = Re;
        var im = Im;
        for (var i = bit; i < re.Length; i = ((i + 1) & ~bit) | bit)
        {
            (re[i ^ bit], re[i]) = (re[i], 0);
            (im[i ^ bit], im[i]) = (im[i], 0);
        }
    }

    /// <summary>Writes the probability of every code.</summary>
    /// <param name="law">As long as <see cref="Codes"/>.</param>
    public void Probabilities(Span<double> law)
    {
        var re = Real;
        var im = Imaginary;
        for (var i = 0; i < re.Length; i++) law[i] = (re[i] * re[i]) + (im[i] * im[i]);
    }

    /// <summary>Fills a table from which shots of all qubits are drawn without disturbing the state.</summary>
    public void WriteTo(ShotTable table) => table.Build(Real, Imaginary);

    internal void Apply(Step step)
    {
        var re = (double*)Unsafe.AsPointer(ref _store[_reAt]);
        var im = (double*)Unsafe.AsPointer(ref _store[_imAt]);
        switch (step.Kind)
        {
            case StepKind.Matrix:
                AmplitudeKernels.Matrix(re, im, _size, step.Target, step.Controls, step.Controls, step.Re, step.Im);
                break;
            case StepKind.RealMatrix:
                AmplitudeKernels.RealMatrix(re, im, _size, step.Target, step.Controls, step.Controls, step.Re);
                break;
            case StepKind.Phase:
                AmplitudeKernels.Phase(re, im, _size, step.Controls, step.Controls, step.Re[0], step.Im[0]);
                break;
            case StepKind.RealMultiplexor or StepKind.Multiplexor:
                TableKernels.Multiplexor(re, im, _size, step);
                break;
            case StepKind.Diagonal:
                TableKernels.Diagonal(re, im, Codes, step);
                break;
            case StepKind.Swap:
                TableKernels.Swap(re, im, Codes, step);
                break;
            case StepKind.Dense:
                TableKernels.Dense(re, im, Codes, step);
                break;
            default:
                break;
        }

        GC.KeepAlive(_store);
    }

    private void Project(int qubit, bool value, double probability)
    {
        var bit = BitOf(qubit);
        var scale = 1 / Math.Sqrt(probability);
        var re = Re;
        var im = Im;
        for (var i = 0; i < re.Length; i++)
        {
            var factor = (i & bit) != 0 == value ? scale : 0;
            re[i] *= factor;
            im[i] *= factor;
        }
    }

    private Span<double> Re => _store.AsSpan(_reAt, Codes);

    private Span<double> Im => _store.AsSpan(_imAt, Codes);

    private int BitOf(int qubit) =>
        (uint)qubit < (uint)Qubits ? 1 << qubit : throw new ArgumentOutOfRangeException(nameof(qubit), qubit, $"The state has the qubits 0 to {Qubits - 1}.");
}
