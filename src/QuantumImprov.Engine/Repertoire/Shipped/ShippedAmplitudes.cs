using System.Collections.Immutable;
using System.Globalization;

namespace QuantumImprov.Engine.Repertoire.Shipped;

/// <summary>
/// The amplitudes that come with the program: what learning them from the shipped tunes gives, written down so that a start need not learn them. A test holds them to that. They are a text of lines: a member's name, then
/// either a class, its weight, its exponent and the second moments of their gradients; or <c>step</c> and the entries of its step of the memory; or <c>moments</c> and those of the step; or <c>accord</c>, the exponent there and its moment. Classes that were never met are
/// left out and stand as they start.
/// </summary>
/// <param name="Table">Weights, exponents, steps and accord.</param>
/// <param name="Moments">Second moments of the gradients of weights, exponents, steps and accord, which scale further learning.</param>
public sealed record ShippedAmplitudes(AmplitudeTable Table, ImmutableArray<double> Moments)
{
    private const string Resource = "amplitudes.tsv", Step = "step", StepMoments = "moments", Accord = "accord";
    private const double StartTemper = .5, StartMoment = 1e-3;

    private static readonly Lazy<ShippedAmplitudes> Shipped = new(() =>
    {
        using var reader = new StreamReader(typeof(ShippedAmplitudes).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The assembly holds no {Resource}."));
        return Read(reader.ReadToEnd());
    });

    /// <summary>Those of this version; read once, when first asked for. Thread-safe.</summary>
    public static ShippedAmplitudes Own => Shipped.Value;

    /// <summary>The text. Allocates.</summary>
    public string Write()
    {
        var (lines, classes, entries) = (new List<string>(), Table.Weights.Length, Table.Steps.Length / Table.Members.Length);
        for (var k = 0; k < Table.Members.Length; k++)
        {
            lines.Add(Line(k, Step, Table.Steps.AsSpan(k * entries, entries)));
            lines.Add(Line(k, StepMoments, Moments.AsSpan(2 * classes + k * entries, entries)));
            lines.Add(Line(k, Accord, [Table.Accords[k], Moments[2 * classes + Table.Steps.Length + k]]));
            for (var at = k * Table.Classes; at < (k + 1) * Table.Classes; at++)
            {
                double[] numbers = [Table.Weights[at], Table.Tempers[at], Moments[at], Moments[classes + at]];
                if (!numbers.SequenceEqual(Start(Table.Members.Length))) lines.Add(Line(k, (at % Table.Classes).ToString(CultureInfo.InvariantCulture), numbers));
            }
        }

        return string.Join('\n', lines) + "\n";

        string Line(int member, string what, ReadOnlySpan<double> numbers) =>
            string.Join('\t', [Table.Members[member], what, .. numbers.ToArray().Select(n => n.ToString("R", CultureInfo.InvariantCulture))]);
    }

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static ShippedAmplitudes Read(string text)
    {
        string[][] lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
        ImmutableArray<string> members = [.. lines.Where(l => l[1] == Step).Select(l => l[0])];
        const int Classes = CouncilMembers.ConfidenceClasses;
        var columns = Start(members.Length).Select(start => Enumerable.Repeat(start, members.Length * Classes).ToArray()).ToArray();
        foreach (var line in lines.Where(l => l[1] is not (Step or StepMoments or Accord)))
        {
            var at = members.IndexOf(line[0]) * Classes + int.Parse(line[1], CultureInfo.InvariantCulture);
            for (var i = 0; i < columns.Length; i++) columns[i][at] = Number(line[2 + i]);
        }

        return new ShippedAmplitudes(new AmplitudeTable(members, Classes, [.. columns[0]], [.. columns[1]], [.. Entries(Step)]) { Accords = [.. Entries(Accord).Where((_, i) => i % 2 == 0)] },
            [.. columns[2], .. columns[3], .. Entries(StepMoments), .. Entries(Accord).Where((_, i) => i % 2 == 1)]);

        IEnumerable<double> Entries(string what) => lines.Where(l => l[1] == what).SelectMany(l => l.Skip(2)).Select(Number);

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static double[] Start(int members) => [1.0 / members, StartTemper, StartMoment, StartMoment];
}
