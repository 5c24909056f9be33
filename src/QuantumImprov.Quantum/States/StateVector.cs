using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States.Lanes;
using QuantumImprov.Quantum.States.Planning;

namespace QuantumImprov.Quantum.States;

/// <summary>
/// The exact state of up to 26 qubits in two arrays of doubles, aligned to 64 bytes; qubit i is bit i of the code. A compiled circuit runs without allocating, but for a second pair of arrays that a state of more than 12 qubits makes on its first run. Not thread-safe.
/// </summary>
public sealed unsafe partial class StateVector
{
    /// <summary>The most qubits: 26 need 1 GiB, and as much again when a circuit moves amplitudes.</summary>
    public const int MostQubits = 26;

    private readonly Amplitudes _amplitudes;
    private readonly Kernels _kernels;

    /// <summary>Makes room and starts at code 0.</summary>
    /// <param name="qubits">1 to 26.</param>
    /// <param name="width">Which registers measurements and single operations use; every choice gives the same numbers.</param>
    public StateVector(int qubits, VectorWidth width = VectorWidth.Widest)
    {
        if (qubits is < 1 or > MostQubits) throw new ArgumentOutOfRangeException(nameof(qubits), qubits, $"The simulator holds 1 to {MostQubits} qubits.");
        Qubits = qubits;
        Codes = 1 << qubits;
        _amplitudes = new Amplitudes(qubits);
        _kernels = Kernels.For(width);
        Clear();
    }

    /// <summary>How many qubits there are.</summary>
    public int Qubits { get; }

    /// <summary>How many codes there are: 2 to the number of qubits.</summary>
    public int Codes { get; }

    /// <summary>Real parts by code. Valid until the state changes.</summary>
    public ReadOnlySpan<double> Real => Re;

    /// <summary>Imaginary parts by code. Valid until the state changes.</summary>
    public ReadOnlySpan<double> Imaginary => Im;

    /// <summary>Puts every qubit to 0.</summary>
    public void Clear()
    {
        new Span<double>(_amplitudes.Re, _amplitudes.Size).Clear();
        new Span<double>(_amplitudes.Im, _amplitudes.Size).Clear();
        *_amplitudes.Re = 1;
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
        return Run(circuit.Plan, random);
    }

    /// <summary>Clears the state, runs a plan and brings its qubits home.</summary>
    internal ulong Run(BoundPlan plan, Xoshiro random)
    {
        Start(plan);
        return RunItems(plan, 0, 0, random);
    }

    /// <summary>Clears the state and runs what comes before the first measurement, reset or condition. The qubits stay at the places of the plan.</summary>
    internal void RunPrefix(BoundPlan plan)
    {
        plan.MakeWhole();
        Start(plan);
        Advance(plan, 0, plan.Shape.Chance, 0, null);
    }

    /// <summary>Brings the qubits of a plan home to their numbers.</summary>
    internal void Restore(BoundPlan plan)
    {
        if (plan.Shape.Restore is { } restore) plan.Kernels.Move(restore, _amplitudes);
    }

    /// <summary>Runs a plan from one of its items on; all but the first start with the qubits at the places of the plan.</summary>
    internal ulong RunItems(BoundPlan plan, int first, ulong bits, Xoshiro random)
    {
        plan.MakeWhole();
        bits = Advance(plan, first, plan.Shape.Items.Length, bits, random);
        Restore(plan);
        return bits;
    }

    /// <summary>Runs a plan and draws one code of all qubits.</summary>
    internal int Sample(BoundPlan plan, Xoshiro random)
    {
        Start(plan);
        var last = plan.Shape.Sampled > 0 ? plan.Shape.Items[plan.Shape.Sampled - 1].Sweep : null;
        Advance(plan, 0, plan.Shape.Sampled - (last is null ? 0 : 1), 0, random);
        var code = last is null ? plan.Kernels.Draw(_amplitudes, random.NextDouble()) : plan.Kernels.RunAndDraw(plan, last, _amplitudes, random.NextDouble());
        for (var i = plan.Shape.Sampled; i < plan.Shape.Items.Length; i++)
        {
            var sweep = plan.Shape.Items[i].Sweep!;
            code = sweep.Layer.Map.Goal(code ^ plan.Sweeps[sweep.Number].Shift ^ sweep.Layer.Map.SourceOfZero);
        }

        return plan.Shape.Restore is { } restore ? restore.Layer.Map.Goal(code) : code;
    }

    internal void Apply(Step step) => _kernels.Apply(step, _amplitudes);

    // A plan that begins with a product state only reads the first block.
    private void Start(BoundPlan plan)
    {
        if (plan.Shape.Circuit.Qubits != Qubits) throw new ArgumentException($"The circuit has {plan.Shape.Circuit.Qubits} qubits; this state has {Qubits}.");
        if (plan.Shape.Items is [{ Sweep: { Seeds: true, Layer.Turned: not 0 } }, ..]) _amplitudes.ClearFirstBlock();
        else Clear();
    }

    private ulong Advance(BoundPlan plan, int from, int to, ulong bits, Xoshiro? random)
    {
        _amplitudes.MakeRoom();
        for (var i = from; i < to; i++)
        {
            ref readonly var item = ref plan.Shape.Items[i];
            if (item.Sweep is { } sweep)
            {
                plan.Kernels.Run(plan, sweep, _amplitudes);
            }
            else if (item.Reading is { } reading)
            {
                if (!reading.Condition.Holds(bits)) continue;
                var code = plan.Kernels.Draw(_amplitudes, random!.NextDouble());
                foreach (var (qubit, bit) in reading.Bits) bits = (bits & ~(1UL << bit)) | ((ulong)(uint)(code >> qubit & 1) << bit);
                plan.Kernels.Collapse(plan, reading, code & reading.Mask, _amplitudes);
            }
            else if (plan.Steps[item.Step].Condition.Holds(bits))
            {
                plan.Kernels.Apply(plan.Steps[item.Step], _amplitudes);
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
    public bool Measure(int qubit, Xoshiro random) => Collapse(qubit, clears: false, random);

    /// <summary>Puts a qubit to 0 by reading it and flipping what reads 1.</summary>
    public void Reset(int qubit, Xoshiro random) => Collapse(qubit, clears: true, random);

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

    /// <summary>Fills a table for many shots of all qubits.</summary>
    public void WriteTo(AliasTable table) => table.Build(Real, Imaginary);

    private bool Collapse(int qubit, bool clears, Xoshiro random)
    {
        var bit = BitOf(qubit);
        var value = _kernels.Draw(_amplitudes, random.NextDouble()) & bit;
        _kernels.Collapse(bit, clears ? bit : 0, value, _amplitudes);
        return value != 0;
    }

    private Span<double> Re => new(_amplitudes.Re, Codes);

    private Span<double> Im => new(_amplitudes.Im, Codes);

    private int BitOf(int qubit) =>
        (uint)qubit < (uint)Qubits ? 1 << qubit : throw new ArgumentOutOfRangeException(nameof(qubit), qubit, $"The state has the qubits 0 to {Qubits - 1}.");
}
