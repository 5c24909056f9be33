using System.Diagnostics;
using System.Globalization;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Midi.Files;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Bench.Learning;

/// <summary>
/// What the notes of a performer cost, note by note in time and all together in memory, whatever is played: the members' learning alone (`learn`), and the whole of what hearing a note does (`hear`: every member's law, the
/// amplitudes' gradient step, members, archive). <c>learning NOTES HEARD INPUT</c> plays one of the inputs, or the tunes of a folder. What is kept besides the members is the same for every note, so that fewer notes tell it.
/// </summary>
internal static class LearningBench
{
    private const int PhraseNotes = 12, Chorus = 20_000;

    internal static int Run(string[] args)
    {
        var notes = args is [var asked, ..] ? int.Parse(asked, CultureInfo.InvariantCulture) : 1_000_000;
        var heard = args is [_, var fewer, ..] ? int.Parse(fewer, CultureInfo.InvariantCulture) : notes;
        int[] tunes = [.. ShippedRepertoire.Phrases.SelectMany(p => p.Notes.Select(n => n.Pitch.Number))];
        var random = new Xoshiro(2);
        int[] chorus = [.. Enumerable.Range(0, Chorus).Select(_ => 48 + random.NextInt(36))];
        var walk = 60;
        (string, Func<int, Xoshiro, int>)[] inputs =
        [
            ("the shipped tunes over and over", (i, _) => tunes[i % tunes.Length]),
            ("the same, every 20th note another", (i, r) => r.NextInt(20) == 0 ? 48 + r.NextInt(36) : tunes[i % tunes.Length]),
            ("a walk by steps", (_, r) => walk = Math.Clamp(walk + r.NextInt(9) - 4, 40, 84)),
            ("one key", (_, _) => 60),
            ("one key, every 1,000th another", (i, _) => i % 1000 == 999 ? 61 : 60),
            ("two keys in turn", (i, _) => 60 + (i & 1)),
            ("any of two keys", (_, r) => 60 + r.NextInt(2)),
            ("any of twelve keys", (_, r) => 60 + r.NextInt(12)),
            ("any of all keys", (_, r) => r.NextInt(128)),
            ($"{Chorus} random notes over and over", (i, _) => chorus[i % Chorus]),
        ];
        if (args is [_, _, var place] && Directory.Exists(place)) inputs = [("the tunes there, each round in a key", InKeys(Pitches(place)))];
        Console.WriteLine($"{notes} notes learned, {heard} heard".PadRight(36) + "  learn, us     99 of 100  members, B   hear, us     99 of 100  in all, B");
        for (var at = 0; at < inputs.Length; at++)
        {
            if (inputs.Length > 1 && args is [_, _, var only] && int.Parse(only, CultureInfo.InvariantCulture) != at) continue;
            Tell(inputs[at].Item1, notes, heard, inputs[at].Item2);
        }

        return 0;
    }

    // Every round a fifth higher, within six semitones of where it is written.
    private static Func<int, Xoshiro, int> InKeys(int[] pitches) => (i, _) => Math.Clamp(pitches[i % pitches.Length] + (i / pitches.Length * 7 + 6) % 12 - 6, 0, 127);

    // Of every file the notes of all tracks in order of time.
    private static int[] Pitches(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.mid", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(MidiFiles.Read).Where(outcome => outcome.IsRead)
            .SelectMany(outcome => outcome.File!.ToPerformance().Messages.Where(m => m.Message.IsNoteOn).Select(m => (int)m.Message.Data1)),
    ];

    private static void Tell(string what, int notes, int heard, Func<int, Xoshiro, int> next)
    {
        var learned = new LearnedMusic();
        var learn = Time(notes, next, (_, pitch) => learned.Members.Learn(learned.Performer, pitch, live: true));
        var members = Members(learned) / (double)notes;
        learned = ShippedRepertoire.Learn();
        var phrase = ShippedRepertoire.Phrases[0] with { Notes = [.. Enumerable.Repeat(ShippedRepertoire.Phrases[0].Notes[0], PhraseNotes)] };
        var before = GC.GetTotalMemory(forceFullCollection: true) - Members(learned);
        var hear = Time(heard, next, (i, pitch) =>
        {
            learned.Hear(pitch);
            if (i % PhraseNotes == PhraseNotes - 1) learned.EndPhrase(phrase);
        });
        var others = (GC.GetTotalMemory(forceFullCollection: true) - Members(learned) - before) / (double)heard;
        GC.KeepAlive(learned);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-36} {learn.Median,10:0.0} {learn.Late,13:0.0} {members,11:0} {hear.Median,10:0.0} {hear.Late,13:0.0} {members + others,10:0}"));
    }

    private static long Members(LearnedMusic learned) => learned.Members.Members.Sum(m => m.Tree.Bytes);

    // Microseconds: the median, and what 99 notes of 100 take at most. On a machine that others use a mean tells of them.
    private static (double Median, double Late) Time(int notes, Func<int, Xoshiro, int> next, Action<int, int> learn)
    {
        var (random, took) = (new Xoshiro(1), new float[notes]);
        for (var i = 0; i < notes; i++)
        {
            var pitch = next(i, random);
            var at = Stopwatch.GetTimestamp();
            learn(i, pitch);
            took[i] = (float)((Stopwatch.GetTimestamp() - at) * 1e6 / Stopwatch.Frequency);
        }

        Array.Sort(took);
        return (took[notes / 2], took[(int)(notes * .99)]);
    }
}
