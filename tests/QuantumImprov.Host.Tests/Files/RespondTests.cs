using QuantumImprov.Engine.Music;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Files;

public sealed class RespondTests
{
    [Fact]
    public void The_file_holds_the_performance_as_it_was_and_the_partner_beside_it()
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        Assert.Equal(0, ProgramRun.Run(scratch, "respond", "call.mid", "--out", "out.mid", "--seed", "7").Code);
        var (call, answered) = (Calls.Read(scratch["call.mid"]), Calls.Read(scratch["out.mid"]));

        Assert.Equal(["performer", "partner"], answered.TrackNames);
        Assert.Equal(call.Messages.Where(m => m.Track == 0), answered.Messages.Where(m => m.Track == 0));
        Assert.Equal(call.Map.Tempos, answered.Map.Tempos);
        Assert.Equal(call.Map.Metres, answered.Map.Metres);

        // The first phrase ends at quarter 7.9; the answer starts within a beat of that. Two answers, each while the performer rests.
        var partner = Calls.Notes(answered, 1);
        Assert.InRange(partner[0].Quarter, 8, 9);
        Assert.DoesNotContain(partner, n => n.Quarter is >= 18 and < 25.9);
        Assert.Contains(partner, n => n.Quarter >= 25.9);
        AssertEveryNoteEnds(answered, 1);
        Assert.True(answered.End >= answered.Messages[^1].At);
    }

    [Fact]
    public void The_same_input_preset_and_seed_give_the_same_bytes_and_another_seed_does_not()
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.InCMajor());
        foreach (var (name, seed) in new[] { ("a.mid", "5"), ("b.mid", "5"), ("c.mid", "6") }) Assert.Equal(0, ProgramRun.Run(scratch, "respond", "call.mid", "--out", name, "--seed", seed, "--preset", "daring").Code);
        Assert.Equal(File.ReadAllBytes(scratch["a.mid"]), File.ReadAllBytes(scratch["b.mid"]));
        Assert.NotEqual(Calls.Notes(Calls.Read(scratch["a.mid"]), 1), Calls.Notes(Calls.Read(scratch["c.mid"]), 1));
        Assert.Equal(0, ProgramRun.Run(scratch, "respond", "call.mid", "--out", "d.mid", "--seed", "5", "--preset", "bass").Code);
        Assert.NotEqual(Calls.Notes(Calls.Read(scratch["a.mid"]), 1), Calls.Notes(Calls.Read(scratch["d.mid"]), 1));
    }

    [Fact]
    public void Tempo_and_metre_flags_fill_in_only_where_the_file_is_silent()
    {
        using var scratch = new Scratch();
        scratch.Write("silent.mid", Calls.WithoutTempo());
        Calls.Write(scratch, "stated.mid", Calls.TwoPhrases());
        foreach (var (input, output, flags) in new[]
        {
            ("silent.mid", "given.mid", new[] { "--tempo", "90", "--meter", "3/4" }), ("silent.mid", "default.mid", []), ("stated.mid", "stated-out.mid", ["--tempo", "90", "--meter", "3/4"]),
        })
            Assert.Equal(0, ProgramRun.Run(scratch, ["respond", input, "--out", output, .. flags]).Code);
        Assert.Equal((90.0, Metre.Of(3, 4)), Opening("given.mid"));
        Assert.Equal((120.0, Metre.Of(4, 4)), Opening("default.mid"));
        Assert.Equal((120.0, Metre.Of(4, 4)), Opening("stated-out.mid"));

        (double, Metre) Opening(string name) => Calls.Opening(Calls.Read(scratch[name]));
    }

    [Fact]
    public void Ten_minutes_of_playing_are_answered_to_the_end()
    {
        using var scratch = new Scratch();
        var script = new ScriptedPerformance();
        for (var i = 0; i < 60; i++) script.Play(i % 2 == 0 ? "C4:0.5 D4:0.5 E4 G4 E4 D4 C4:2" : "G4:0.5 A4:0.5 B4 D5 B4 A4 G4:2").Rest(13);
        Calls.Write(scratch, "long.mid", script.ToPerformance());
        var outcome = ProgramRun.Run(scratch, "respond", "long.mid", "--out", "out.mid", "--json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("\"phrases\": 60,", outcome.Output, StringComparison.Ordinal);
        var answered = Calls.Read(scratch["out.mid"]);
        Assert.True(answered.Map.ToHost(answered.End).SecondsSince(default) >= 600);
        var partner = Calls.Notes(answered, 1);
        for (var i = 0; i < 60; i++) Assert.Contains(partner, n => n.Quarter >= i * 20 + 7 && n.Quarter < i * 20 + 20);
        AssertEveryNoteEnds(answered, 1);
    }

    [Theory]
    [InlineData("answer")]
    [InlineData("bass")]
    [InlineData("daring")]
    [InlineData("soft")]
    public void The_sound_is_there_for_both_and_is_not_clipped(string preset)
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        Assert.Equal(0, ProgramRun.Run(scratch, "respond", "call.mid", "--out", "out.mid", "--wav", "out.wav", "--preset", preset).Code);
        var sound = WavSound.Read(scratch["out.wav"]);
        Assert.Equal((2, 48000), (sound.Channels, sound.Rate));
        Assert.True(sound.Loudness > .005, $"{sound.Loudness}");
        Assert.True(sound.Clipped < 10, $"{sound.Clipped} samples stand at full scale.");
        var answered = Calls.Read(scratch["out.mid"]);
        Assert.InRange(sound.Seconds, answered.Map.ToHost(answered.Messages[^1].At).SecondsSince(default), answered.Map.ToHost(answered.End).SecondsSince(default) + 15);
        var first = answered.Messages.First(m => m.Track == 1 && m.Message.IsNoteOn).At;
        var from = (int)(answered.Map.ToHost(first).SecondsSince(default) * 48000) * 2;
        var partner = sound with { Samples = sound.Samples[from..(from + 48000)] };
        Assert.True(partner.Loudness > .002, $"The partner's first half second has {partner.Loudness}.");
    }

    [Fact]
    public void The_sessions_own_repertoire_is_neither_read_nor_written()
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.InCMajor());
        Assert.Equal(0, ProgramRun.Run(scratch, "respond", "call.mid", "--out", "fresh.mid").Code);
        Directory.CreateDirectory(Path.Combine(scratch.Home, "repertoires"));
        Directory.CreateDirectory(Path.Combine(scratch.Home, "sessions"));
        var own = Path.Combine(scratch.Home, "repertoires", "session.repertoire");
        var learned = new QuantumImprov.Engine.Pipeline.LearnedMusic();
        learned.Teach(QuantumImprov.Engine.Pipeline.PhraseReading.Read(new ScriptedPerformance().Play("C5 D#5 F#5 A5 C6:4").Rest(8).ToPerformance(), default, new QuantumImprov.Engine.Presets.Preset().Gap, "x"));
        QuantumImprov.Storage.Repertoires.RepertoireFile.Save(own, learned.ToContent());
        var before = File.ReadAllBytes(own);

        Assert.Equal(0, ProgramRun.Run(scratch, "respond", "call.mid", "--out", "out.mid").Code);
        Assert.Equal(0, ProgramRun.Run(scratch, "compose", "--learn", "call.mid", "--bars", "4", "--out", "piece.mid").Code);
        Assert.Equal(0, ProgramRun.Run(scratch, "circuit").Code);
        Assert.Equal(File.ReadAllBytes(scratch["fresh.mid"]), File.ReadAllBytes(scratch["out.mid"]));
        Assert.Equal(before, File.ReadAllBytes(own));
        Assert.Equal([own], Directory.GetFiles(scratch.Home, "*", SearchOption.AllDirectories));

        // Named, it is read: the partner plays otherwise.
        Assert.Equal(0, ProgramRun.Run(scratch, "respond", "call.mid", "--out", "named.mid", "--repertoire", own).Code);
        Assert.NotEqual(Calls.Notes(Calls.Read(scratch["fresh.mid"]), 1), Calls.Notes(Calls.Read(scratch["named.mid"]), 1));
        Assert.Equal(before, File.ReadAllBytes(own));
    }

    [Fact]
    public void A_broken_data_folder_does_not_concern_the_file_verbs()
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        scratch.Write("home", "a file where the folder should be");
        var outcome = ProgramRun.Run(scratch, "respond", "call.mid", "--out", "out.mid");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
    }

    internal static void AssertEveryNoteEnds(Performance performance, int track)
    {
        var down = new HashSet<int>();
        foreach (var m in performance.Messages.Where(m => m.Track == track))
        {
            if (m.Message.IsNoteOn) Assert.True(down.Add(m.Message.Channel << 8 | m.Message.Data1), $"{m} begins twice.");
            else if (m.Message.IsNoteOff) down.Remove(m.Message.Channel << 8 | m.Message.Data1);
        }

        Assert.Empty(down);
    }
}
