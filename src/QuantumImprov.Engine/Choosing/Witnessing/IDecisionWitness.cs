using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Choosing.Witnessing;

/// <summary>Looks on while pitches are chosen. [engine]</summary>
public interface IDecisionWitness
{
    /// <summary>
    /// A pitch was chosen. <paramref name="chain"/> still holds the choice it prepared; the memory of <paramref name="line"/> has moved on, the line itself has not.
    /// </summary>
    /// <param name="answer">Which of the session's answers it belongs to, from 1.</param>
    /// <param name="voice">Which of the partner's voices it is for, from 0, the leading one.</param>
    /// <param name="on">Musical time of the note.</param>
    /// <param name="chain">What chose.</param>
    /// <param name="line">That voice's line.</param>
    /// <param name="candidates">Among what it was chosen, and how much each was favoured.</param>
    /// <param name="decision">What was chosen.</param>
    void Decided(ulong answer, int voice, Beats on, IChain chain, MelodicLine line, Candidates candidates, in Decision decision);
}
