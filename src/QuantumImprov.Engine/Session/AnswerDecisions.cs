using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Session;

/// <summary>Finds the decisions behind the notes of an answer.</summary>
internal static class AnswerDecisions
{
    /// <summary>For each of <paramref name="notes"/> of <paramref name="answer"/> the number of the decision that chose it; 0 where none was written down, as for the notes of a chord beside the one that was chosen. Allocates.</summary>
    /// <param name="log">What was written down.</param>
    /// <param name="answer">Which of the session's answers.</param>
    /// <param name="start">The felt beat it starts on: what was chosen for it may have been moved forward, to where the partner comes in.</param>
    /// <param name="notes">Its notes.</param>
    public static ImmutableArray<long> Of(DecisionLog log, ulong answer, Beats start, ReadOnlySpan<AheadNote> notes)
    {
        var numbers = new long[notes.Length];
        foreach (var record in log.Count == 0 ? [] : log.All())
        {
            if (record.Answer != answer) continue;
            for (var i = 0; i < notes.Length; i++)
            {
                var isThere = notes[i].On == record.On || (record.On == start && notes[i].On < start);
                if (isThere && notes[i].Voice == record.Voice && notes[i].Pitch == record.Candidates[record.Chosen]) numbers[i] = record.Number;
            }
        }

        return [.. numbers];
    }
}
