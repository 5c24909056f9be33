using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>
/// Choosing by shots: the chain's circuit is prepared and its law written down as ever, and a shot makes the choice where there is one; else the chain's own simulator does, at once. Either way the law of the choice is the chain's. Nothing
/// waits. [engine]
/// </summary>
public abstract class ShotChoosing
{
    private readonly double[] _law = new double[Candidates.Capacity];

    /// <summary>Told of every choice: the law, and the index chosen. For measuring; null in concert.</summary>
    public ChoiceObserver? Observer { get; set; }

    /// <summary>A note is going to be prepared.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Chooses among the candidates that <paramref name="chain"/> was prepared for after <paramref name="line"/>, with the chain's law; what the chain remembers of the line moves on.</summary>
    public Decision Choose(IChain chain, MelodicLine line, Candidates candidates, Xoshiro random)
    {
        var law = _law.AsSpan(0, candidates.Count);
        chain.WriteLaw(law);
        var draw = Draw(chain, line, candidates.Pitches, law, random);
        if (draw.Kind != DrawKind.Absent)
        {
            Observer?.Invoke(law, draw.Index, draw.Kind);
            chain.Sound(line, draw.Index);
            return new Decision(candidates.Pitches[draw.Index], candidates.Count, 0, true, chain.Consensus) { Origin = new ShotOrigin(draw.Batch, draw.Shot) };
        }

        var shot = chain.Play(line, random);
        Observer?.Invoke(law, shot.Symbol, draw.Kind);
        return new Decision(candidates.Pitches[shot.Symbol], candidates.Count, shot.Redraws, shot.Kept, chain.Consensus);
    }

    /// <summary>Chooses one of <paramref name="pitches"/> by <paramref name="law"/>, where there are shots for it.</summary>
    protected abstract BankDraw Draw(IChain chain, MelodicLine line, ReadOnlySpan<int> pitches, ReadOnlySpan<double> law, Xoshiro random);
}
