using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// What every member says about the next note: probabilities, their logarithms and confidence classes. Rows of logarithms are padded to whole vectors of four. Allocates nothing after
/// construction. [engine]
/// </summary>
/// <param name="members">How many members.</param>
/// <param name="most">The most candidates there will ever be.</param>
public sealed class MemberLaws(int members, int most)
{
    /// <summary>The logarithm in the padding: tempered it is 0, and 0 times it is 0.</summary>
    private const double Nowhere = -1e30;

    private readonly double[] _logs = new double[members * ((most + 3) & ~3)];
    private readonly double[] _laws = new double[members * most];

    /// <summary>How many members.</summary>
    public int Members { get; } = members;

    /// <summary>The most candidates there can be.</summary>
    public int Most { get; } = most;

    /// <summary>How many candidates there are.</summary>
    public int Candidates { get; private set; } = most;

    /// <summary>From one row to the next in padded arrays.</summary>
    public int Stride => (Candidates + 3) & ~3;

    /// <summary>Probabilities as the members write them: members x candidates, no padding.</summary>
    public Span<double> Laws => _laws.AsSpan(0, Members * Candidates);

    /// <summary>Confidence class by member.</summary>
    public int[] Confidence { get; } = new int[members];

    /// <summary>ln p of a member, padded.</summary>
    public ReadOnlySpan<double> Logs(int member) => _logs.AsSpan(member * Stride, Stride);

    /// <summary>Makes room for <paramref name="candidates"/>, at most <see cref="Most"/>.</summary>
    public void Begin(int candidates) => Candidates = candidates;

    /// <summary>Works out the logarithms of what the members wrote.</summary>
    public void Complete()
    {
        for (var k = 0; k < Members; k++)
        {
            var row = _logs.AsSpan(k * Stride, Stride);
            Laws.Slice(k * Candidates, Candidates).CopyTo(row);
            row[Candidates..].Fill(1);
            foreach (ref var four in MemoryMarshal.Cast<double, Vector256<double>>(row)) four = Vector256.Log(four);
            row[Candidates..].Fill(Nowhere);
        }
    }

    /// <summary>Writes p^exponent of a member into a padded row.</summary>
    public void Temper(int member, double exponent, Span<double> row)
    {
        var from = MemoryMarshal.Cast<double, Vector256<double>>(Logs(member));
        var to = MemoryMarshal.Cast<double, Vector256<double>>(row);
        for (var i = 0; i < to.Length; i++) to[i] = Vector256.Exp(from[i] * exponent);
    }
}
