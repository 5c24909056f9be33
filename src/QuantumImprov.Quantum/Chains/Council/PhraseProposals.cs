using System.Collections.Immutable;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// Whole phrases that a device proposed, and how one of them is chosen under another law: by importance resampling with the weights live law / law of the proposal (Rubin 1987). The choice follows the live law the better the more proposals there are
/// and the nearer the laws lie: <see cref="EffectiveSize"/> says how many proposals it is worth. Immutable.
/// </summary>
public sealed class PhraseProposals
{
    private readonly ImmutableArray<double> _weights;

    private PhraseProposals(ImmutableArray<ImmutableArray<int>> phrases, ImmutableArray<double> weights) => (Phrases, _weights) = (phrases, weights);

    /// <summary>The phrases.</summary>
    public ImmutableArray<ImmutableArray<int>> Phrases { get; }

    /// <summary>The weights, sum 1; all 0 when the live law knows none of the phrases.</summary>
    public ReadOnlySpan<double> Weights => _weights.AsSpan();

    /// <summary>(sum w)^2 / sum w^2: as many proposals straight from the live law would be worth as much. 0 when none is possible.</summary>
    public double EffectiveSize => _weights.Sum(w => w * w) is var squares and > 0 ? 1 / squares : 0;

    /// <summary>Weighs phrases.</summary>
    /// <param name="phrases">What the device proposed.</param>
    /// <param name="live">The probability of a phrase under the live law.</param>
    /// <param name="proposal">Its probability among the kept proposals of the device, above 0 for what was proposed.</param>
    public static PhraseProposals Weigh(IEnumerable<ImmutableArray<int>> phrases, Func<ImmutableArray<int>, double> live, Func<ImmutableArray<int>, double> proposal)
    {
        ImmutableArray<ImmutableArray<int>> all = [.. phrases];
        var weights = all.Select(p => proposal(p) is var q and > 0 ? live(p) / q : 0).ToArray();
        var total = weights.Sum();
        return new PhraseProposals(all, [.. weights.Select(w => total > 0 ? w / total : 0)]);
    }

    /// <summary>Chooses a phrase by its weight; -1 when none is possible.</summary>
    public int Draw(Xoshiro random)
    {
        var left = random.NextDouble();
        var last = -1;
        for (var i = 0; i < _weights.Length; i++)
        {
            if (_weights[i] <= 0) continue;
            last = i;
            if ((left -= _weights[i]) < 0) return i;
        }

        return last;
    }

    /// <summary>
    /// The law of the kept phrases of a circuit built from <paramref name="steps"/> on an ideal device: the product of the steps' operators on the memory, in closed form. Not normalised: the sum over all phrases is the share of shots that is kept.
    /// </summary>
    /// <param name="steps">The steps.</param>
    /// <param name="memory">The state the memory begins in; not changed. Null without a memory.</param>
    /// <param name="phrase">One candidate a step.</param>
    public static double IdealWeight(IReadOnlyList<PhraseStep> steps, CouncilMemory? memory, ReadOnlySpan<int> phrase)
    {
        var probability = 1.0;
        CouncilMemory? at = null;
        if (memory is not null)
        {
            at = new CouncilMemory(memory.Qubits, 0);
            at.CopyFrom(memory);
        }

        for (var t = 0; t < steps.Count; t++)
        {
            var law = new double[steps[t].Candidates];
            var kept = CouncilLaw.Write(steps[t].Terms, at, law);
            probability *= kept * law[phrase[t]];
            if (probability <= 0) return 0;
            at?.Hear(steps[t].Terms, phrase[t]);
        }

        return probability;
    }
}
