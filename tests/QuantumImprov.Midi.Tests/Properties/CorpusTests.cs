using QuantumImprov.Midi.Files;
using Xunit;

namespace QuantumImprov.Midi.Tests.Properties;

/// <summary>The reader against files that other people's programs wrote, where there is a folder of them.</summary>
public class CorpusTests
{
    [Fact]
    public void Every_file_of_the_corpus_is_read_and_comes_back()
    {
        var folder = Environment.GetEnvironmentVariable("QUANTUMIMPROV_CORPUS");
        if (folder is null || !Directory.Exists(folder)) Assert.Skip("The environment variable QUANTUMIMPROV_CORPUS names no folder of MIDI files.");
        var options = new EnumerationOptions { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive };
        string[] paths = [.. Directory.EnumerateFiles(folder, "*.mid", options).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(paths);
        foreach (var path in paths)
        {
            var outcome = MidiFiles.Read(path);
            Assert.True(outcome.IsRead, outcome.Refusal);
            foreach (var warning in outcome.Warnings) TestContext.Current.TestOutputHelper?.WriteLine(warning);
            Assert.Equal(outcome.File, MidiFileReader.Read(MidiFileWriter.Write(outcome.File)).File);
            Assert.Equal(outcome.File, MidiFileReader.Read(MidiFileWriter.Write(outcome.File, runningStatus: true)).File);
            var performance = outcome.File.ToPerformance();
            Assert.Equal(outcome.File.Tracks.Sum(track => track.Events.Count(e => e.Kind == MidiFileEventKind.Channel)), performance.Messages.Length);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{paths.Length} files.");
    }
}
