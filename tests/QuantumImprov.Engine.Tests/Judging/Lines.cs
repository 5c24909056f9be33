using System.Globalization;
using QuantumImprov.Engine.Judging;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Tests.Judging;

/// <summary>Melodies for the judge's tests, written as <c>C4 D4:0.5 .:2 E4</c>: a name or a rest, and a length in quarters (default 1).</summary>
internal static class Lines
{
    /// <summary>A melody whose first note, or rest, begins <paramref name="from"/> quarters after bar line zero.</summary>
    public static JudgedMelody Melody(string words, double from = 0, int numerator = 4, int denominator = 4, string name = "tune")
    {
        var (at, notes) = (Beats.FromQuarters(from), new List<CallNote>());
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.Split(':');
            var length = Beats.FromQuarters(parts.Length > 1 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 1);
            if (Pitch.TryParse(parts[0], out var pitch)) notes.Add(new CallNote(at, length, (byte)pitch.Number, 80));
            at += length;
        }

        return new JudgedMelody(name, [.. notes], new TempoMap([], [new MetreChange(Beats.Zero, Metre.Of(numerator, denominator))]));
    }

    /// <summary>A call and an answer in one metre, each from where it says, judged in <paramref name="key"/>.</summary>
    public static CallAndAnswer Pair(string call, string answer, double from, string key = "C major", int numerator = 4, int denominator = 4) => Key.TryParse(key, out var parsed)
        ? new CallAndAnswer(Melody(call, 0, numerator, denominator).Measured, Melody(answer, from, numerator, denominator).Measured, parsed)
        : throw new ArgumentException($"{key} is no key");

    /// <summary>The figures of <paramref name="pairs"/>, their rhythm beside the calls'.</summary>
    public static AnswerFigures Figures(params CallAndAnswer[] pairs) => AnswerFigures.Of(pairs, new OnsetHistogram(pairs.Select(p => p.Call.AsEnumerable())), null);
}
