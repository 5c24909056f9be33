using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Noise;

/// <summary>
/// The exact law of what a noisy device reads at the end of a circuit, computed once, and shots from it. Qubits that no gate joins are independent, so each joined group is a small density matrix of its own. Immutable.
/// </summary>
public sealed class NoisyLaw
{
    private readonly Group[] _groups;

    private NoisyLaw(Group[] groups) => _groups = groups;

    /// <summary>The law of <paramref name="circuit"/> under <paramref name="profile"/>; null when it reads, resets after reading, or asks a bit in the middle, or joins more than 9 qubits.</summary>
    /// <exception cref="ArgumentException">A figure of the profile lies outside its range.</exception>
    public static NoisyLaw? Of(Circuit circuit, NoiseProfile profile)
    {
        var steps = NoisyCircuit.Of(circuit, profile);
        var read = new bool[circuit.Qubits];
        var written = new HashSet<int>();
        var group = Enumerable.Range(0, circuit.Qubits).ToArray();
        foreach (var (operation, _) in steps)
        {
            if (!operation.Condition.Always || operation.Qubits.Any(q => read[q])) return null;
            if (operation.Gate.Shape == GateShape.Measurement)
            {
                read[operation.Qubits[0]] = true;
                if (!written.Add(operation.Bit)) return null;
            }

            if (operation.Qubits.Length == 2) Join(group, operation.Qubits[0], operation.Qubits[1]);
        }

        var groups = new List<Group>();
        foreach (var members in Enumerable.Range(0, circuit.Qubits).GroupBy(q => group[q]).Select(g => g.ToArray()))
        {
            if (!members.Any(q => read[q])) continue;
            if (members.Length > DensityEvolution.MostQubits) return null;
            groups.Add(Group.Of(members, steps.Where(s => members.Contains(s.Operation.Qubits[0])), profile));
        }

        return new NoisyLaw([.. groups]);
    }

    /// <summary>One shot: a word of classical bits.</summary>
    public ulong Draw(Xoshiro random)
    {
        var word = 0UL;
        foreach (var group in _groups) word |= group.Draw(random);
        return word;
    }

    /// <summary>The law of the first <paramref name="bits"/> classical bits, 2^bits entries, 1 to 16 bits.</summary>
    public double[] Words(int bits)
    {
        if (bits is < 1 or > 16) throw new ArgumentOutOfRangeException(nameof(bits), bits, "1 to 16 bits are allowed.");
        var law = new double[1 << bits];
        law[0] = 1;
        foreach (var group in _groups) group.Spread(law);
        return law;
    }

    private static void Join(int[] group, int a, int b)
    {
        var (from, to) = (group[a], group[b]);
        for (var q = 0; q < group.Length; q++) group[q] = group[q] == from ? to : group[q];
    }

    private sealed class Group(int[] bits, double[] law)
    {
        private readonly double[] _upTo = Sums(law);

        internal static Group Of(int[] members, IEnumerable<(Operation Operation, System.Collections.Immutable.ImmutableArray<NoisyCircuit.Strike> After)> steps, NoiseProfile profile)
        {
            var place = new int[members.Max() + 1];
            for (var i = 0; i < members.Length; i++) place[members[i]] = i;
            var (evolution, readings) = (new DensityEvolution(members.Length), new List<(int Place, int Bit, ReadoutError Error)>());
            foreach (var (operation, after) in steps)
            {
                if (operation.Gate.Shape == GateShape.Measurement) readings.Add((place[operation.Qubits[0]], operation.Bit, profile.ReadoutOf(operation.Qubits[0])));
                else evolution.Apply(operation.On(place), after.Select(s => new NoisyCircuit.Strike(s.Channel, [.. s.Qubits.Select(q => place[q])])));
            }

            var codes = evolution.Diagonal();
            var law = new double[1 << readings.Count];
            for (var code = 0; code < codes.Length; code++)
            {
                var word = 0;
                for (var i = 0; i < readings.Count; i++) word |= (code >> readings[i].Place & 1) << i;
                law[word] += codes[code];
            }

            for (var i = 0; i < readings.Count; i++) Misread(law, i, readings[i].Error);
            return new Group([.. readings.Select(r => r.Bit)], law);
        }

        internal ulong Draw(Xoshiro random)
        {
            var at = Array.BinarySearch(_upTo, random.NextDouble() * _upTo[^1]);
            return Word(Math.Min(at < 0 ? ~at : at + 1, law.Length - 1));
        }

        internal void Spread(double[] words)
        {
            var before = (double[])words.Clone();
            Array.Clear(words);
            for (var i = 0; i < law.Length; i++)
            {
                var word = Word(i) & (ulong)(words.Length - 1);
                for (var w = 0; w < words.Length; w++)
                {
                    if (before[w] > 0) words[w | (int)word] += before[w] * law[i];
                }
            }
        }

        private ulong Word(int code)
        {
            var word = 0UL;
            for (var i = 0; i < bits.Length; i++) word |= (ulong)(code >> i & 1) << bits[i];
            return word;
        }

        private static void Misread(double[] law, int place, ReadoutError error)
        {
            for (var word = 0; word < law.Length; word++)
            {
                if ((word >> place & 1) != 0) continue;
                var (zero, one) = (law[word], law[word | 1 << place]);
                law[word] = (zero * (1 - error.OneGivenZero)) + (one * error.ZeroGivenOne);
                law[word | 1 << place] = (zero * error.OneGivenZero) + (one * (1 - error.ZeroGivenOne));
            }
        }

        private static double[] Sums(double[] law)
        {
            var sums = new double[law.Length];
            var sum = 0.0;
            for (var i = 0; i < law.Length; i++) sums[i] = sum += law[i];
            return sums;
        }
    }
}
