using QuantumImprov.Audio.Fluid;
using QuantumImprov.Audio.Synth;
using QuantumImprov.Audio.Tests.Measuring;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Testing;

namespace QuantumImprov.Audio.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void Ten_thousand_blocks_of_the_built_in_synth_allocate_nothing() => HoldsToNothing(new BuiltInSynth(Play.SampleRate));

    [Fact]
    public void Ten_thousand_blocks_of_FluidSynth_allocate_nothing()
    {
        using var synth = Fluid.FluidSynthTests.Open();
        HoldsToNothing(synth);
    }

    private static void HoldsToNothing(ISynth synth)
    {
        var left = new float[64];
        var right = new float[64];
        Run(1_000);
        Assert.Equal(0, Allocated.By(() => Run(10_000)));

        void Run(int blocks)
        {
            for (var i = 0; i < blocks; i++)
            {
                var channel = i % 16;
                synth.Handle(ShortMessage.NoteOn(channel, 30 + i % 70, 1 + i % 127));
                synth.Handle(ShortMessage.NoteOff((i + 9) % 16, 30 + (i + 40) % 70));
                synth.Handle(ShortMessage.Control(channel, i % 128, i * 7 % 128));
                synth.Handle(ShortMessage.Program(channel, i % 128));
                synth.Handle(new ShortMessage((byte)(0xE0 | channel), 0, (byte)(i % 128)));
                synth.Render(left, right);
            }
        }
    }
}
