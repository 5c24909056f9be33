using System.Collections.Immutable;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Quantum.Backends;

/// <summary>
/// The simulator in this process: exact, seeded, at once. A circuit that only measures at its end is simulated once for all shots; otherwise the part before the first measurement is.
/// The work happens on the caller's thread before the task is returned. One run at a time.
/// </summary>
/// <param name="random">Decides every measurement; advanced by each run.</param>
public sealed class LocalBackend(Xoshiro random) : IQuantumBackend
{
    /// <summary>The most shots of one run: one million.</summary>
    public const int MostShots = 1_000_000;

    /// <inheritdoc/>
    public string Name => "local";

    /// <inheritdoc/>
    public ValueTask<BackendReply> RunAsync(Circuit circuit, int shots, CancellationToken stop = default) => ValueTask.FromResult(Run(circuit, shots, stop));

    private BackendReply Run(Circuit circuit, int shots, CancellationToken stop)
    {
        if (shots is < 1 or > MostShots) return new Refused($"Got {shots} shots; 1 to {MostShots} are allowed.");
        if (circuit.Qubits > StateVector.MostQubits) return new Refused($"The circuit has {circuit.Qubits} qubits; the simulator holds 1 to {StateVector.MostQubits}.");
        if (stop.IsCancellationRequested) return new Late();

        var compiled = new CompiledCircuit(circuit);
        var state = new StateVector(circuit.Qubits);
        state.RunPrefix(compiled.Plan);
        var words = ImmutableArray.CreateBuilder<ulong>(shots);
        var finished = compiled.OnlyFinalMeasurements ? Sample(compiled, state, shots, words, stop) : Repeat(compiled, state, shots, words, stop);
        return finished ? Counts.Of(words.MoveToImmutable()) : new Late();
    }

    private bool Sample(CompiledCircuit compiled, StateVector state, int shots, ImmutableArray<ulong>.Builder words, CancellationToken stop)
    {
        state.Restore(compiled.Plan);
        var table = new AliasTable(state.Codes);
        state.WriteTo(table);
        for (var i = 0; i < shots; i++)
        {
            if ((i & 0xFFF) == 0 && stop.IsCancellationRequested) return false;
            words.Add(compiled.BitsOf(table.Draw(random)));
        }

        return true;
    }

    private bool Repeat(CompiledCircuit compiled, StateVector prefix, int shots, ImmutableArray<ulong>.Builder words, CancellationToken stop)
    {
        var state = new StateVector(prefix.Qubits);
        for (var i = 0; i < shots; i++)
        {
            if (stop.IsCancellationRequested) return false;
            state.CopyFrom(prefix);
            words.Add(state.RunItems(compiled.Plan, compiled.Plan.Shape.Chance, 0, random));
        }

        return true;
    }
}
