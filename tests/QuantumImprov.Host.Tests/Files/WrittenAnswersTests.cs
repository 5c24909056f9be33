using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using QuantumImprov.Engine.Music;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Files;

/// <summary>
/// The answers of examples/answers, to the byte. QUANTUMIMPROV_WRITE_ANSWERS=1 writes them anew: then listen to each, and look at it, before it is kept.
/// </summary>
public sealed class WrittenAnswersTests
{
    [Theory]
    [InlineData("01-question", "answer", 2)]
    [InlineData("02-half-close", "answer", 1)]
    [InlineData("03-waltz", "answer", 4)]
    [InlineData("04-jig", "answer", 4)]
    [InlineData("05-blues", "daring", 1)]
    [InlineData("06-pentatonic", "soft", 1)]
    [InlineData("07-chords", "answer", 5)]
    [InlineData("08-climb", "answer", 1)]
    [InlineData("09-five", "answer", 2)]
    [InlineData("10-runs", "answer", 1)]
    public void The_call_gets_the_answer_that_was_written_down(string name, string preset, int seed)
    {
        using var scratch = new Scratch();
        var kept = Path.Combine(Repository.Folder("examples"), "answers", name);
        var run = ProgramRun.Run(scratch, "respond", kept + ".tune", "--out", "answer.mid", "--preset", preset, "--seed", $"{seed}", "--json");
        Assert.Equal(0, run.Code);
        var text = InText(JsonNode.Parse(run.Output)!, Calls.Read(scratch["answer.mid"]));
        if (Environment.GetEnvironmentVariable("QUANTUMIMPROV_WRITE_ANSWERS") == "1")
        {
            File.WriteAllText(kept + ".txt", text);
            File.Copy(scratch["answer.mid"], kept + ".mid", overwrite: true);
        }

        Assert.Equal(File.ReadAllText(kept + ".txt"), text);
        Assert.Equal(File.ReadAllBytes(kept + ".mid"), File.ReadAllBytes(scratch["answer.mid"]));
    }

    // Onset and length in quarters; the plan stands over its notes.
    private static string InText(JsonNode result, Performance played)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"preset {result["preset"]}, seed {result["seed"]}\n");
        foreach (var answer in result["answers"]!.AsArray())
        {
            var (from, to) = ((double)answer!["from"]!, (double)answer["to"]!);
            text.Append(CultureInfo.InvariantCulture, $"\n{from:0.###} to {to:0.###}: {answer["plan"]}\n");
            foreach (var (on, off, pitch, velocity) in Notes(played).Where(n => n.On >= from && n.On < to))
                text.Append(CultureInfo.InvariantCulture, $"{on,9:0.000} {off - on,7:0.000}  {new Pitch((byte)pitch),-4} {velocity,3}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(double On, double Off, int Pitch, int Velocity)> Notes(Performance played)
    {
        var partner = played.Messages.Where(m => m.Track == 1).ToList();
        for (var i = 0; i < partner.Count; i++)
        {
            var on = partner[i];
            if (!on.Message.IsNoteOn) continue;
            var off = partner.Skip(i + 1).First(m => m.Message.IsNoteOff && m.Message.Data1 == on.Message.Data1);
            yield return (on.At.Quarters, off.At.Quarters, on.Message.Data1, on.Message.Data2);
        }
    }
}
