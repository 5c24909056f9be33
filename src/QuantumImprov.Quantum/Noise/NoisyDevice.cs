using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Circuits.Transpiling;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Noise;

/// <summary>
/// A whole simulated device: writes a circuit in the profile's own gates, as a real device would have it, and runs it with the profile's noise. Circuits that read at their end are drawn from their exact law; others follow
/// trajectories. The work happens on the caller's thread before the task is returned. One run at a time.
/// </summary>
public sealed class NoisyDevice : IQuantumBackend
{
    private readonly NoiseProfile _profile;
    private readonly Xoshiro _random;
    private readonly TrajectoryBackend _trajectories;
    private readonly Dictionary<string, ImmutableArray<double>> _laws = [];

    /// <summary>Takes a profile on.</summary>
    /// <param name="profile">Noise and gates.</param>
    /// <param name="random">Decides every reading; advanced by each run.</param>
    /// <exception cref="ArgumentException">A figure of the profile lies outside its range.</exception>
    public NoisyDevice(NoiseProfile profile, Xoshiro random) => (_profile, _random, _trajectories) = (profile, random, new TrajectoryBackend(profile, random));

    /// <inheritdoc/>
    public string Name => $"local:{_profile.Name}";

    /// <summary>The profile.</summary>
    public NoiseProfile Profile => _profile;

    /// <summary>A circuit in the gates of a profile's device; as it is where the profile names none.</summary>
    public static Circuit Native(Circuit circuit, NoiseProfile profile)
    {
        var gates = profile.NativeGates.IsDefault ? [] : profile.NativeGates;
        NativeGates? kind = gates.Contains("ecr") ? NativeGates.EcrRzSxX : gates.Contains("ms") ? NativeGates.GpiGpi2Ms : gates.Contains("prx") ? NativeGates.PrxCz : gates.Contains("cz") ? NativeGates.CzRzSxX : null;
        if (kind is not { } native) return circuit;
        var target = !profile.Couplings.IsDefaultOrEmpty ? new Target(native, Math.Max(circuit.Qubits, profile.Couplings.Max(c => Math.Max(c.From, c.To)) + 1), profile.Couplings)
            : native switch
            {
                NativeGates.CzRzSxX => Target.CzLine(circuit.Qubits),
                NativeGates.EcrRzSxX => Target.EcrLine(circuit.Qubits),
                NativeGates.PrxCz => Target.Prx(circuit.Qubits),
                _ => Target.IonTrap(circuit.Qubits),
            };
        return Transpiler.Transpile(circuit, target).Circuit;
    }

    /// <summary>The law of an edition's kept shots on this device: exact. Computed once an edition.</summary>
    public ImmutableArray<double> LawOf(ClassSpec spec)
    {
        if (_laws.TryGetValue(spec.Fingerprint, out var known)) return known;
        var words = NoisyLaw.Of(Native(spec.ToCircuit(coins: false), _profile), _profile)!.Words(spec.ChoiceBits);
        return _laws[spec.Fingerprint] = spec.LawOf(words).Law;
    }

    /// <inheritdoc/>
    public ValueTask<BackendReply> RunAsync(Circuit circuit, int shots, CancellationToken stop = default)
    {
        if (shots is < 1 or > TrajectoryBackend.MostShots) return ValueTask.FromResult<BackendReply>(new Refused($"Got {shots} shots; 1 to {TrajectoryBackend.MostShots} are allowed."));
        var native = Native(circuit, _profile);
        if (NoisyLaw.Of(native, _profile) is not { } law) return _trajectories.RunAsync(native, shots, stop);
        var words = ImmutableArray.CreateBuilder<ulong>(shots);
        for (var i = 0; i < shots; i++) words.Add(law.Draw(_random));
        return ValueTask.FromResult<BackendReply>(Counts.Of(words.MoveToImmutable()));
    }
}
