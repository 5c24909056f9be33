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
    /// <param name="dials">Receives what turning the default model's dials does to its pitches, where it is among the models; null: they are not turned.</param>
    /// <param name="generation">Receives the figures of melodies drawn from every blend, in the full view to the rhythms of those held out; null: none are drawn.</param>
    /// <param name="progress">Receives the share done.</param>
    /// <param name="view">What may be known of a note before its pitch. Onsets and durations are foretold in the full view only; the melodies must have times then.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public static ImmutableArray<ModelScore> Run(
        MelodySet set, int folds, IReadOnlyList<string> models, int maxOrder, ulong seed, int jobs, TimeProvider time, (ILawReader Reader, string Model)? laws = null, DialTally? dials = null, Generation? generation = null, IProgress<double>? progress = null, View view = View.Pitch, CancellationToken stop = default)
    {
        Aspect[] aspects = view == View.Full ? [Aspect.Pitch, Aspect.Onset, Aspect.Duration] : [Aspect.Pitch];
        var tallies = aspects.ToDictionary(a => a, _ => new BitTally[folds][]);
        var seconds = new double[models.Count];
        var turns = new DialTally?[folds];
        var all = Math.Max(1, aspects.Length * Enumerable.Range(0, folds).Sum(fold => MemberTrial.Steps(set, fold, folds)));
        var (done, gate) = (0L, new Lock());
        Parallel.For(0, folds, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = stop }, fold =>
        {
            var spent = new Dictionary<string, double>();
            foreach (var aspect in aspects) Foretell(aspect, tallies[aspect][fold] = [.. models.Select(m => new BitTally(m))]);
            lock (gate)
            {
                for (var m = 0; m < models.Count; m++) seconds[m] += spent.GetValueOrDefault(models[m]);
            }

            void Foretell(Aspect aspect, BitTally[] mine)
            {
                var blends = models.Select(m => Models.Blend(m, seed, view, aspect)).OfType<Blends.IBlend>().ToList();
                if (mine.Where(t => PitchContexts.Names.Contains(t.Model)).ToList() is { Count: > 0 } classical)
                    Timed(classical.Select(t => t.Model), () => new PitchContexts(set, aspect, maxOrder).Run(fold, folds, classical, stop));
                if (aspect == Aspect.Pitch && mine.FirstOrDefault(t => t.Model == HiddenTrial.Name) is { } hidden)
                    Timed([hidden.Model], () => new HiddenTrial(set).Run(fold, folds, seed, hidden, stop));
                if (blends.Count == 0) return;
                var blended = blends.Select(b => mine.First(t => t.Model == b.Name)).ToList();
                var pitch = aspect == Aspect.Pitch;
                var trial = new MemberTrial(set, view, aspect, blends, maxOrder, pitch ? dials : null);
                Timed(blends.Select(b => b.Name), () => trial.Run(fold, folds, blended, pitch ? laws : null, pitch && generation is not null ? (generation, seed) : null, Advance, stop));
                if (trial.Dials is { } turned) turns[fold] = turned;
            }

            void Timed(IEnumerable<string> who, Action work)
            {
                var began = time.GetTimestamp();
                work();
                foreach (var name in who) spent[name] = spent.GetValueOrDefault(name) + time.GetElapsedTime(began).TotalSeconds;
            }

            void Advance(int notes) => progress?.Report((double)Interlocked.Add(ref done, notes) / all);
        });

        // In the order of the folds: sums of fractions depend on it.
        foreach (var turned in turns.OfType<DialTally>()) dials!.Add(turned);
        return [.. models.Select((name, m) => new ModelScore(name, Means(Aspect.Pitch, m), Curve(tallies[Aspect.Pitch], m), seconds[m])
        {
            Onset = Mean(Aspect.Onset, m), Duration = Mean(Aspect.Duration, m),
        })];

        ImmutableArray<double> Means(Aspect aspect, int m) => tallies.TryGetValue(aspect, out var told) ? [.. told.Select(t => t[m]).Where(t => t.Notes > 0).Select(t => t.Mean)] : [];

        double? Mean(Aspect aspect, int m) => Means(aspect, m) is { IsEmpty: false } means ? means.Average() : null;
    }

    private static ImmutableArray<double> Curve(BitTally[][] tallies, int m) =>
        [.. Enumerable.Range(0, BitTally.Marks.Length).Select(mark => tallies.Select(t => t[m].Marked(mark)).Aggregate((Bits: 0.0, Notes: 0L), (a, b) => (a.Bits + b.Bits, a.Notes + b.Notes))).Select(sum => sum.Bits / sum.Notes)];
}
