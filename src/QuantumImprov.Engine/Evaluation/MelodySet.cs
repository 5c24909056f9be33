using System.Collections.Immutable;

namespace QuantumImprov.Engine.Evaluation;

/// <summary>Melodies in a fixed order, and the pitches that occur anywhere among them. Melody i is tested in fold i mod K. Immutable.</summary>
public sealed class MelodySet(ImmutableArray<Melody> melodies)
{
    /// <summary>The melodies.</summary>
    public ImmutableArray<Melody> Melodies { get; } = melodies;

    /// <summary>All pitches that occur, ascending: what every law is over.</summary>
    public ImmutableArray<int> Alphabet { get; } = [.. melodies.SelectMany(m => m.Pitches).Distinct().Order()];

    /// <summary>All values that occur, ascending: what every law of this aspect is over.</summary>
    public ImmutableArray<int> Values(Aspect aspect) => aspect == Aspect.Pitch ? Alphabet : [.. Melodies.SelectMany(m => m.Values(aspect)).Distinct().Order()];

    /// <summary>How many notes there are.</summary>
    public int Notes { get; } = melodies.Sum(m => m.Pitches.Length);

    /// <summary>What is learned from when <paramref name="fold"/> of <paramref name="folds"/> is tested.</summary>
    public IEnumerable<Melody> Training(int fold, int folds) => Melodies.Where((_, i) => i % folds != fold);

    /// <summary>What is tested in <paramref name="fold"/> of <paramref name="folds"/>.</summary>
    public IEnumerable<Melody> Test(int fold, int folds) => Melodies.Where((_, i) => i % folds == fold);
}
