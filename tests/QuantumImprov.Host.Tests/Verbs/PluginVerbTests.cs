using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Repertoire.Text;
using QuantumImprov.Storage.Plugins;
using QuantumImprov.Storage.Repertoires;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Verbs;

public sealed class PluginVerbTests
{
    private static readonly RepertoireContent Shipped = ShippedRepertoire.Learn().ToContent(), Other = Shipped with { Phrases = [.. Shipped.Phrases.Take(3)] };

    [Fact]
    public void What_was_given_to_the_plugin_can_be_taken_from_it_again()
    {
        using var scratch = new Scratch();
        Save(scratch["mine.repertoire"], Shipped);
        var given = ProgramRun.Run(scratch, "plugin", "give", "mine.repertoire", "--out", "mine.vstpreset");
        Assert.Equal((0, ""), (given.Code, given.Error));
        var taken = ProgramRun.Run(scratch, "plugin", "take", "mine.vstpreset", "--out", "back.repertoire", "--json");
        Assert.Equal((0, ""), (taken.Code, taken.Error));
        Assert.Contains($"\"phrases\": {Shipped.Phrases.Length}", taken.Output, StringComparison.Ordinal);
        Assert.Equal(Shipped, Load(scratch["back.repertoire"]));
    }

    [Fact]
    public void A_preset_goes_where_DAWs_look_and_is_made_of_the_programs_own_repertoire()
    {
        using var scratch = new Scratch();
        var home = new Dictionary<string, string> { ["HOME"] = scratch.Path };
        using (var early = ProgramRun.StartWith(home, scratch, "plugin", "give", "--name", "Evening")) Assert.Equal(1, early.End().Code);
        Directory.CreateDirectory(Path.Combine(scratch.Home, "repertoires"));
        Save(Path.Combine(scratch.Home, "repertoires", "session.repertoire"), Other);
        using var run = ProgramRun.StartWith(home, scratch, "plugin", "give", "--name", "Evening");
        Assert.Equal((0, ""), (run.End().Code, run.Error));
        var preset = File.ReadAllBytes(Path.Combine(scratch.Path, ".vst3", "presets", "QuantumImprov", "QuantumImprov", "Evening.vstpreset"));
        Assert.Equal(Other, StateEnvelope.ReadRepertoire(VstPreset.Read(preset), out _));
    }

    [Fact]
    public void States_are_found_in_songs_and_in_broken_lines_and_told_apart_by_number()
    {
        using var scratch = new Scratch();
        var (one, two) = (Convert.ToBase64String(VstPreset.Write(StateEnvelope.Wrap(Shipped))), Convert.ToBase64String(StateEnvelope.Wrap(Other)));
        scratch.Write("song.ardour", $"<Session><chunk>{one}</chunk><chunk>bm90aGluZw==</chunk><other>VlNUMwEA</other></Session>");
        scratch.Write("two.ttl", $"<> <urn:quantumimprov:state> \"\"\"{string.Join('\n', two.Chunk(76).Select(line => new string(line)))}\"\"\"^^<x> .\n<a> \"{one}\" .");
        Assert.Equal(0, ProgramRun.Run(scratch, "plugin", "take", "song.ardour", "--out", "a.repertoire").Code);
        Assert.Equal(Shipped, Load(scratch["a.repertoire"]));
        Refused(ProgramRun.Run(scratch, "plugin", "take", "two.ttl", "--out", "b.repertoire"), "2 instances", "1 to 2");
        Refused(ProgramRun.Run(scratch, "plugin", "take", "two.ttl", "--out", "b.repertoire", "--number", "3"), "holds 2", "1 to 2");
        Assert.Equal(0, ProgramRun.Run(scratch, "plugin", "take", "two.ttl", "--out", "b.repertoire", "--number", "1").Code);
        Assert.Equal(Other, Load(scratch["b.repertoire"]));
        Assert.False(File.Exists(scratch["b.repertoire.bak"]));
    }

    [Fact]
    public void What_is_none_is_damaged_or_has_learned_nothing_is_refused_in_a_sentence_and_nothing_is_written()
    {
        using var scratch = new Scratch();
        var preset = VstPreset.Write(StateEnvelope.Wrap(Other));
        preset[100] ^= 1;
        scratch.Write("damaged.vstpreset", preset);
        scratch.Write("none.txt", "VlNUMwEA nothing here");
        scratch.Write("new.state", StateEnvelope.Wrap("""{"parameters":{}}"""u8));
        Refused(ProgramRun.Run(scratch, "plugin", "take", "damaged.vstpreset", "--out", "x.repertoire"), "checksum");
        Refused(ProgramRun.Run(scratch, "plugin", "take", "none.txt", "--out", "x.repertoire"), "no state", "allowed");
        Refused(ProgramRun.Run(scratch, "plugin", "take", "new.state", "--out", "x.repertoire"), "learned nothing");
        Refused(ProgramRun.Run(scratch, "plugin", "take", "missing.ardour", "--out", "x.repertoire"), "cannot be read");
        Refused(ProgramRun.Run(scratch, "plugin", "give", "none.txt", "--out", "x.vstpreset"), "not a repertoire");
        Save(scratch["mine.repertoire"], Other);
        Refused(ProgramRun.Run(scratch, "plugin", "give", "mine.repertoire", "--name", "a/b"), "a/b", "allowed");
        Assert.Empty(Directory.GetFiles(scratch.Path, "x.*"));
    }

    [Fact]
    public void Any_preset_cut_short_or_with_a_flipped_bit_gives_no_state_or_a_damaged_one()
    {
        var preset = VstPreset.Write(StateEnvelope.Wrap("""{"parameters":{}}"""u8));
        for (var length = 0; length < preset.Length; length++) Unusable(preset.AsSpan(0, length));
        for (var bit = 0; bit < preset.Length * 8; bit++)
        {
            // The preset's own version says nothing to us, nor does what stands behind the state.
            if (bit / 8 is >= 4 and < 8 || bit / 8 >= preset.Length - 24) continue;
            var damaged = (byte[])preset.Clone();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            Unusable(damaged);
        }

        static void Unusable(ReadOnlySpan<byte> preset)
        {
            foreach (var state in PluginStates.In(preset))
            {
                StateEnvelope.ReadRepertoire(state, out var fault);
                Assert.NotNull(fault);
            }
        }
    }

    private static void Refused(ProgramOutcome outcome, params string[] says)
    {
        Assert.Equal(1, outcome.Code);
        var line = Assert.Single(outcome.ErrorLines);
        Assert.All(says, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    private static void Save(string path, RepertoireContent content) => Assert.IsType<RepertoireSave.Saved>(RepertoireFile.Save(path, content));

    private static RepertoireContent Load(string path) => Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(path)).Content;
}
