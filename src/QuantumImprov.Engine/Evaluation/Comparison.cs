using System.Collections.Immutable;

namespace QuantumImprov.Engine.Evaluation;

/// <summary>Predicts a set of melodies with many models, fold by fold, each on melodies it has not learned from.</summary>
public static class Comparison
{
    /// <summary>
    /// Runs all folds, <paramref name="jobs"/> at a time. The result depends on the set, the folds, the models and the seed, not on the jobs.
    /// </summary>
    /// <param name="set">The melodies.</param>
    /// <param name="folds">K, 2 or more.</param>
    /// <param name="models">Names out of <see cref="Models.All"/>.</param>
    /// <param name="maxOrder">The longest context any model looks at; the viewpoints' own bounds hold as well.</param>
    /// <param name="seed">Of every random start.</param>
    /// <param name="jobs">Folds at a time, 1 or more.</param>
    /// <param name="time">For the seconds a model takes.</param>
    /// <param name="laws">Is told every law of one model; null: nobody.</param>
    /// <param name="dials">Receives what turning the default model's dials does, where it is among the models; null: they are not turned.</param>
    /// <param name="generation">Receives the figures of melodies drawn from every blend; null: none are drawn.</param>
    /// <param name="progress">Receives the share done.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public static ImmutableArray<ModelScore> Run(
        MelodySet set, int folds, IReadOnlyList<string> models, int maxOrder, ulong seed, int jobs, TimeProvider time, (ILawReader Reader, string Model)? laws = null, DialTally? dials = null, Generation? generation = null, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        var tallies = new BitTally[folds][];
        var seconds = new double[models.Count];
        var turns = new DialTally?[folds];
        var all = Math.Max(1, Enumerable.Range(0, folds).Sum(fold => MemberTrial.Steps(set, fold, folds)));
        var (done, gate) = (0L, new Lock());
        Parallel.For(0, folds, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = stop }, fold =>
        {
            var mine = tallies[fold] = [.. models.Select(m => new BitTally(m))];
            var blends = models.Select(m => Models.Blend(m, seed)).OfType<Blends.IBlend>().ToList();
            var spent = new Dictionary<string, double>();
            if (mine.Where(t => PitchContexts.Names.Contains(t.Model)).ToList() is { Count: > 0 } classical)
                Timed(classical.Select(t => t.Model), () => new PitchContexts(set, maxOrder).Run(fold, folds, classical, stop));
            if (mine.FirstOrDefault(t => t.Model == HiddenTrial.Name) is { } hidden) Timed([hidden.Model], () => new HiddenTrial(set).Run(fold, folds, seed, hidden, stop));
            if (blends.Count > 0)
            {
                var blended = blends.Select(b => mine.First(t => t.Model == b.Name)).ToList();
                var trial = new MemberTrial(set, blends, maxOrder, dials);
                Timed(blends.Select(b => b.Name), () => trial.Run(fold, folds, blended, laws, generation is null ? null : (generation, seed), Advance, stop));
                if (trial.Dials is { } turned) turns[fold] = turned;
            }

            lock (gate)
            {
                for (var m = 0; m < models.Count; m++) seconds[m] += spent.GetValueOrDefault(models[m]);
            }

            void Timed(IEnumerable<string> who, Action work)
            {
                var began = time.GetTimestamp();
                work();
                foreach (var name in who) spent[name] = time.GetElapsedTime(began).TotalSeconds;
            }

            void Advance(int notes) => progress?.Report((double)Interlocked.Add(ref done, notes) / all);
        });

        // In the order of the folds: sums of fractions depend on it.
        foreach (var turned in turns.OfType<DialTally>()) dials!.Add(turned);
        return [.. models.Select((name, m) => new ModelScore(
            name,
            [.. tallies.Select(t => t[m]).Where(t => t.Notes > 0).Select(t => t.Mean)],
            [.. Enumerable.Range(0, BitTally.Marks.Length).Select(mark => tallies.Select(t => t[m].Marked(mark)).Aggregate((Bits: 0.0, Notes: 0L), (a, b) => (a.Bits + b.Bits, a.Notes + b.Notes))).Select(sum => sum.Bits / sum.Notes)],
            seconds[m]))];
    }
}
