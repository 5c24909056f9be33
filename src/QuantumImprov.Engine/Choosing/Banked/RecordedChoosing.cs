using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>Choosing once more by the shots that a session took, in place of its bank. [engine]</summary>
/// <param name="shots">The shots.</param>
public sealed class RecordedChoosing(RecordedShots shots) : ShotChoosing
{
    /// <summary>The shots.</summary>
    public RecordedShots Shots => shots;

    /// <inheritdoc/>
    protected override BankDraw Draw(IChain chain, MelodicLine line, ReadOnlySpan<int> pitches, ReadOnlySpan<double> law, Xoshiro random) => shots.Draw(pitches, law, random);
}
