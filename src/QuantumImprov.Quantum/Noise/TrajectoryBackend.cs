using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Quantum.Noise;

/// <summary>
/// A noisy device in this process: every shot follows one trajectory of the state, on which each channel of the profile strikes with one of its operators, drawn with its own chance. Over many shots the law is
/// exactly that of the density matrix, and without noise that of the circuit. Gates on more than two qubits are taken apart into CX and rotations first; for a device's own gates transpile before.
/// The work happens on the caller's thread before the task is returned. One run at a time.
/// </summary>
public sealed class TrajectoryBackend : IQuantumBackend
{
    /// <summary>The most shots of one run: one million.</summary>
    public const int MostShots = 1_000_000;

    private readonly NoiseProfile _profile;
    private readonly Xoshiro _random;

    /// <summary>Takes a profile on.</summary>
    /// <param name="profile">The noise.</param>
    /// <param name="random">Decides every measurement and every error; advanced by each run.</param>
    /// <exception cref="ArgumentException">A figure of the profile lies outside its range.</exception>
    public TrajectoryBackend(NoiseProfile profile, Xoshiro random)
    {
        if (profile.Fault() is { } fault) throw new ArgumentException(fault, nameof(profile));
        (_profile, _random) = (profile, random);
    }

    /// <inheritdoc/>
    public string Name => $"local:{_profile.Name}";

    /// <inheritdoc/>
    public ValueTask<BackendReply> RunAsync(Circuit circuit, int shots, CancellationToken stop = default) => ValueTask.FromResult(Run(circuit, shots, stop));

    private BackendReply Run(Circuit circuit, int shots, CancellationToken stop)
    {
        if (shots is < 1 or > MostShots) return new Refused($"Got {shots} shots; 1 to {MostShots} are allowed.");
        if (circuit.Qubits > StateVector.MostQubits) return new Refused($"The circuit has {circuit.Qubits} qubits; the simulator holds 1 to {StateVector.MostQubits}.");
        if (stop.IsCancellationRequested) return new Late();

        var plan = new TrajectoryPlan(circuit, _profile);
        var start = new StateVector(circuit.Qubits);
        plan.RunCertain(start);
        var words = ImmutableArray.CreateBuilder<ulong>(shots);
        var finished = plan.OneState ? Sample(plan, start, shots, words, stop) : Follow(plan, start, shots, words, stop);
        return finished ? Counts.Of(words.MoveToImmutable()) : new Late();
    }

    private bool Sample(TrajectoryPlan plan, StateVector state, int shots, ImmutableArray<ulong>.Builder words, CancellationToken stop)
    {
        var table = new ShotTable(state.Codes);
        state.WriteTo(table);
        for (var i = 0; i < shots; i++)
        {
            if ((i & 0xFFF) == 0 && stop.IsCancellationRequested) return false;
            words.Add(plan.ReadEnd(table.Draw(_random), 0, _random));
        }

        return true;
    }

    private bool Follow(TrajectoryPlan plan, StateVector start, int shots, ImmutableArray<ulong>.Builder words, CancellationToken stop)
    {
        var state = new StateVector(start.Qubits);
        for (var i = 0; i < shots; i++)
        {
            if (stop.IsCancellationRequested) return false;
            state.CopyFrom(start);
            var bits = plan.RunRest(state, _random);
            words.Add(plan.ReadEnd(state.DrawCode(_random), bits, _random));
        }

        return true;
    }
}
