using System.Collections.Immutable;
using QuantumImprov.Engine.Evaluation;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Judging;

/// <summary>Lets the partner answer the first half of every melody, having learned those of the other folds, and measures the melody's own second half beside it.</summary>
public static class SelfTrial
{
    /// <summary>Melody i is tested in fold i mod this.</summary>
    public const int Folds = 10;

    /// <summary>Melodies with fewer notes in their second half are learned from, but not answered.</summary>
    public const int FewestNotes = 6;

    /// <summary>Whether <paramref name="melody"/> is long enough to be judged by.</summary>
    public static bool Counts(JudgedMelody melody) => melody.Notes.Length - melody.Half >= FewestNotes;

    /// <summary>
    /// Runs all folds, <paramref name="jobs"/> at a time; the result depends on the melodies, the preset and the seed, not on the jobs. At least two melodies, at least one of which
    /// <see cref="Counts"/>.
    /// </summary>
    /// <param name="melodies">In a fixed order; none is empty.</param>
    /// <param name="preset">How the partner plays.</param>
    /// <param name="seed">Of every random choice.</param>
    /// <param name="jobs">Folds at a time, 1 or more.</param>
    /// <param name="progress">Receives the share done.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public static Judgement Run(ImmutableArray<JudgedMelody> melodies, Preset preset, ulong seed, int jobs, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        var answers = new PartnerAnswer?[melodies.Length];
        var (all, done) = (melodies.Count(Counts), 0);
        Parallel.For(0, Math.Min(Folds, melodies.Length), new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = stop }, fold =>
        {
            var tested = InFold(fold).Where(i => Counts(melodies[i])).ToList();
            if (tested.Count == 0) return;
            var partner = new FoldPartner(Taught(fold), preset);
            foreach (var i in tested)
            {
                stop.ThrowIfCancellationRequested();
                answers[i] = partner.Answer(melodies[i], Xoshiro.Derive(seed, (ulong)i));
                progress?.Report(Interlocked.Increment(ref done) / (double)all);
            }
        });

        // An answer without a note has nothing that could be measured.
        var counted = Enumerable.Range(0, melodies.Length).Where(i => answers[i] is { Notes.IsEmpty: false }).ToList();
        if (counted.Count == 0) return new Judgement { Calls = 0, Partner = AnswerFigures.None };
        var people = counted.Select(i => Human(melodies[i])).ToList();
        var partners = counted.Select((i, n) => people[n] with { Answer = JudgedMelody.Measure(answers[i]!.Notes, melodies[i].Map) }).ToList();
        var reference = new OnsetHistogram(people.Select(p => p.Answer.AsEnumerable()));
        var tonics = counted.Select(i => answers[i]!).Where(a => a.EndDegree == 0).ToList();
        return new Judgement
        {
            Calls = counted.Count,
            Human = AnswerFigures.Of(people, reference, Copied(people)),
            Partner = AnswerFigures.Of(partners, reference, Copied(partners)),
            PlannedTonicKept = tonics.Count == 0 ? null : tonics.Average(a => a.Key.Degree(a.Notes[^1].Pitch) == 0 ? 1.0 : 0),
            EndingDegrees = Endings(),
            PartnerBits = LawBits.Of([.. counted.SelectMany(i => answers[i]!.Choices)]),
            HumanBits = LawBits.Of([.. counted.SelectMany(i => answers[i]!.HumanChoices)]),
            Keys = KeyAccuracy.Of([.. counted.Select((i, n) => (people[n].Key, melodies[i].Signature, answers[i]!.Key, WholeKey.Of(AnswerFigures.Pitches(people[n].Call))))]),
            Shuffle = CallShuffle.Of(people, partners, [.. counted.Select(i => i % Folds)], seed),
        };

        IEnumerable<int> InFold(int fold) => Enumerable.Range(0, melodies.Length).Where(i => i % Folds == fold);

        IEnumerable<JudgedMelody> Taught(int fold) => melodies.Where((_, i) => i % Folds != fold);

        // Fold by fold, since each has a repertoire of its own; then all runs of eight together.
        double? Copied(List<CallAndAnswer> pairs)
        {
            var (copied, runs) = (0.0, 0);
            foreach (var fold in Enumerable.Range(0, counted.Count).GroupBy(n => counted[n] % Folds))
            {
                var mine = fold.Select(n => AnswerFigures.Pitches(pairs[n].Answer)).ToList();
                var count = mine.Sum(line => Math.Max(0, line.Count - 7));
                copied += count * MelodyFigures.Of(mine, [.. Taught(fold.Key).Select(m => AnswerFigures.Pitches(m.Measured))]).Copy8;
                runs += count;
            }

            return runs == 0 ? null : copied / runs;
        }

        EndingVariation Endings()
        {
            var (known, human, partner, planned) = (new EndingDegrees(), new EndingDegrees(), new EndingDegrees(), new EndingDegrees());
            var wholes = melodies.Select(m => WholeKey.Of(AnswerFigures.Pitches(m.Measured))).ToList();
            var folds = new EndingDegrees[Folds];
            for (var fold = 0; fold < Folds; fold++)
            {
                folds[fold] = new EndingDegrees();
                for (var i = 0; i < melodies.Length; i++)
                {
                    if (i % Folds != fold) folds[fold].Add(wholes[i], melodies[i].Notes[^1].Pitch);
                }
            }

            for (var n = 0; n < counted.Count; n++)
            {
                var answer = answers[counted[n]]!;
                known.Add(folds[counted[n] % Folds]);
                human.Add(people[n].Key, people[n].Answer[^1].Pitch);
                partner.Add(people[n].Key, answer.Notes[^1].Pitch);
                planned.Add(answer.Key, answer.Notes[^1].Pitch);
            }

            return new EndingVariation(human.Variation(known), partner.Variation(known), planned.Variation(known));
        }
    }

    private static CallAndAnswer Human(JudgedMelody melody) =>
        new([.. melody.Measured.Take(melody.Half)], [.. melody.Measured.Skip(melody.Half)], WholeKey.Of(melody.Measured.Select(n => n.Pitch)));
}
