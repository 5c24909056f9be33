using System.Collections.Immutable;
using QuantumImprov.Quantum.Circuits.Transpiling;

namespace QuantumImprov.Qpu.Vendors.Ibm;

/// <summary>
/// Finds a row of neighbouring qubits on a large device: every circuit of ours is written for a row. The best of the rows that a beam search finds, by the sum of the errors of its pairs and readings; pairs and qubits that are out of order are
/// passed by. Pure.
/// </summary>
internal static class LinePlacing
{
    private const int Beam = 200;

    // What is not told is taken for average.
    private const double UsualPair = .01, UsualReading = .02;

    /// <summary>The qubits of the row, in order; null when the device has none so long.</summary>
    internal static int[]? Find(int length, int qubits, IReadOnlyCollection<Coupling> couplings, IReadOnlyDictionary<(int, int), double> pairErrors, IReadOnlyDictionary<int, double> readingErrors)
    {
        var neighbours = new HashSet<int>[qubits];
        for (var q = 0; q < qubits; q++) neighbours[q] = [];
        foreach (var (a, b) in couplings)
        {
            if (Pair(a, b) >= 1 || Reading(a) >= .5 || Reading(b) >= .5) continue;
            neighbours[a].Add(b);
            neighbours[b].Add(a);
        }

        var rows = Enumerable.Range(0, qubits).Where(q => Reading(q) < .5).Select(q => (Row: ImmutableArray.Create(q), Cost: Reading(q))).ToList();
        for (var at = 1; at < length; at++)
        {
            rows = rows.SelectMany(r => neighbours[r.Row[^1]].Where(n => !r.Row.Contains(n)).Select(n => (r.Row.Add(n), r.Cost + Pair(r.Row[^1], n) + Reading(n))))
                .OrderBy(r => r.Item2).ThenBy(r => r.Item1[0]).ThenBy(r => r.Item1[^1]).Take(Beam).ToList();
        }

        return rows.Count == 0 ? null : [.. rows[0].Row];

        double Pair(int a, int b) => pairErrors.TryGetValue((a, b), out var error) || pairErrors.TryGetValue((b, a), out error) ? error : UsualPair;

        double Reading(int q) => readingErrors.TryGetValue(q, out var error) ? error : UsualReading;
    }
}
