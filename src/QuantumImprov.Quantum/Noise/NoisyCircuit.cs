using System.Collections.Immutable;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Noise;

/// <summary>
/// Where the noise of a profile strikes in a circuit. Gates on more than two qubits are taken apart first; every gate that is left counts as one. What a condition leaves out makes no error.
/// </summary>
internal static class NoisyCircuit
{
    internal static ImmutableArray<(Operation Operation, ImmutableArray<Strike> After)> Of(Circuit circuit, NoiseProfile profile)
    {
        if (profile.Fault() is { } fault) throw new ArgumentException(fault, nameof(profile));
        var (one, two) = (Channels(profile.OneQubit, 1), Channels(profile.TwoQubit, 2));
        var steps = ImmutableArray.CreateBuilder<(Operation, ImmutableArray<Strike>)>();
        foreach (var operation in Lowering.Lower(circuit, g => !g.IsUnitary || g.MostQubits <= 2).Operations)
        {
            if (operation.Gate.Shape == GateShape.Barrier) continue;
            var free = !operation.Gate.IsUnitary || (!profile.FreeGates.IsDefault && profile.FreeGates.Contains(operation.Gate.Name));
            steps.Add((operation, free ? [] : Strikes(operation, operation.Qubits.Length == 1 ? one : two)));
        }

        return steps.ToImmutable();
    }

    private static List<KrausChannel> Channels(GateNoise noise, int qubits)
    {
        var channels = new List<KrausChannel>();
        if (noise.Depolarising > 0) channels.Add(KrausChannel.Depolarising(noise.Depolarising, qubits));
        if (noise.AmplitudeDamping > 0) channels.Add(KrausChannel.AmplitudeDamping(noise.AmplitudeDamping));
        if (noise.PhaseDamping > 0) channels.Add(KrausChannel.PhaseDamping(noise.PhaseDamping));
        return channels;
    }

    private static ImmutableArray<Strike> Strikes(Operation operation, List<KrausChannel> channels)
    {
        var strikes = ImmutableArray.CreateBuilder<Strike>();
        foreach (var channel in channels)
        {
            if (channel.Qubits == operation.Qubits.Length) strikes.Add(new Strike(channel, [.. operation.Qubits]));
            else strikes.AddRange(operation.Qubits.Select(q => new Strike(channel, [q])));
        }

        return strikes.ToImmutable();
    }

    /// <summary>A channel and the qubits it strikes.</summary>
    internal sealed record Strike(KrausChannel Channel, int[] Qubits);
}
