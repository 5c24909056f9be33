using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// How much the phrases that were learned say again in their second half what they said in their first: the measure of how much an answer should. Allocates nothing after construction. [engine]
/// </summary>
public sealed class MotifHabit
{
    private const int Shortest = 12;

    // What a young repertoire is taken for: people's share in folk songs and chorales lies between .18 and .26, in fiddle tunes far above.
    private const double Prior = .25, PriorRuns = 40;

    private readonly Returns _returns = new();
    private readonly byte[] _pitches = new byte[Phrase.Capacity];
    private double _returned, _runs;

    /// <summary>The share of runs of four steps that are returns, 0 to 1.</summary>
    public double Share => (_returned + Prior * PriorRuns) / (_runs + PriorRuns);

    /// <summary>Counts a phrase that was learned.</summary>
    public void Hear(ReadOnlySpan<LearnedNote> notes) => Count(notes, 1);

    /// <summary>Takes back what <see cref="Hear"/> counted.</summary>
    public void TakeBack(ReadOnlySpan<LearnedNote> notes) => Count(notes, -1);

    private void Count(ReadOnlySpan<LearnedNote> notes, int by)
    {
        var count = Math.Min(notes.Length, _pitches.Length);
        if (count < Shortest) return;
        for (var i = 0; i < count; i++) _pitches[i] = (byte)notes[i].Pitch.Number;
        var (returned, runs) = _returns.Within(_pitches.AsSpan(0, count));
        _returned += by * returned;
        _runs += by * runs;
    }
}
