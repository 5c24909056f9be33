using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Qpu.Vendors;

/// <summary>Which classical bit each qubit is read into at the end, and how vendors' readings become words of the house's order: bit i of a word is classical bit i.</summary>
internal static class Readout
{
    /// <summary>Whether a circuit reads each qubit at most once, at its end, unconditionally.</summary>
    internal static bool IsFinal(Circuit circuit)
    {
        var read = new bool[circuit.Qubits];
        foreach (var operation in circuit.Operations)
        {
            if (operation.Gate.Shape == GateShape.Barrier) continue;
            if (!operation.Condition.Always || operation.Qubits.Any(q => read[q])) return false;
            if (operation.Gate.Shape == GateShape.Measurement) read[operation.Qubits[0]] = true;
        }

        return true;
    }

    /// <summary>For each qubit the bit it is read into; -1 for none.</summary>
    internal static int[] Bits(Circuit circuit)
    {
        var bits = Enumerable.Repeat(-1, circuit.Qubits).ToArray();
        foreach (var operation in circuit.Operations.Where(o => o.Gate.Shape == GateShape.Measurement)) bits[operation.Qubits[0]] = operation.Bit;
        return bits;
    }

    /// <summary>The word of classical bits of a code whose bit q is qubit q.</summary>
    internal static ulong Word(ulong code, int[] bits)
    {
        var word = 0UL;
        for (var q = 0; q < bits.Length; q++)
        {
            if (bits[q] >= 0) word |= (code >> q & 1) << bits[q];
        }

        return word;
    }

    /// <summary>The same of many codes; null when one has a qubit beyond the <paramref name="qubits"/> that were sent. Circuits of one job may be read as wide as the widest of them.</summary>
    internal static ImmutableArray<ulong>? Words(ImmutableArray<ulong> codes, int[] bits, int qubits) =>
        qubits < 64 && codes.Any(code => code >> qubits != 0) ? null : [.. codes.Select(code => Word(code, bits))];

    /// <summary>A string of 0 and 1, the highest bit first; null when it is none.</summary>
    internal static ulong? FromString(string text)
    {
        var word = 0UL;
        var digits = 0;
        foreach (var c in text)
        {
            if (c is ' ' or '_') continue;
            if (c is not ('0' or '1') || ++digits > 64) return null;
            word = word << 1 | (c == '1' ? 1UL : 0);
        }

        return digits == 0 ? null : word;
    }

    /// <summary>Shots that were only counted, in an order drawn here: which they are is the device's choice, in what order is not.</summary>
    internal static ImmutableArray<ulong> Shuffled(IEnumerable<(ulong Word, int Count)> counts, Xoshiro random)
    {
        var shots = counts.SelectMany(c => Enumerable.Repeat(c.Word, c.Count)).ToArray();
        for (var i = shots.Length - 1; i > 0; i--)
        {
            var j = random.NextInt(i + 1);
            (shots[i], shots[j]) = (shots[j], shots[i]);
        }

        return [.. shots];
    }

    /// <summary>
    /// Shots of which only shares were reported. Where the shares are whole numbers of shots they are counts; else, as for an ideal simulator, so many shots are drawn here.
    /// </summary>
    internal static ImmutableArray<ulong>? FromShares(IReadOnlyList<(ulong Word, double Share)> shares, int shots, Xoshiro random)
    {
        if (shares.Count == 0 || shares.Any(s => !(s.Share >= 0)) || Math.Abs(shares.Sum(s => s.Share) - 1) > .01) return null;
        var counts = shares.Select(s => (s.Word, Count: (int)Math.Round(s.Share * shots))).ToList();
        if (counts.Sum(c => c.Count) == shots && shares.Zip(counts).All(p => Math.Abs((p.First.Share * shots) - p.Second.Count) < 1e-3)) return Shuffled(counts, random);
        var drawn = ImmutableArray.CreateBuilder<ulong>(shots);
        for (var i = 0; i < shots; i++)
        {
            var left = random.NextDouble() * shares.Sum(s => s.Share);
            var at = 0;
            while (at < shares.Count - 1 && (left -= shares[at].Share) >= 0) at++;
            drawn.Add(shares[at].Word);
        }

        return drawn.MoveToImmutable();
    }

    /// <summary>The same words, with bits above the circuit's own refused.</summary>
    internal static Counts? Checked(ImmutableArray<ulong> shots, Circuit circuit, int wanted)
    {
        if (shots.Length == 0 || shots.Length > wanted * 2L) return null;
        var allowed = circuit.Bits >= 64 ? ulong.MaxValue : (1UL << circuit.Bits) - 1;
        return shots.All(s => (s & ~allowed) == 0) ? Counts.Of(shots) : null;
    }
}
