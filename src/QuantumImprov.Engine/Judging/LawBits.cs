namespace QuantumImprov.Engine.Judging;

/// <summary>Bits notes cost under the chain's own law and under the shaped one: what intention costs, or gains.</summary>
/// <param name="Free">Mean bits a note, unshaped, of the notes shaping allowed; null when there are none.</param>
/// <param name="Constrained">Mean bits of the same notes, shaped.</param>
/// <param name="Forbidden">Share of all notes that shaping forbade, 0 to 1; null when there are none.</param>
public sealed record LawBits(double? Free, double? Constrained, double? Forbidden)
{
    /// <summary>The means over all <paramref name="choices"/>.</summary>
    internal static LawBits Of(IEnumerable<Choice> choices)
    {
        var (free, shaped, allowed, all) = (0.0, 0.0, 0L, 0L);
        foreach (var choice in choices)
        {
            all++;
            if (choice is not { Free: > 0, Shaped: > 0 }) continue;
            allowed++;
            free -= Math.Log2(choice.Free);
            shaped -= Math.Log2(choice.Shaped);
        }

        return new LawBits(allowed == 0 ? null : free / allowed, allowed == 0 ? null : shaped / allowed, all == 0 ? null : 1 - allowed / (double)all);
    }
}
