using QuantumImprov.Audio.Fluid;
using QuantumImprov.Audio.Tests.Measuring;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Audio.Tests.Fluid;

public sealed class FluidSynthTests
{
    internal static FluidSynth Open(SoundChoice? choice = null)
    {
        RequireParts();
        Assert.True(FluidSynth.TryOpen(choice ?? new SoundChoice(), Play.SampleRate, out var synth, out var problem), problem);
        return synth;
    }

    [Fact]
    public void A_note_is_heard_and_a_silent_control_is_silent()
    {
        using var silent = Open();
        var (nothing, _) = silent.Frames(Play.SampleRate);
        Assert.True(Meter.Decibels(Meter.Peak(nothing)) < -120);

        using var synth = Open();
        synth.Handle(ShortMessage.NoteOn(0, 69, 80));
        var (left, right) = synth.Frames(Play.SampleRate);
        Assert.InRange(Meter.RmsDecibels(left, right), -30, -10);
        Assert.InRange(Meter.Cents(Meter.Frequency(left, 440, Play.SampleRate), 440), -10, 10);
        synth.Handle(ShortMessage.NoteOff(0, 69));
        synth.Frames(Play.SampleRate * 6);
        Assert.True(Meter.Decibels(Meter.Peak(synth.Frames(Play.SampleRate).Left)) < -80);
    }

    [Fact]
    public void Gain_and_program_are_heard()
    {
        float[] Sound(SoundChoice choice)
        {
            using var synth = Open(choice);
            synth.Handle(ShortMessage.NoteOn(0, 60, 60));
            return synth.Frames(Play.SampleRate).Left;
        }

        var plain = Sound(new SoundChoice());
        Assert.Equal(plain, Sound(new SoundChoice()));
        Assert.InRange(Meter.Rms(Sound(new SoundChoice { Gain = 0.5 })) / Meter.Rms(plain), 0.45, 0.55);
        Assert.NotEqual(plain, Sound(new SoundChoice { Program = 40 }));
    }

    [Fact]
    public void The_chosen_program_survives_a_system_reset()
    {
        float[] Sound(bool reset)
        {
            using var synth = Open(new SoundChoice { Program = 19 });
            if (reset) synth.Handle(new ShortMessage(0xFF, 0, 0));
            synth.Handle(ShortMessage.NoteOn(3, 60, 100));
            return synth.Frames(10_000).Left;
        }

        // FluidSynth's effects carry a noise at -150 dB, which differs.
        var (plain, reset) = (Sound(reset: false), Sound(reset: true));
        Assert.All(plain.Zip(reset), pair => Assert.InRange(pair.First - pair.Second, -1e-5f, 1e-5f));
        Assert.True(Meter.Rms(plain) > 0.01);
    }

    [Fact]
    public void Percussion_is_heard_on_channel_10()
    {
        using var synth = Open();
        synth.Handle(ShortMessage.NoteOn(9, 38, 100));
        Assert.True(Meter.Rms(synth.Frames(5000).Left) > 0.001);
    }

    [Fact]
    public void Nothing_it_plays_leaves_the_range()
    {
        using var synth = Open(new SoundChoice { Gain = 10 });
        for (var key = 20; key < 110; key++) synth.Handle(ShortMessage.NoteOn(key % 9, key, 127));
        var (left, right) = synth.Frames(Play.SampleRate);
        Assert.InRange(Meter.Peak(left), 0.8f, 1f);
        Assert.InRange(Meter.Peak(right), 0.8f, 1f);
    }

    [Fact]
    public void Garbage_messages_do_no_harm()
    {
        using var synth = Open();
        for (var i = 0; i < 20_000; i++) synth.Handle(new ShortMessage((byte)(i * 37), (byte)(i * 101), (byte)(i * 53)));
        var (left, right) = synth.Frames(Play.SampleRate / 2);
        Assert.True(Meter.Peak(left) <= 1 && Meter.Peak(right) <= 1);
    }

    [Fact]
    public void After_disposal_it_renders_silence()
    {
        var synth = Open();
        synth.Handle(ShortMessage.NoteOn(0, 60, 100));
        synth.Dispose();
        synth.Dispose();
        synth.Handle(ShortMessage.NoteOn(0, 60, 100));
        var left = Enumerable.Repeat(1f, 100).ToArray();
        synth.Render(left, new float[100]);
        Assert.All(left, sample => Assert.Equal(0f, sample));
    }

    [Fact]
    public void A_SoundFont_that_cannot_be_loaded_is_named_in_one_sentence()
    {
        RequireParts();
        using var folder = new Folder();
        File.WriteAllText(folder["notes.sf2"], "This is a shopping list.");
        File.WriteAllBytes(folder["empty.sf2"], []);
        using (var whole = File.OpenRead(SoundFonts.Find()[0]))
        {
            var half = new byte[whole.Length / 2];
            whole.ReadExactly(half);
            File.WriteAllBytes(folder["half.sf2"], half);
        }

        Refused(folder["absent.sf2"], "There is no SoundFont");
        Refused(folder.FullName, "is a folder");
        Refused(folder["notes.sf2"], "is not a SoundFont");
        Refused(folder["empty.sf2"], "is not a SoundFont");
        Refused(folder["half.sf2"], "is cut short");
    }

    [Fact]
    public void A_program_the_SoundFont_does_not_have_is_named()
    {
        RequireParts();
        Assert.False(FluidSynth.TryOpen(new SoundChoice { Bank = 999, Program = 3 }, Play.SampleRate, out _, out var problem));
        Assert.Contains("has no program 3 in bank 999", problem);
    }

    [Fact]
    public void A_sample_rate_it_cannot_do_is_named()
    {
        RequireParts();
        Assert.False(FluidSynth.TryOpen(new SoundChoice(), 192_000, out _, out var problem));
        Assert.Contains("8000 to 96000", problem);
    }

    internal static void RequireParts()
    {
        Parts.Require(FluidSynth.IsInstalled(out var problem), problem);
        Parts.Require(SoundFonts.Find().Count > 0, "No SoundFont is installed: apt install timgm6mb-soundfont.");
    }

    private static void Refused(string file, string reason)
    {
        Assert.False(FluidSynth.TryOpen(new SoundChoice { SoundFont = file }, Play.SampleRate, out var synth, out var problem));
        Assert.Null(synth);
        Assert.Contains(reason, problem);
        Assert.Contains(file, problem);
        Assert.DoesNotContain('\n', problem);
    }
}
