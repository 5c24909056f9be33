using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>
/// What the partner plays under each shipped preset that <see cref="GoldenPhraseTests"/> does not pin: shipped repertoire, one performance, one seed, all of its notes from the first bar line on.
/// </summary>
public class PresetPhraseTests
{
    private const string Call = "C4 D4 E4:.5 F4:.5 G4 E4 C4 D4:.5 E4:.5 C4";

    // The fifth of the chord and its own fifth, then home.
    [Fact]
    public void Daring() => AssertPlays("daring", 2, new ScriptedPerformance(120).Play(Call).Rest(12), "| .:4 | .:4 | .:.1 G4:.8 .:.1 D5:.9 .:.1 D5:.45 .:.05 G5:.45 .:.05 D5:.9 .:.1 | C5:2 .:2 |");

    // The call's fall by thirds, then the fifth and home.
    [Fact]
    public void Echo() => AssertPlays("echo", 1, new ScriptedPerformance(120).Play(Call).Rest(12), "| .:4 | .:4 | .:.1 F4:.8 .:.1 G4:.9 .:.1 E4:.45 .:.05 C4:.45 .:.05 G4:.9 .:.1 | C5:2 .:2 |");

    [Fact]
    public void Qubit() => AssertPlays("qubit", 1, new ScriptedPerformance(120).Play(Call).Rest(12), "| .:4 | .:4 | .:.1 D4:.8 .:.1 C4:.9 .:.1 D4:.45 .:.05 C4:.45 .:.05 D4:.9 .:.1 | C4:2 .:2 |");

    // Waits out two beats.
    [Fact]
    public void Soft() => AssertPlays("soft", 1, new ScriptedPerformance(120).Play(Call).Rest(12), "| .:4 | .:4 | .:.6 B3:1.3 .:.1 C4:.45 .:.05 D4:.45 .:.05 E4:.9 .:.1 | F4:.9 .:.1 G4:.9 .:.1 E4:.45 .:.05 C4:.45 .:.05 C4:1.5 | .:3.5 |");

    [Fact]
    public void Wander() => AssertPlays("wander", 1, new ScriptedPerformance(120).Play(Call).Rest(12), "| .:4 | .:4 | .:.1 D4:.8 .:.1 A4:.9 .:.1 B4:.45 .:.05 A4:.45 .:.05 C5:.9 .:.1 | B4:.9 .:.1 E4:.9 .:.1 C4:1.5 .:.5 |");

    // One bar.
    [Fact]
    public void Pulse() => AssertPlays("pulse", 1, new ScriptedPerformance(120).Play("E4:.5 G4:.5 A4:.5 G4:.5 E4:.5 D4:.5 E4").Rest(8), "| .:4 | .:.6 F#4:.85 .:.05 E4:.45 .:.05 D4:2 |");

    // Four bars in the partner's turn, none in the performer's.
    [Fact]
    public void Fours() => AssertPlays("fours", 1, new ScriptedPerformance(120).Play("C4 E4 G4:.67 E4:.33 D4 F4 A4 C5:.67 A4:.33 G4 E4:.67 D4:.33 C4 D4 E4 G4:2 E4 C4").Rest(16), "| .:4 | .:4 | .:4 | .:4 | D4:.9 .:.1 F4:.9 .:.1 A4:.6 .:.07 G4:.3 .:.03 E4:.9 .:.1 F4:.9 | .:.1 E4:.9 .:.1 D4:.6 .:.07 C#4:.3 .:.03 E4:.9 .:.1 D4:.6 | .:.07 E4:.3 .:.03 A4:.9 .:.1 C5:.9 .:.1 F5:.9 .:.1 B4:1.8 | .:.2 C5:1.5 .:.5 | .:4 | .:4 | .:4 | .:4 | E4:.9 .:.1 E4:.9 .:.1 G4:.6 .:.07 E4:.3 .:.03 D4:.9 .:.1 F4:.9 | .:.1 A4:.9 .:.1 G4:.6 .:.07 F4:.3 .:.03 G4:.9 .:.1 A4:.6 | .:.07 C5:.3 .:.03 G4:.9 .:.1 D4:.9 .:.1 D#4:.9 .:.1 E4:1.8 | .:.2 C5:1.5 .:.5 |");

    // A third over every key, let go with it.
    [Fact]
    public void Thirds() => AssertPlays("thirds", 1, new ScriptedPerformance(120).Play(Call).Rest(4), "| E4:.9 .:.1 F4:.9 .:.1 G4:.45 .:.05 A4:.45 .:.05 B4:.9 .:.1 | G4:.9 .:.1 E4:.9 .:.1 F4:.45 .:.05 G4:.45 .:.05 E4:.9 .:.1 |");

    // Below the performer, where he rests.
    [Fact]
    public void Beside() => AssertPlays("beside", 1, new ScriptedPerformance(120).Play("C5 E5 G5 E5 C5 . . D5 E5 G5 E5 D5 C5:2").Rest(6), "| .:4 | .:4 | F4:1 .:1 G4:1 A4:1 | .:4 | F4:.9 .:.1 E4:.9 .:.1 C4:1.5 .:.5 | E4:.9 .:.1 F4:.9 .:.1 G4:.9 .:.1 A4:.9 .:.1 | F4:.9 .:.1 G4:.9 .:.1 C4:1.5 .:.5 |");

    // From the beat after the pedal until it comes up.
    [Fact]
    public void Understudy() => AssertPlays(
        "understudy", 1, new ScriptedPerformance(120).Play(Call).Send(ShortMessage.Control(0, 67, 127)).Rest(8).Send(ShortMessage.Control(0, 67, 0)).Rest(4), "| .:4 | .:4 | .:.08 A3:.82 .:.1 B3:.9 .:.1 C4:.45 .:.05 D4:.45 .:.05 E4:.9 .:.1 | F4:.9 .:.1 G4:.9 .:.1 E4:.45 .:.05 C4:.45 .:.05 F4:.9 .:.1 |");

    private static void AssertPlays(string presetName, ulong seed, ScriptedPerformance script, string golden)
    {
        var preset = PresetText.Read(File.ReadAllText(Path.Combine(Repository.Folder("presets"), presetName + ".json")), out _);
        var concert = Concert.Play(Concert.Session(script, seed, preset, ShippedRepertoire.Learn()), script);
        var played = Score.Write(Score.NotesOf(concert.Partner), script.ToPerformance().Map.At(Beats.Zero), Beats.Zero);
        Assert.True(golden == played, played);
    }
}
