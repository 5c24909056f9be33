using System.Collections.Immutable;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// What the council has learned about its members: weight a and exponent alpha of every member in every confidence class, and every member's step of the memory, and what the members weigh together. Immutable; compared by content.
/// </summary>
/// <param name="Members">The members' names; the order of the rows.</param>
/// <param name="Classes">Confidence classes; the length of a row.</param>
/// <param name="Weights">a, row by row: member k in class c stands at k * <paramref name="Classes"/> + c.</param>
/// <param name="Tempers">alpha, in the same order.</param>
/// <param name="Steps">V, the memory's step of every member, member by member and row by row; empty in tables of versions that had no memory.</param>
public sealed record AmplitudeTable(ImmutableArray<string> Members, int Classes, ImmutableArray<double> Weights, ImmutableArray<double> Tempers, ImmutableArray<double> Steps)
{
    /// <summary>gamma, each member's exponent in the accord of all; empty in tables of versions that had none.</summary>
    public ImmutableArray<double> Accords { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(AmplitudeTable? other) =>
        other is not null && Classes == other.Classes && Members.AsSpan().SequenceEqual(other.Members.AsSpan())
        && Weights.AsSpan().SequenceEqual(other.Weights.AsSpan()) && Tempers.AsSpan().SequenceEqual(other.Tempers.AsSpan())
        && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan()) && Accords.AsSpan().SequenceEqual(other.Accords.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Classes);
        foreach (var member in Members.AsSpan()) hash.Add(member);
        foreach (var weight in Weights.AsSpan()) hash.Add(weight);
        foreach (var temper in Tempers.AsSpan()) hash.Add(temper);
        foreach (var step in Steps.AsSpan()) hash.Add(step);
        foreach (var accord in Accords.AsSpan()) hash.Add(accord);
        return hash.ToHashCode();
    }
}
