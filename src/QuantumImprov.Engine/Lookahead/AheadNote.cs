using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Bank;

namespace QuantumImprov.Engine.Lookahead;

/// <summary>A chosen note that waits in the plan.</summary>
/// <param name="On">Musical time of its start.</param>
/// <param name="Off">Musical time of its end.</param>
/// <param name="Pitch">0 to 127.</param>
/// <param name="Velocity">1 to 127.</param>
/// <param name="Consensus">How much the council agreed on it.</param>
public readonly record struct AheadNote(Beats On, Beats Off, byte Pitch, byte Velocity, float Consensus)
{
    /// <summary>What chose its pitch.</summary>
    public ShotOrigin Origin { get; init; }

    /// <summary>Which of the partner's voices plays it, from 0, the leading one.</summary>
    public byte Voice { get; init; }
}
