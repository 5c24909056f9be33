using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace QuantumImprov.Engine.Lookahead;

/// <summary>
/// How long an output lets a note wait between hearing of it and sounding: a constant, and what is added to it by velocity, linear between the points and level beyond the outermost ones. Immutable; asking allocates nothing. [any]
/// </summary>
public sealed class LatencyTable
{
    /// <summary>The longest wait that can be made up for, in milliseconds: a player piano's softest notes take some 200.</summary>
    public const double MostMs = 250;

    /// <summary>How many points a table can have.</summary>
    public const int MostPoints = 32;

    private const int Velocities = 128;
    private readonly long[] _nanoseconds = new long[Velocities];

    private LatencyTable(double ms, ImmutableArray<LatencyPoint> points)
    {
        (Ms, Points) = (ms, points);
        for (var velocity = 0; velocity < Velocities; velocity++) _nanoseconds[velocity] = (long)Math.Round((ms + Added(velocity)) * 1e6);
        (Shortest, Longest) = (_nanoseconds.Min(), _nanoseconds.Max());
    }

    /// <summary>The output sounds at once.</summary>
    public static LatencyTable None { get; } = new(0, []);

    /// <summary>What every note waits, in milliseconds, 0 to <see cref="MostMs"/>.</summary>
    public double Ms { get; }

    /// <summary>What is added by velocity, from soft to loud; may be empty.</summary>
    public ImmutableArray<LatencyPoint> Points { get; }

    /// <summary>The shortest wait of any note, in nanoseconds.</summary>
    public long Shortest { get; }

    /// <summary>The longest wait of any note, in nanoseconds.</summary>
    public long Longest { get; }

    /// <summary>How long a note of <paramref name="velocity"/>, 0 to 127, waits, in nanoseconds.</summary>
    public long Of(int velocity) => _nanoseconds[velocity & Velocities - 1];

    /// <summary>A table of these; null, with one sentence, when it cannot be one.</summary>
    public static LatencyTable? TryMake(double ms, ImmutableArray<LatencyPoint> points, [NotNullWhen(false)] out string? fault)
    {
        fault = null;
        if (!(ms is >= 0 and <= MostMs)) fault = Found("ms", ms);
        else if (points.Length > MostPoints) fault = $"velocities: found {points.Length} points; allowed are up to {MostPoints}.";
        for (var i = 0; i < points.Length && fault is null; i++)
        {
            var (velocity, added) = points[i];
            if (velocity is < 1 or > Velocities - 1 || (i > 0 && velocity <= points[i - 1].Velocity))
                fault = $"velocities: found velocity {velocity}{(i > 0 ? $" after {points[i - 1].Velocity}" : "")}; allowed are velocities from 1 to {Velocities - 1}, each above the one before.";
            else if (!(added is >= 0 and <= MostMs)) fault = Found($"velocities: ms of velocity {velocity}", added);
            else if (ms + added > MostMs) fault = FormattableString.Invariant($"velocities: found {ms:0.###} and {added:0.###} ms at velocity {velocity}; allowed are {MostMs} in all.");
        }

        return fault is null ? new LatencyTable(ms, points) : null;
    }

    private static string Found(string what, double ms) => FormattableString.Invariant($"{what}: found {ms:0.###}; allowed is a number from 0 to {MostMs}.");

    private double Added(int velocity)
    {
        if (Points.IsEmpty) return 0;
        var next = 0;
        while (next < Points.Length && Points[next].Velocity < velocity) next++;
        if (next == 0) return Points[0].Ms;
        if (next == Points.Length) return Points[^1].Ms;
        var (below, above) = (Points[next - 1], Points[next]);
        return below.Ms + (above.Ms - below.Ms) * (velocity - below.Velocity) / (above.Velocity - below.Velocity);
    }
}
