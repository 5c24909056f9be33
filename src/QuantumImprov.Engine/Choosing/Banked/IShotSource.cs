using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>What chooses by shots from elsewhere, where there are any, once a chain has prepared its circuit. Waits for nothing. [engine]</summary>
public interface IShotSource
{
    /// <summary>A note is going to be prepared.</summary>
    void Begin();

    /// <summary>Chooses among the candidates that <paramref name="chain"/> was prepared for after <paramref name="line"/>, with the chain's law; what the chain remembers of the line moves on.</summary>
    Decision Choose(IChain chain, MelodicLine line, Candidates candidates, Xoshiro random);
}
