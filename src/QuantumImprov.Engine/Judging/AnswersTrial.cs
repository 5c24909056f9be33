namespace QuantumImprov.Engine.Judging;

/// <summary>Measures answers that somebody has made, by their calls.</summary>
public static class AnswersTrial
{
    /// <summary>The figures of <paramref name="pairs"/>, at least one: a call and an answer in the call's metres, both with a note at least. The key is the call's.</summary>
    public static Judgement Run(IReadOnlyList<(JudgedMelody Call, JudgedMelody Answer)> pairs)
    {
        var judged = pairs.Select(p => new CallAndAnswer(p.Call.Measured, JudgedMelody.Measure(p.Answer.Notes, p.Call.Map), WholeKey.Of(p.Call.Measured.Select(n => n.Pitch)))).ToList();
        return new Judgement
        {
            Calls = judged.Count,
            Partner = AnswerFigures.Of(judged, new OnsetHistogram(judged.Select(p => p.Call.AsEnumerable())), copy8: null),
        };
    }
}
