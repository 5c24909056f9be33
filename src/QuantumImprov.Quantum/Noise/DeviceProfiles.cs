using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Noise;

/// <summary>
/// Profiles of kinds of devices, in round figures of the order that vendors published for machines of that kind up to 2025. They tell what noise of such a size does to a chain; they are no calibration, and
/// no machine promises them.
/// </summary>
public static class DeviceProfiles
{
    // Rotations about z are done by moving the frame of later pulses.
    private static readonly ImmutableArray<string> FrameChanges = ["rz", "p", "z", "s", "sdg", "t", "tdg"];

    /// <summary>Fixed-frequency transmons with tunable couplers.</summary>
    public static NoiseProfile CzTransmons { get; } = Device(
        "cz-transmons", "Round figures of the order published for transmons with tunable couplers (error 3e-4 and 3e-3, T1 170 us, T2 120 us, readout 1.5 %).", ["cz", "rz", "sx", "x"], (3e-4, .032), (3e-3, .07), 170, 120, .015);

    /// <summary>Fixed-frequency transmons coupled by echoed cross resonance.</summary>
    public static NoiseProfile EcrTransmons { get; } = Device(
        "ecr-transmons", "Round figures of the order published for transmons with echoed cross resonance (error 2.5e-4 and 8e-3, T1 220 us, T2 140 us, readout 1.5 %).", ["ecr", "rz", "sx", "x"], (2.5e-4, .06), (8e-3, .6), 220, 140, .015);

    /// <summary>Transmons with phased rotations.</summary>
    public static NoiseProfile PrxTransmons { get; } = Device(
        "prx-transmons", "Round figures of the order published for transmons with phased rotations (error 1e-3 and 6e-3, T1 40 us, T2 20 us, readout 2 %).", ["prx", "cz"], (1e-3, .03), (6e-3, .04), 40, 20, .02);

    /// <summary>Trapped ions, every pair coupled.</summary>
    public static NoiseProfile IonTrap { get; } = Device(
        "ion-trap", "Round figures of the order published for 25-qubit ion traps in 2024 (fidelity 99.95 % and 99.6 %, 135 us and 600 us, T1 10 s, T2 1 s, preparation and readout 99.6 %).", ["gpi", "gpi2", "ms"], (5e-4, 135), (4e-3, 600), 10e6, 1e6, .004);

    /// <summary>All of them, after <see cref="NoiseProfile.Ideal"/>.</summary>
    public static ImmutableArray<NoiseProfile> All { get; } = [NoiseProfile.Ideal, CzTransmons, EcrTransmons, PrxTransmons, IonTrap];

    /// <summary>The profile of that name, or null.</summary>
    public static NoiseProfile? Find(string name) => All.FirstOrDefault(p => p.Name == name);

    // Times in microseconds.
    private static NoiseProfile Device(string name, string source, ImmutableArray<string> natives, (double Error, double Time) one, (double Error, double Time) two, double t1, double t2, double readout) => new()
    {
        Name = name, Source = source, NativeGates = natives, FreeGates = FrameChanges, Readout = new ReadoutError(readout, readout),
        OneQubit = GateNoise.Of(one.Error, 1, one.Time, t1, t2), TwoQubit = GateNoise.Of(two.Error, 2, two.Time, t1, t2),
    };
}
