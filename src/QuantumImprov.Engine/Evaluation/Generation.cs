using System.Collections.Immutable;

namespace QuantumImprov.Engine.Evaluation;

/// <summary>
/// Melodies drawn from the laws of trained models, as many and as long as those held out in each fold, and their figures beside those of the held-out people. Folds report in any order. [any]
/// </summary>
public sealed class Generation
{
    private readonly SortedDictionary<int, Dictionary<string, MelodyFigures>> _folds = [];
    private readonly Lock _gate = new();

    /// <summary>The name under which people's melodies stand.</summary>
    public const string Human = "human";

    /// <summary>People and models that were measured.</summary>
    public ImmutableArray<string> Names => _folds.Count == 0 ? [] : [.. _folds.First().Value.Keys];

    /// <summary>The mean over the folds.</summary>
    public MelodyFigures Of(string name) => MelodyFigures.Mean([.. _folds.Values.Select(f => f[name])]);

    internal void Add(int fold, Dictionary<string, MelodyFigures> figures)
    {
        lock (_gate) _folds[fold] = figures;
    }
}
