using System.Collections.Immutable;
using System.Numerics;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Simulators.Microsoft;

/// <summary>
/// Microsoft's simulator as a backend: somebody else's code for the same circuits, so a cross-check and never the way of a note. What the library has no gate for is taken
/// apart first. A circuit whose measurements might as well stand at its end is simulated once and its shots drawn from the state that the library tells; any other is run and
/// measured shot by shot. Each run has a simulator of its own on the caller's thread; several threads may run at once, each with a backend of its own.
/// </summary>
/// <param name="library">The library.</param>
/// <param name="random">Seeds the library and draws what is drawn here; advanced by each run.</param>
public sealed class MicrosoftBackend(SimulatorLibrary library, Xoshiro random) : IQuantumBackend
{
    /// <summary>The most qubits of a circuit, and the most shots of one run.</summary>
    public const int MostQubits = 24, MostShots = 1_000_000;

    /// <inheritdoc/>
    public string Name => "microsoft";

    /// <inheritdoc/>
    public ValueTask<BackendReply> RunAsync(Circuit circuit, int shots, CancellationToken stop = default) => ValueTask.FromResult(Run(circuit, shots, stop));

    /// <summary>The law of the word of classical bits as the library's own state has it; null when the circuit goes on by what it measured, or the library does not tell its state.</summary>
    public IReadOnlyDictionary<ulong, double>? Law(Circuit circuit)
    {
        if (!MayBeReadAtTheEnd(circuit) || Read(circuit) is not { } state) return null;
        var law = new Dictionary<ulong, double>();
        for (var code = 0; code < state.Length; code++)
        {
            var word = WordOf(circuit, code);
            law[word] = law.GetValueOrDefault(word) + Weight(state[code]);
        }

        return law;
    }

    private BackendReply Run(Circuit circuit, int shots, CancellationToken stop)
    {
        if (shots is < 1 or > MostShots) return new Refused($"Got {shots} shots; 1 to {MostShots} are allowed.");
        if (circuit.Qubits > MostQubits) return new Refused($"The circuit has {circuit.Qubits} qubits; Microsoft's simulator is given 1 to {MostQubits}.");
        if (stop.IsCancellationRequested) return new Late();
        var words = ImmutableArray.CreateBuilder<ulong>(shots);
        if (MayBeReadAtTheEnd(circuit) && Read(circuit) is { } state) Draw(circuit, state, shots, words);
        else if (!Repeat(circuit, shots, words, stop)) return new Late();
        return Counts.Of(words.MoveToImmutable());
    }

    private bool Repeat(Circuit circuit, int shots, ImmutableArray<ulong>.Builder words, CancellationToken stop)
    {
        var simple = Lowering.Lower(circuit, MicrosoftSimulator.Knows);
        using var simulator = new MicrosoftSimulator(library, circuit.Qubits, (uint)random.NextBits());
        for (var shot = 0; shot < shots; shot++)
        {
            if (stop.IsCancellationRequested) return false;
            if (shot > 0) simulator.Clear();
            var word = 0UL;
            foreach (var operation in simple.Operations)
            {
                if (!operation.Condition.Holds(word)) continue;
                if (operation.Gate.Shape != GateShape.Measurement) simulator.Apply(operation);
                else if (simulator.Measure(operation.Qubits[0])) word |= 1UL << operation.Bit;
                else word &= ~(1UL << operation.Bit);
            }

            words.Add(word);
        }

        return true;
    }

    private Complex[]? Read(Circuit circuit)
    {
        if (!library.ReadsState) return null;
        using var simulator = new MicrosoftSimulator(library, circuit.Qubits, (uint)random.NextBits());
        foreach (var operation in Lowering.Lower(circuit, MicrosoftSimulator.Knows).Operations)
        {
            if (operation.Gate.Shape != GateShape.Measurement) simulator.Apply(operation);
        }

        var state = new Complex[1 << circuit.Qubits];
        return simulator.TryRead(state) ? state : null;
    }

    private void Draw(Circuit circuit, Complex[] state, int shots, ImmutableArray<ulong>.Builder words)
    {
        var sums = new double[state.Length];
        var sum = 0.0;
        for (var code = 0; code < state.Length; code++) sums[code] = sum += Weight(state[code]);
        for (var shot = 0; shot < shots; shot++)
        {
            var at = Array.BinarySearch(sums, random.NextDouble() * sum);
            words.Add(WordOf(circuit, Math.Min(at < 0 ? ~at : at + 1, state.Length - 1)));
        }
    }

    // A qubit that was measured may still direct others: read at the end it would say the same.
    private static bool MayBeReadAtTheEnd(Circuit circuit)
    {
        var measured = 0UL;
        foreach (var operation in circuit.Operations)
        {
            if (!operation.Condition.Always || operation.Gate.Shape == GateShape.Reset) return false;
            if (operation.Gate.Shape == GateShape.Measurement) measured |= 1UL << operation.Qubits[0];
            for (var i = 0; i < operation.Qubits.Length; i++)
            {
                if ((measured >> operation.Qubits[i] & 1) != 0 && !Leaves(operation, i)) return false;
            }
        }

        return true;
    }

    private static bool Leaves(Operation operation, int operand) => operation.Gate.Shape switch
    {
        GateShape.Controlled => operand < operation.Gate.ControlCount(operation.Qubits.Length),
        GateShape.Multiplexed => operand > 0,
        GateShape.Diagonal or GateShape.Measurement or GateShape.Barrier => true,
        _ => false,
    };

    private static ulong WordOf(Circuit circuit, int code)
    {
        var word = 0UL;
        foreach (var operation in circuit.Operations)
        {
            if (operation.Gate.Shape != GateShape.Measurement) continue;
            var bit = 1UL << operation.Bit;
            word = (code >> operation.Qubits[0] & 1) != 0 ? word | bit : word & ~bit;
        }

        return word;
    }

    private static double Weight(Complex z) => (z.Real * z.Real) + (z.Imaginary * z.Imaginary);
}
