using System.Diagnostics;
using System.Globalization;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Bench.Learning;

/// <summary>
/// What the notes of a performer cost, note by note in time and all together in memory, whatever is played: the whole of what hearing a note does (every member's law, the amplitudes' gradient step, members, archive), and the
/// members' learning alone. A slowest note is as often the machine's as the program's: 999 of 1,000 take at most what is shown.
/// </summary>
internal static class LearningBench
{
    private const int PhraseNotes = 12, Chorus = 20_000;

    internal static int Run(string[] args)
    {
        var notes = args is [var asked, ..] ? int.Parse(asked, CultureInfo.InvariantCulture) : 1_000_000;
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
        Console.WriteLine($"{notes} notes                           hear, us  of 1000, 999  bytes a note  learn, us  of 1000, 999");
        for (var at = 0; at < inputs.Length; at++)
        {
            if (args is [_, var only] && int.Parse(only, CultureInfo.InvariantCulture) != at) continue;
            Tell(inputs[at].Item1, notes, inputs[at].Item2);
        }

        return 0;
    }

    private static void Tell(string what, int notes, Func<int, Xoshiro, int> next)
    {
        var learned = ShippedRepertoire.Learn();
        var phrase = ShippedRepertoire.Phrases[0] with { Notes = [.. Enumerable.Repeat(ShippedRepertoire.Phrases[0].Notes[0], PhraseNotes)] };
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var heard = Time(notes, next, (i, pitch) =>
        {
            learned.Hear(pitch);
            if (i % PhraseNotes == PhraseNotes - 1) learned.EndPhrase(phrase);
        });
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)notes;
        GC.KeepAlive(learned);
        learned = new LearnedMusic();
        var taught = Time(notes, next, (_, pitch) => learned.Members.Learn(learned.Performer, pitch, live: true));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-36} {heard.Mean,12:0.0} {heard.Late,13:0.0} {bytes,13:0} {taught.Mean,10:0.0} {taught.Late,13:0.0}"));
    }

    // Microseconds: the mean of processor time, and of the clock's what all but one note in a thousand take at most.
    private static (double Mean, double Late) Time(int notes, Func<int, Xoshiro, int> next, Action<int, int> learn)
    {
        var (random, took) = (new Xoshiro(1), new float[notes]);
        var began = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < notes; i++)
        {
            var pitch = next(i, random);
            var at = Stopwatch.GetTimestamp();
            learn(i, pitch);
            took[i] = (float)((Stopwatch.GetTimestamp() - at) * 1e6 / Stopwatch.Frequency);
        }

        var spent = Environment.CpuUsage.TotalTime - began;
        Array.Sort(took);
        return (spent.TotalMicroseconds / notes, took[(int)(notes * .999)]);
    }
}
