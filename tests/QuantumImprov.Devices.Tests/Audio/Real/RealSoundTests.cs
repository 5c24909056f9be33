using QuantumImprov.Audio.Output;
using QuantumImprov.Audio.Synth;
using QuantumImprov.Midi.Pacing;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Devices.Tests.Audio.Real;

/// <summary>The real package on a real device, where there is one.</summary>
public sealed class RealSoundTests
{
    [Fact]
    public void The_default_device_asks_for_sound_and_counts_its_frames()
    {
        var opened = SystemSound.TryOpen(new SoundOutputOptions(), rate => new BuiltInSynth(rate, 0, 1), new WallClock(TimeProvider.System), out var output, out var reason);
        Assert.SkipUnless(opened, reason);
        using (output)
        {
            Wait.Until(() => output!.PlayedFrames > output.Stream.SampleRate / 10, "a tenth of a second of sound");
            Assert.True(output!.Stream.Rendered >= output.PlayedFrames);
        }
    }
}
