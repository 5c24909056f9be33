using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Files;
using QuantumImprov.Midi.Files;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Files;

/// <summary>What performers play in these tests, and files of it.</summary>
internal static class Calls
{
    /// <summary>Two phrases in C major at 120, each with room for an answer.</summary>
    public static Performance TwoPhrases() => new ScriptedPerformance()
        .Play("C4 D4 E4 F4 G4:2 E4 C4").Rest(10)
        .Play("G4 F4 E4 D4 C4:2 G4 C4").Rest(2).ToPerformance();

    /// <summary>A tune that is in C major and nothing else.</summary>
    public static Performance InCMajor() => new ScriptedPerformance()
        .Play("C4 E4 G4 E4 F4 D4 B3 G3 C4 E4 G4 C5 B4 G4 C5:2").Rest(2)
        .Play("E4 F4 G4 C4 A4 G4 F4 E4 D4 E4 F4 G4 E4 D4 C4:2").Rest(2).ToPerformance();

    public static string Write(Scratch scratch, string name, Performance performance)
    {
        Performances.Write(scratch[name], performance);
        return scratch[name];
    }

    public static Performance Read(string path)
    {
        var outcome = MidiFiles.Read(path);
        Assert.True(outcome.IsRead, outcome.Refusal);
        Assert.Empty(outcome.Warnings);
        return outcome.File.ToPerformance();
    }

    /// <summary>The note-ons of a track: when, which key.</summary>
    public static IReadOnlyList<(double Quarter, int Pitch)> Notes(Performance performance, int track) =>
        [.. performance.Messages.Where(m => m.Track == track && m.Message.IsNoteOn).Select(m => (m.At.Quarters, (int)m.Message.Data1))];

    /// <summary>The tempo, to a thousandth, and the metre a piece begins with; files keep whole microseconds a quarter.</summary>
    public static (double BeatsPerMinute, Metre Metre) Opening(Performance performance) =>
        performance.Map.At(Beats.Zero) is var start ? (Math.Round(start.Tempo.BeatsPerMinute, 3), start.Metre) : default;

    /// <summary>A file of one track without tempo or metre: four quarters, 480 ticks each.</summary>
    public static byte[] WithoutTempo()
    {
        byte[] track = [.. new byte[] { 60, 64, 67, 72 }.SelectMany(pitch => new byte[] { 0, 0x90, pitch, 80, 0x83, 0x60, 0x80, pitch, 64 }), 0, 0xFF, 0x2F, 0];
        return [.. "MThd"u8, 0, 0, 0, 6, 0, 0, 0, 1, 480 >> 8, 480 & 0xFF, .. "MTrk"u8, 0, 0, 0, (byte)track.Length, .. track];
    }
}
