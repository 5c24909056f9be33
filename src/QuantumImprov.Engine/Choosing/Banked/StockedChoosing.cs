using System.Numerics;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>Choosing with shots as they are in stock: nothing is ordered, and no class is written anew. Allocates nothing after construction. [engine]</summary>
/// <param name="bank">The shots.</param>
/// <param name="contexts">Which of them serve which context.</param>
public sealed class StockedChoosing(ShotBank bank, ContextTable contexts) : ShotChoosing
{
    /// <summary>Choices that <see cref="ShareOfLatest"/> looks back at.</summary>
    public const int Latest = 64;

    private ulong _latest;

    /// <summary>Choices made so far.</summary>
    public long Choices { get; private set; }

    /// <summary>The share of shots' choices among the latest, 0 to 1; 0 before the first.</summary>
    public double ShareOfLatest => BitOperations.PopCount(_latest) / (double)Math.Clamp(Choices, 1, Latest);

    /// <summary>Shots used up so far, for choices and for measuring laws.</summary>
    public long Used { get; private set; }

    /// <inheritdoc/>
    protected override BankDraw Draw(IChain chain, MelodicLine line, ReadOnlySpan<int> pitches, ReadOnlySpan<double> law, Xoshiro random)
    {
        Span<int> serving = stackalloc int[3];
        var draw = bank.Draw(pitches, law, serving[..contexts.Of(line, serving)], random);
        (_latest, Choices) = (_latest << 1 | (draw.Kind == DrawKind.Absent || draw.Batch is null ? 0UL : 1), Choices + 1);
        Used = 0;
        for (var @class = 0; @class < ShotBank.MostClasses; @class++) Used += bank.Taken(@class);
        return draw;
    }
}
