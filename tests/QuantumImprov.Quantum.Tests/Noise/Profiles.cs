using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Tests.Noise;

/// <summary>Profiles so noisy that a test sees every part of them.</summary>
internal static class Profiles
{
    internal static NoiseProfile Loud { get; } = new()
    {
        Name = "loud",
        OneQubit = new GateNoise { Depolarising = .04, AmplitudeDamping = .05, PhaseDamping = .03 },
        TwoQubit = new GateNoise { Depolarising = .1, AmplitudeDamping = .08, PhaseDamping = .05 },
        Readout = new ReadoutError(.05, .12),
        ReadoutByQubit = [new(.2, .02)],
        FreeGates = ["rz"],
    };

    internal static NoiseProfile Random(ulong seed)
    {
        var random = new Xoshiro(seed);
        return new NoiseProfile { Name = "random", OneQubit = Gate(), TwoQubit = Gate(), Readout = new ReadoutError(Share(), Share()) };

        GateNoise Gate() => new() { Depolarising = Share(), AmplitudeDamping = Share(), PhaseDamping = Share() };

        double Share() => random.NextInt(3) == 0 ? 0 : .3 * random.NextDouble();
    }
}
