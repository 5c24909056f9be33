using System.Collections.Immutable;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// All that a repertoire is rebuilt from: the members' memories are made again by learning the phrases in order. Immutable; compared by content.
/// </summary>
/// <param name="Phrases">What was learned, the oldest first.</param>
/// <param name="Amplitudes">What the council learned about its members; null when it has not learned yet.</param>
public sealed record RepertoireContent(ImmutableArray<LearnedPhrase> Phrases, AmplitudeTable? Amplitudes)
{
    /// <summary>Nothing learned.</summary>
    public static RepertoireContent Empty { get; } = new([], null);

    /// <inheritdoc/>
    public bool Equals(RepertoireContent? other) =>
        other is not null && Phrases.AsSpan().SequenceEqual(other.Phrases.AsSpan()) && Equals(Amplitudes, other.Amplitudes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Amplitudes);
        foreach (var phrase in Phrases.AsSpan()) hash.Add(phrase);
        return hash.ToHashCode();
    }
}
