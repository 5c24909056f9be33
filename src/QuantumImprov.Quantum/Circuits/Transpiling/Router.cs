namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>
/// Chooses the exchanges that bring coupled pairs together: each brings the pair that is due one step nearer, and among such the one that also serves the pairs to come. Where the qubits begin is found by
/// running the pairs forwards and backwards a few times (after Li, Ding and Xie, 2019) and keeping the best.
/// </summary>
internal static class Router
{
    private const int LooksAhead = 12;
    private const double Fading = .6;
    private const int Rounds = 4;

    /// <summary>Exchanges by the number of the pair before which they happen.</summary>
    internal sealed record Plan(int[] Start, List<(int Before, int A, int B)> Swaps, int[] End);

    internal static Plan Best(IReadOnlyList<(int A, int B)> pairs, int wires, Target target)
    {
        var start = Enumerable.Range(0, wires).ToArray();
        var best = Run(pairs, start, target);
        var last = best;
        var backwards = pairs.Reverse().ToList();
        for (var round = 0; round < Rounds && best.Swaps.Count > 0; round++)
        {
            last = Run(pairs, Run(backwards, last.End, target).End, target);
            if (last.Swaps.Count < best.Swaps.Count) best = last;
        }

        return best;
    }

    private static Plan Run(IReadOnlyList<(int A, int B)> pairs, int[] start, Target target)
    {
        var place = (int[])start.Clone();
        var swaps = new List<(int, int, int)>();
        for (var i = 0; i < pairs.Count; i++)
        {
            while (!target.Coupled(place[pairs[i].A], place[pairs[i].B]))
            {
                var (a, b) = Choose(pairs, i, place, target);
                swaps.Add((i, a, b));
                Exchange(place, a, b);
            }
        }

        return new Plan(start, swaps, place);
    }

    internal static void Exchange(int[] place, int a, int b)
    {
        for (var w = 0; w < place.Length; w++) place[w] = place[w] == a ? b : place[w] == b ? a : place[w];
    }

    private static (int A, int B) Choose(IReadOnlyList<(int A, int B)> pairs, int due, int[] place, Target target)
    {
        var (best, least) = ((-1, -1), double.PositiveInfinity);
        foreach (var (end, other) in ((int, int)[])[(pairs[due].A, pairs[due].B), (pairs[due].B, pairs[due].A)])
        {
            for (var next = 0; next < target.Qubits; next++)
            {
                if (!target.Coupled(place[end], next) || target.Steps[next, place[other]] >= target.Steps[place[end], place[other]]) continue;
                var after = (int[])place.Clone();
                Exchange(after, place[end], next);
                var (cost, weight) = (0d, 1d);
                for (var k = due; k < Math.Min(pairs.Count, due + LooksAhead); k++, weight *= Fading) cost += weight * target.Steps[after[pairs[k].A], after[pairs[k].B]];
                if (cost < least) (best, least) = ((place[end], next), cost);
            }
        }

        return best;
    }
}
