using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumImprov.Engine.Evaluation.Blends;

/// <summary>What every member says about the next note, as all blends read it: probabilities, their logarithms and confidence classes. Rows are padded to whole vectors of four. [engine]</summary>
public sealed class MemberLaws(int members, int candidates)
{
    /// <summary>The logarithm in the padding: tempered it is 0, and 0 times it is 0.</summary>
    private const double Nowhere = -1e30;

    private readonly double[] _logs = Filled(members * ((candidates + 3) & ~3));

    /// <summary>How many members.</summary>
    public int Members { get; } = members;

    /// <summary>How many candidates.</summary>
    public int Candidates { get; } = candidates;

    /// <summary>From one row to the next in padded arrays.</summary>
    public int Stride { get; } = (candidates + 3) & ~3;

    /// <summary>Probabilities as the members write them: members x candidates, no padding.</summary>
    public double[] Laws { get; } = new double[members * candidates];

    /// <summary>Confidence class by member.</summary>
    public int[] Confidence { get; } = new int[members];

    /// <summary>ln p of a member, padded.</summary>
    public ReadOnlySpan<double> Logs(int member) => _logs.AsSpan(member * Stride, Stride);

    /// <summary>Works out the logarithms of what the members wrote.</summary>
    public void Complete()
    {
        for (var k = 0; k < Members; k++)
        {
            var row = _logs.AsSpan(k * Stride, Stride);
            Laws.AsSpan(k * Candidates, Candidates).CopyTo(row);
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

    private static double[] Filled(int length)
    {
        var logs = new double[length];
        Array.Fill(logs, Nowhere);
        return logs;
    }
}
