using QuantumImprov.Audio.Fluid;
using QuantumImprov.Audio.Synth;
using QuantumImprov.Audio.Tests.Measuring;

namespace QuantumImprov.Audio.Tests;

public sealed class SynthsTests
{
    [Fact]
    public void The_default_is_the_built_in_synth_without_a_word()
    {
        Assert.IsType<BuiltInSynth>(Synths.Create(new SoundChoice(), Play.SampleRate, out var note));
        Assert.Equal("", note);
    }

    [Fact]
    public void A_SoundFont_is_played_by_FluidSynth()
    {
        Fluid.FluidSynthTests.RequireParts();
        var synth = Synths.Create(new SoundChoice { Source = SoundSource.SoundFont }, Play.SampleRate, out var note);
        using var fluid = Assert.IsType<FluidSynth>(synth);
        Assert.Equal("", note);
        Assert.Equal(SoundFonts.Find()[0], fluid.SoundFont);
    }

    [Fact]
    public void A_missing_SoundFont_gives_the_built_in_synth_and_says_why()
    {
        var choice = new SoundChoice { Source = SoundSource.SoundFont, SoundFont = "/no/such/piano.sf2", Program = 19 };
        var synth = Assert.IsType<BuiltInSynth>(Synths.Create(choice, Play.SampleRate, out var note));
        Assert.EndsWith("The built-in synth plays instead.", note);
        if (FluidSynth.IsInstalled(out _)) Assert.Contains("/no/such/piano.sf2", note);
        var organ = new BuiltInSynth(Play.SampleRate, 19);
        foreach (var each in new[] { synth, organ }) each.Handle(Engine.Music.ShortMessage.NoteOn(0, 60, 90));
        Assert.Equal(organ.Frames(1000).Left, synth.Frames(1000).Left);
    }

    [Fact]
    public void All_faults_of_a_choice_are_named_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => Synths.Create(new SoundChoice { Gain = -1, Program = 200, Bank = 99_999 }, Play.SampleRate, out _));
        Assert.Contains("gain", fault.Message);
        Assert.Contains("program", fault.Message);
        Assert.Contains("bank", fault.Message);
    }
}
