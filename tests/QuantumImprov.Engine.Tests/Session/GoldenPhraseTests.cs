using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>
/// Three answers pinned note for note: shipped repertoire, shipped preset, one call, one seed. They may change when listening, learning, planning or choosing is
/// meant to change; then the commit says why, and the comment here what the answer now sounds like.
/// </summary>
public class GoldenPhraseTests
{
    // Comes in on the bar line and takes up the call's climb to the fifth in its own rhythm; back by thirds to a held tonic.
    [Fact]
    public void A_plain_call_in_C_major() =>
        AssertAnswers("answer", 3, new ScriptedPerformance(120).Play("C4 D4 E4:.5 F4:.5 G4 E4 C4 D4:.5 E4:.5 C4"), "| .:.1 C4:.8 .:.1 D4:.9 .:.1 E4:.45 .:.05 F4:.45 .:.05 G4:.9 .:.1 | E4:.9 .:.1 C4:.9 .:.1 C4:1.5 .:.5 |");

    // Touches the third and turns by step to a tonic held over the bar line.
    [Fact]
    public void A_waltz_in_D_minor() =>
        AssertAnswers("answer", 1, new ScriptedPerformance(96, 3, 4).Play("D4 F4:.5 A4:.5 G4 E4 F4 D4"), "| D4:.45 .:.05 F4:.45 .:.05 E4:.9 .:.1 D4:2 | .:2 |");

    // The fourth, the fifth and the tonic, in the chords' own pace.
    [Fact]
    public void A_bass_under_four_chords() =>
        AssertAnswers("bass", 4, new ScriptedPerformance(120).Play("C4+E4+G4:2 F4+A4+C5:2 G4+B4+D5:2 C4+E4+G4:2"), "| F2:1.8 .:1.2 G2:1.8 | .:.2 C2:2 .:1 |");

    private static void AssertAnswers(string presetName, ulong seed, ScriptedPerformance script, string golden)
    {
        var preset = PresetText.Read(File.ReadAllText(Path.Combine(Repository.Folder("presets"), presetName + ".json")), out _);
        var concert = Concert.Play(Concert.Session(script.Rest(20), seed, preset, ShippedRepertoire.Learn()), script);
        var answer = Assert.Single(concert.Answers);
        // The whole answer is shown where it differs, to be read as music.
        var played = Score.Write(Score.NotesOf(concert.Partner), answer.Timeline, answer.Start);
        Assert.True(golden == played, played);
    }
}
