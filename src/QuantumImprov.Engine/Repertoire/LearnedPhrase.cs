using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// A phrase as it was learned: enough to learn it again and arrive at the same predictors. Immutable; two phrases are equal when their notes, metre and
/// source are and both are favoured or neither is.
/// </summary>
/// <param name="Notes">The notes in the order they were learned in.</param>
/// <param name="Metre">The metre their onsets are counted in.</param>
/// <param name="Source">Where it came from: <see cref="FromPerformer"/>, <see cref="FromShipped"/>, or what <see cref="FromFile"/> makes.</param>
public sealed record LearnedPhrase(ImmutableArray<LearnedNote> Notes, Metre Metre, string Source)
{
    /// <summary>The source of what the performer played.</summary>
    public const string FromPerformer = "performer";

    /// <summary>The source of the repertoire that comes with the product.</summary>
    public const string FromShipped = "shipped";

    /// <summary>The source of what was learned from the file <paramref name="name"/>.</summary>
    public static string FromFile(string name) => $"file:{name}";

    /// <summary>Whether the performer likes it: answers take it up the more often.</summary>
    public bool Favoured { get; init; }

    /// <summary>Which of the session's phrases it is, from 1, as they were heard; 0: none of this session's. Not kept in files and not compared.</summary>
    public int Number { get; init; }

    /// <inheritdoc/>
    public bool Equals(LearnedPhrase? other) =>
        other is not null && Metre == other.Metre && Source == other.Source && Favoured == other.Favoured && Notes.AsSpan().SequenceEqual(other.Notes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Metre);
        hash.Add(Source);
        foreach (var note in Notes.AsSpan()) hash.Add(note);
        return hash.ToHashCode();
    }
}
