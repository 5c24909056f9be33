using System.Collections.Immutable;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// What the council has learned about its members: weight a and exponent alpha of every member in every confidence class. Immutable; compared by content.
/// </summary>
/// <param name="Members">The members' names; the order of the rows.</param>
/// <param name="Classes">Confidence classes; the length of a row.</param>
/// <param name="Weights">a, row by row: member k in class c stands at k * <paramref name="Classes"/> + c.</param>
/// <param name="Tempers">alpha, in the same order.</param>
public sealed record AmplitudeTable(ImmutableArray<string> Members, int Classes, ImmutableArray<double> Weights, ImmutableArray<double> Tempers)
{
    /// <inheritdoc/>
    public bool Equals(AmplitudeTable? other) =>
        other is not null && Classes == other.Classes && Members.AsSpan().SequenceEqual(other.Members.AsSpan())
        && Weights.AsSpan().SequenceEqual(other.Weights.AsSpan()) && Tempers.AsSpan().SequenceEqual(other.Tempers.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Classes);
        foreach (var member in Members.AsSpan()) hash.Add(member);
        foreach (var weight in Weights.AsSpan()) hash.Add(weight);
        foreach (var temper in Tempers.AsSpan()) hash.Add(temper);
        return hash.ToHashCode();
    }
}
