using System.Numerics;
using System.Text.Json;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Noise;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Noise;

public sealed class DeviceProfileTests
{
    public static TheoryData<string> Names => [.. DeviceProfiles.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_profile_is_legal_and_says_where_it_comes_from(string name)
    {
        var profile = DeviceProfiles.Find(name)!;
        Assert.Null(profile.Fault());
        Assert.EndsWith(".", profile.Source);
        foreach (var gate in profile.NativeGates.Concat(profile.FreeGates)) Assert.NotNull(Gates.Find(gate));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_serialiser_can_write_a_profile_and_fill_it_again(string name)
    {
        var profile = DeviceProfiles.Find(name)! with { ReadoutByQubit = [new(.01, .02), new(.03, .04)], Couplings = [new(0, 1), new(1, 2)] };
        var text = JsonSerializer.Serialize(profile);
        var read = JsonSerializer.Deserialize<NoiseProfile>(text)!;
        Assert.Equal(text, JsonSerializer.Serialize(read));
        Assert.Equal((profile.OneQubit, profile.TwoQubit, profile.Readout), (read.OneQubit, read.TwoQubit, read.Readout));
        Assert.Equal(profile.ReadoutByQubit, read.ReadoutByQubit);
        Assert.Equal(profile.Couplings, read.Couplings);
        Assert.Equal(profile.FreeGates, read.FreeGates);
    }

    // Averaged over the six ends of the axes (a 2-design), a noisy one-qubit gate has exactly the error that went in.
    [Theory]
    [InlineData(1e-3, .05, 50, 30)]
    [InlineData(.02, 1, 100, 150)]
    [InlineData(0.1, 0, 1, 1)]
    public void A_gate_has_the_average_error_that_was_asked_for(double error, double time, double t1, double t2)
    {
        var noise = GateNoise.Of(error, 1, time, t1, t2);
        double sum = 0;
        foreach (var (theta, phi) in ((double, double)[])[(0, 0), (Math.PI, 0), (Math.PI / 2, 0), (Math.PI / 2, Math.PI / 2), (Math.PI / 2, Math.PI), (Math.PI / 2, -Math.PI / 2)])
        {
            var state = DensityMatrix.Of([Math.Cos(theta / 2), Complex.FromPolarCoordinates(Math.Sin(theta / 2), phi)]);
            var struck = state.Scaled(1);
            struck.Apply(KrausChannel.Depolarising(noise.Depolarising), 0);
            struck.Apply(KrausChannel.AmplitudeDamping(noise.AmplitudeDamping), 0);
            struck.Apply(KrausChannel.PhaseDamping(noise.PhaseDamping), 0);
            sum += struck.Fidelity(state) / 6;
        }

        Assert.Equal(1 - error, sum, 1e-9);
    }

    [Fact]
    public void Times_that_no_qubit_can_have_are_refused()
    {
        Assert.Contains("at most twice T1", Assert.Throws<ArgumentOutOfRangeException>(() => GateNoise.Of(.01, 1, 1, 10, 21)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => GateNoise.Of(.6, 1, 1, 10, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => GateNoise.Of(.1, 3, 1, 10, 10));
    }
}
