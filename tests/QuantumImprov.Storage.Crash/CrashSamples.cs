using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Storage.Crash;

/// <summary>What the dying process writes, so that the test knows what it should find.</summary>
public static class CrashSamples
{
    public static JournalHeader Header { get; } = new()
    {
        ProductVersion = "0.1.0", Seed = 7, PresetName = "plain", PresetText = "{}", ClockOrigin = new HostTime(1_000_000_000),
        Timeline = default(Timeline) with { TimeOrigin = new HostTime(1_000_000_000) },
    };

    /// <summary>The <paramref name="number"/>th message: its time is its number, so that each can be told from all others.</summary>
    public static TimedMessage Message(int number) =>
        new(Header.ClockOrigin.Plus(number), number % 2 == 0 ? ShortMessage.NoteOn(0, number / 2 % 128, 1 + number % 127) : ShortMessage.NoteOff(0, number / 2 % 128));

    /// <summary>The <paramref name="number"/>th content; large enough that saving takes a while.</summary>
    public static RepertoireContent Content(int number) => new(
        [new LearnedPhrase([.. Enumerable.Range(0, 4000).Select(i => new LearnedNote(Beats.Of(i), Beats.Quarter, new Pitch((i * 7 + number) % 128), 64))], default, $"file:{number}")],
        null);
}
