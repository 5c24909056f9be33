using System.Collections.Immutable;

namespace QuantumImprov.Engine.Evaluation;

/// <summary>What one model needed.</summary>
/// <param name="Name">The model.</param>
/// <param name="Folds">Bits a note, fold by fold; folds without notes are left out.</param>
/// <param name="Curve">Bits a note in the second half of the way to 25, 50, 100 and 200 notes of a melody; NaN where no melody is so long.</param>
/// <param name="Seconds">Working time, all folds together. Blends of the members share the time of asking them.</param>
public sealed record ModelScore(string Name, ImmutableArray<double> Folds, ImmutableArray<double> Curve, double Seconds)
{
    /// <summary>Bits a note for onset intervals, mean of the folds; null where the view has none or the model does not foretell them.</summary>
    public double? Onset { get; init; }

    /// <summary>Bits a note for durations, likewise.</summary>
    public double? Duration { get; init; }

    /// <summary>The mean of the folds.</summary>
    public double Bits { get; } = Folds.Length == 0 ? 0 : Folds.Average();

    /// <summary>The standard error of that mean over the folds.</summary>
    public double StandardError => Folds.Length < 2 ? 0 : Math.Sqrt(Folds.Sum(f => (f - Bits) * (f - Bits)) / (Folds.Length - 1) / Folds.Length);

    /// <summary>Student's t of the paired differences over the folds: above 0 when this one needs fewer bits than <paramref name="other"/>; 0 when nothing differs.</summary>
    public double T(ModelScore other)
    {
        var differences = Folds.Zip(other.Folds, (mine, theirs) => theirs - mine).ToArray();
        var mean = differences.Average();
        var deviation = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / Math.Max(1, differences.Length - 1));
        return deviation > 0 ? mean / (deviation / Math.Sqrt(differences.Length)) : 0;
    }
}
