namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// Chooses which three qubits stand on the lowest places, that is inside a block. A move that brings lanes from more than two blocks together, a phase that ties lanes to many others and a lane
/// that is read in the middle all cost; on a tie the qubits stay where they are.
/// </summary>
internal static class QubitPlaces
{
    internal static int[] Choose(int qubits, IReadOnlyList<object> parts)
    {
        var best = Enumerable.Range(0, qubits).ToArray();
        if (qubits <= 3) return best;
        var least = Cost(best, parts);
        for (var a = 0; a < qubits && least > 0; a++)
        {
            for (var b = a + 1; b < qubits && least > 0; b++)
            {
                for (var c = b + 1; c < qubits && least > 0; c++)
                {
                    var place = With(qubits, a, b, c);
                    var cost = Cost(place, parts);
                    if (cost < least) (best, least) = (place, cost);
                }
            }
        }

        return best;
    }

    private static int[] With(int qubits, int a, int b, int c)
    {
        var place = new int[qubits];
        (place[a], place[b], place[c]) = (0, 1, 2);
        var next = 3;
        for (var q = 0; q < qubits; q++)
        {
            if (q != a && q != b && q != c) place[q] = next++;
        }

        return place;
    }

    private static int Cost(int[] place, IReadOnlyList<object> parts)
    {
        var cost = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is Reading reading && i + 1 < parts.Count) cost += (IndexMap.Moved(reading.Mask, place) & 7) != 0 ? 20 : 0;
            if (parts[i] is not LayerList list) continue;
            foreach (var layer in list.Layers) cost += Crossing(layer.Map, place) + Tied(layer.Terms, place);
        }

        return cost;
    }

    private static int Crossing(IndexMap map, int[] place)
    {
        if (map.IsIdentity) return 0;
        var first = 0;
        for (var q = 0; q < place.Length; q++)
        {
            if (place[q] > 2) continue;
            var high = IndexMap.Moved(map.SourceColumns[q], place) & ~7;
            if (high == 0 || high == first) continue;
            if (first != 0) return 20;
            first = high;
        }

        return 0;
    }

    private static int Tied(List<PhaseTerm> terms, int[] place)
    {
        var ties = 0;
        foreach (var term in terms)
        {
            var mask = IndexMap.Moved(term.Mask, place);
            if ((mask & 7) != 0) ties |= mask >> 3;
        }

        var count = System.Numerics.BitOperations.PopCount((uint)ties);
        return count <= 2 ? 0 : 1 << (count - 2);
    }
}
