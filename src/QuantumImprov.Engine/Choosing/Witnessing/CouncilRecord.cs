using System.Collections.Immutable;
using System.Numerics;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Engine.Choosing.Witnessing;

/// <summary>
/// One choice of the council, written down: the terms of its step and the memory it began with. Laws and circuit follow from it and from nothing else. Immutable. [any]
/// </summary>
public sealed record CouncilRecord
{
    private readonly CouncilMemory _memory = null!;

    /// <summary>The members' names.</summary>
    public required ImmutableArray<string> Members { get; init; }

    /// <summary>How many candidates.</summary>
    public required int Candidates { get; init; }

    /// <summary>What each member says: members x candidates, each row a law.</summary>
    public required ImmutableArray<double> Laws { get; init; }

    /// <summary>s_k(x): the amplitudes each member loads, tempered and damped by what shaping favours; members x candidates.</summary>
    public required ImmutableArray<double> Amplitudes { get; init; }

    /// <summary>The sizes of the a_k.</summary>
    public required ImmutableArray<double> Weights { get; init; }

    /// <summary>The phases of the a_k in radians; empty: all 0.</summary>
    public required ImmutableArray<double> Phases { get; init; }

    /// <summary>The members' real steps of the memory, d x d entries each.</summary>
    public required ImmutableArray<double> Steps { get; init; }

    /// <summary>c, 0 to 1, as it stood in the circuit.</summary>
    public required double Coherence { get; init; }

    /// <summary>The memory the step began with; a copy nobody moves.</summary>
    public required CouncilMemory Memory
    {
        init
        {
            _memory = new CouncilMemory(value.Qubits, value.Depolarising);
            _memory.CopyFrom(value);
        }
    }

    /// <summary>Levels of the memory.</summary>
    public int Levels => _memory.Levels;

    /// <summary>rho before the note, row by row.</summary>
    public ImmutableArray<Complex> Before
    {
        get
        {
            var rho = new Complex[Levels * Levels];
            for (var i = 0; i < rho.Length; i++) rho[i] = _memory[i / Levels, i % Levels];
            return [.. rho];
        }
    }

    /// <summary>The state in the memory register before the note; empty when it held none and an eigenvector of rho was prepared.</summary>
    public ImmutableArray<Complex> Register
    {
        get
        {
            var state = new Complex[Levels];
            return _memory.WriteRegister(state) ? [.. state] : [];
        }
    }

    /// <summary>The exact law of the step at <paramref name="coherence"/>, in closed form.</summary>
    public ImmutableArray<double> Law(double coherence)
    {
        var law = new double[Candidates];
        CouncilLaw.Write(Terms(coherence), _memory, law);
        return [.. law];
    }

    /// <summary>The same before shaping: what shaping did is a factor <paramref name="favour"/> for each candidate, more than 0, which is taken out again.</summary>
    public ImmutableArray<double> Free(double coherence, ReadOnlySpan<double> favour)
    {
        var law = Law(coherence).ToArray();
        var sum = 0.0;
        for (var x = 0; x < law.Length; x++) sum += law[x] /= favour[x];
        for (var x = 0; x < law.Length; x++) law[x] /= sum;
        return [.. law];
    }

    /// <summary>The step's circuit at the coherence dialled, as it was measured.</summary>
    public Circuit ToCircuit() => Prepare().ToCircuit();

    /// <summary>The step, prepared anew: for taking shots.</summary>
    public CouncilStep Prepare()
    {
        var step = new CouncilStep(Members.Length, Candidates, _memory.Qubits);
        step.Prepare(Terms(Coherence), _memory);
        return step;
    }

    private CouncilTerms Terms(double coherence)
    {
        var operators = new MemoryOperators(Members.Length, _memory.Qubits);
        var size = Levels * Levels;
        for (var k = 0; k < Members.Length; k++) operators.Set(k, Steps.AsSpan().Slice(k * size, size));
        return new CouncilTerms(Amplitudes.AsSpan(), Weights.AsSpan(), Members.Length, Candidates, coherence) { Operators = operators, Phases = Phases.AsSpan() };
    }
}
