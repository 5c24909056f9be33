using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>Choosing with shots as they are in stock: nothing is ordered, and no class is written anew. Allocates nothing after construction. [engine]</summary>
/// <param name="bank">The shots.</param>
/// <param name="contexts">Which of them serve which context.</param>
public sealed class StockedChoosing(ShotBank bank, ContextTable contexts) : IShotSource
{
    private readonly double[] _law = new double[Candidates.Capacity];

    /// <summary>Told of every choice: the law, and the index chosen. For measuring; null in concert.</summary>
    public ChoiceObserver? Observer { get; set; }

    /// <inheritdoc/>
    public void Begin()
    {
    }

    /// <inheritdoc/>
    public Decision Choose(IChain chain, MelodicLine line, Candidates candidates, Xoshiro random)
    {
        var law = _law.AsSpan(0, candidates.Count);
        chain.WriteLaw(law);
        Span<int> serving = stackalloc int[3];
        return BankedChoosing.Choose(bank, serving[..contexts.Of(line, serving)], chain, line, candidates, law, random, Observer);
    }
}
