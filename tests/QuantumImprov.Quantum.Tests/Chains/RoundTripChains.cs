using System.Numerics;
using QuantumImprov.Quantum.Chains.Grover;
using QuantumImprov.Quantum.Chains.Hidden;
using QuantumImprov.Quantum.Chains.Walk;
using QuantumImprov.Quantum.Tests.Chains.Hidden;
using QuantumImprov.Quantum.Tests.Chains.Walk;

namespace QuantumImprov.Quantum.Tests.Chains;

/// <summary>The chains that are sent round, by name.</summary>
internal static class RoundTripChains
{
    internal static Dictionary<string, Func<RoundTripChain>> All { get; } = new()
    {
        ["grover"] = () => Grover([true, false, true, false, false, false, false, false, false, false, false, false], 1),
        ["grover with rejection"] = () => Grover([true, false, true, true, false], 1),
        ["weighted grover"] = () => Weighted([.3, .25, .2, .1, .08, .05, .02], [true, false, true, false, true, false, false], .85),
        ["szegedy walk"] = () => Szegedy(WalkTables.Sample, 3, 3, 1),
        ["longer szegedy walk"] = () => Szegedy(WalkTables.Random(8, 4), 4, 5, 2),
        ["coined walk"] = () => Coined(12, 5, Math.PI / 4, .3, 4),
        ["hidden chain"] = () => Hidden(HiddenProcess.Clock.Set, 4, 0),
        ["dephased hidden chain"] = () => Hidden(HiddenProcess.TwoFour.Set, 3, .4),
        ["council"] = () => CouncilRoundTrip.Of(51, 3, 6, 1),
        ["dephased council"] = () => CouncilRoundTrip.Of(52, 4, 5, .4),
        ["council with a memory of one qubit"] = () => CouncilRoundTrip.WithMemory(53, 3, 4, 1, 1),
        ["dephased council with a memory of two qubits"] = () => CouncilRoundTrip.WithMemory(54, 2, 4, 2, .5),
    };

    private static RoundTripChain Grover(bool[] targets, int iterations)
    {
        var step = new GroverStep(targets.Length);
        step.Prepare(targets, iterations, GroverPadding.None);
        var law = new double[targets.Length];
        var kept = GroverLaw.Write(targets, iterations, GroverPadding.None, law);
        return new RoundTripChain(step.ToCircuit(), bits => (int)bits, law, kept);
    }

    private static RoundTripChain Weighted(double[] weights, bool[] inside, double mass)
    {
        var step = new WeightedGroverStep(weights.Length);
        step.PrepareForMass(weights, inside, mass);
        var law = new double[weights.Length];
        WeightedGroverLaw.WriteForMass(weights, inside, mass, law);
        return new RoundTripChain(step.ToCircuit()!, bits => (int)bits, law, 1);
    }

    private static RoundTripChain Szegedy(double[] table, int states, int steps, int from)
    {
        var step = new SzegedyStep(states);
        step.Prepare(table, states, steps, WalkForm.AsGiven);
        step.Stand(from);
        var laws = new double[table.Length];
        SzegedyLaw.Write(table, states, steps, laws);
        return new RoundTripChain(step.ToCircuit(), bits => (int)bits, laws[(from * states)..((from + 1) * states)], 1);
    }

    private static RoundTripChain Coined(int positions, int steps, double coin, double lean, int from)
    {
        var step = new CoinedWalkStep(positions);
        step.Prepare(positions, steps, coin, lean);
        step.Stand(from);
        var moved = new double[positions];
        CoinedWalkLaw.Write(positions, steps, coin, lean, moved);
        return new RoundTripChain(step.ToCircuit(), bits => (int)bits, [.. Enumerable.Range(0, positions).Select(x => moved[(x - from + positions) % positions])], 1);
    }

    private static RoundTripChain Hidden(KrausSet set, int notes, double dephasing)
    {
        Complex[] start = [new(.6, 0), new(0, .8)];
        var chain = new HiddenChainCircuit(set);
        var filter = new KrausFilter(set, dephasing);
        var (words, next) = (Words.OfLength(set.Symbols, notes).ToArray(), new double[set.Symbols]);
        var law = new double[words.Length];
        for (var w = 0; w < words.Length; w++)
        {
            filter.Restart(start);
            law[w] = 1;
            foreach (var y in words[w])
            {
                filter.WriteLaw(next);
                law[w] *= next[y];
                if (law[w] == 0) break;
                filter.Follow(y);
            }
        }

        var places = words.Select((word, at) => (Key: string.Join(' ', word), at)).ToDictionary(p => p.Key, p => p.at);
        return new RoundTripChain(chain.Build(notes, start, dephasing), bits => places.GetValueOrDefault(string.Join(' ', Enumerable.Range(0, notes).Select(t => chain.Symbol(bits, t))), -1), law, 1);
    }
}
