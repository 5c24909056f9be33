namespace QuantumImprov.Engine.Judging;

/// <summary>Bits notes cost under the chain's own law and under the shaped one: what intention costs, or gains.</summary>
/// <param name="Free">Mean bits a note, unshaped, of the notes that could be measured; null when there are none.</param>
/// <param name="Constrained">Mean bits of the same notes, shaped.</param>
/// <param name="Forbidden">Share of all notes that shaping forbade, 0 to 1; null when there are none.</param>
/// <param name="Cut">Share of all notes that shaping allowed and that were cut with the tail of the law.</param>
public sealed record LawBits(double? Free, double? Constrained, double? Forbidden, double? Cut)
{
    /// <summary>The means over all <paramref name="choices"/>.</summary>
    public static LawBits Of(IReadOnlyCollection<Choice> choices)
    {
        var allowed = choices.Where(c => c is { Free: > 0, Shaped: > 0 }).ToList();
        double? all = choices.Count == 0 ? null : choices.Count;
        var cut = choices.Count(c => c.IsCut);
        return new LawBits(Mean(c => c.Free), Mean(c => c.Shaped), (choices.Count - allowed.Count - cut) / all, cut / all);

        double? Mean(Func<Choice, double> law) => allowed.Count == 0 ? null : allowed.Average(c => -Math.Log2(law(c)));
    }
}
