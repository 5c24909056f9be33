using System.CommandLine;
using System.Globalization;
using System.Text;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Terminal;
using QuantumImprov.Quantum.Chains.Hidden;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>chain-study</c>: hidden quantum Markov models beside hidden Markov models, on processes whose law is known exactly.</summary>
public static class ChainStudyVerb
{
    private const int Length = 3000, BurnIn = 1000, TrainingSequences = 20, TestSequences = 10;
    private const int LongSequences = 200, LongLength = 10_000;
    private const int SmallestStates = 2, LargestStates = 8;
    private static readonly (int Kraus, int Hmm, int Iterations, int Epochs) Full = (3, 8, 400, 60), Quick = (2, 2, 60, 25);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var seed = Flags.Seed();
        var quick = Flags.Switch("--quick", "Fewer restarts and shorter learning: seconds instead of minutes, and weaker figures.");
        var command = new Command("chain-study", "Learns hidden quantum Markov models of one qubit, with hidden Markov models of 2 to 8 states beside them.\n\nExample:\n  quantumimprov chain-study --seed 1 --json") { seed, quick };
        var json = new JsonFlags(command);
        command.SetAction((result, stop) =>
        {
            var effort = result.GetValue(quick) ? Quick : Full;
            var answer = Progress.Show("studying", progress => Run(result.GetValue(seed) ?? RespondVerb.DefaultSeed, effort, progress, stop));
            json.Write(result, answer.ToJson());
            if (!json.TakesOutput(result)) Console.Out.Write(answer.InWords());
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static Study Run(ulong seed, (int Kraus, int Hmm, int Iterations, int Epochs) effort, IProgress<double> progress, CancellationToken stop)
    {
        var data = HiddenProcess.All.Select((process, k) => new Data(process, Xoshiro.Derive(seed, (ulong)k))).ToArray();
        var jobs = new List<Job>();
        for (var k = 0; k < data.Length; k++)
        {
            // The long ones first, so that both cores end together.
            for (var states = LargestStates; states >= SmallestStates; states--)
            {
                foreach (var emission in Enum.GetValues<Emission>()) jobs.AddRange(Enumerable.Range(0, effort.Hmm).Select(r => new Job(k, states, emission, r)));
            }

            jobs.AddRange(Enumerable.Range(0, effort.Kraus).Select(r => new Job(k, 0, default, r)));
        }

        jobs = [.. jobs.OrderByDescending(job => job.States)];
        var scores = new (double Score, double Accuracy)[jobs.Count];
        var done = 0;
        Parallel.For(0, jobs.Count, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var job = jobs[i];
            scores[i] = data[job.Set].Learn(job, effort.Iterations, effort.Epochs, stop);
            progress.Report((double)Interlocked.Increment(ref done) / jobs.Count);
        });

        // Of several restarts the one that fits the training data best is kept; the test data have no say.
        double Best(int set, int states, Emission emission) =>
            jobs.Zip(scores).Where(p => p.First.Set == set && p.First.States == states && p.First.Emission == emission).MaxBy(p => p.Second.Score).Second.Accuracy;
        SortedDictionary<string, double> Sizes(int set, Emission emission) =>
            new(Enumerable.Range(SmallestStates, LargestStates - SmallestStates + 1).ToDictionary(n => n.ToString(CultureInfo.InvariantCulture), n => Best(set, n, emission)), StringComparer.Ordinal);
        var sets = data.Select((d, k) =>
        {
            var (mean, error) = LongRun(d.Process, Xoshiro.Derive(seed, 100 + (ulong)k));
            return new SetResult(d.Process.Name, d.Accuracy(d.Process.Set.Operators()), Best(k, 0, default), Sizes(k, Emission.State), Sizes(k, Emission.Edge), d.Process.ClosedForm, mean, error);
        }).ToArray();
        return new Study(sets, EmbeddingsEqual(), IllegalRefused());
    }

    private static (double Mean, double StandardError) LongRun(HiddenProcess process, ulong seed)
    {
        var accuracies = new double[LongSequences];
        var operators = process.Set.Operators();
        Parallel.For(0, LongSequences, i =>
        {
            var sequence = Draw(process, BurnIn + LongLength, Xoshiro.Derive(seed, (ulong)i));
            accuracies[i] = HiddenProcess.DescriptionAccuracy(operators.LogLikelihood(sequence, BurnIn), LongLength, process.Set.Symbols);
        });
        var mean = accuracies.Average();
        return (mean, Math.Sqrt(accuracies.Sum(x => (x - mean) * (x - mean)) / (LongSequences - 1) / LongSequences));
    }

    private static byte[] Draw(HiddenProcess process, int length, ulong seed)
    {
        var filter = new KrausFilter(process.Set);
        filter.Restart(0);
        return filter.Draw(length, new Xoshiro(seed));
    }

    private static bool EmbeddingsEqual()
    {
        var markov = ClassicalEmbedding.OfMarkov(Table).Operators();
        var states = ClassicalEmbedding.OfStates(Table, Shown).Operators();
        double worst = 0;
        foreach (var word in Words(3, 5)) worst = Math.Max(worst, Math.Abs(markov.Probability(word) - TableProbability(word)));
        foreach (var word in Words(2, 5)) worst = Math.Max(worst, Math.Abs(states.Probability(word) - ForwardProbability(word)));
        return worst < 1e-12;
    }

    private static bool IllegalRefused()
    {
        try
        {
            ClassicalEmbedding.OfMarkovWithoutBranches(Table);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static readonly double[,] Table = { { .5, .3, .2 }, { .3, .4, .3 }, { .2, .3, .5 } }, Shown = { { .9, .1 }, { .35, .65 }, { 0, 1 } };

    private static double TableProbability(byte[] word)
    {
        var p = Enumerable.Range(0, 3).Sum(i => Table[i, word[0]]) / 3;
        for (var t = 1; t < word.Length; t++) p *= Table[word[t - 1], word[t]];
        return p;
    }

    private static double ForwardProbability(byte[] word)
    {
        double[] at = [1 / 3.0, 1 / 3.0, 1 / 3.0];
        foreach (var y in word) at = [.. Enumerable.Range(0, 3).Select(j => Shown[j, y] * Enumerable.Range(0, 3).Sum(i => at[i] * Table[i, j]))];
        return at.Sum();
    }

    private static IEnumerable<byte[]> Words(int symbols, int longest) =>
        Enumerable.Range(1, longest).SelectMany(length => Enumerable.Range(0, (int)Math.Pow(symbols, length)).Select(code =>
            Enumerable.Range(0, length).Select(t => (byte)(code / (int)Math.Pow(symbols, t) % symbols)).ToArray()));

    /// <summary>States 0: the quantum model.</summary>
    private sealed record Job(int Set, int States, Emission Emission, int Restart);

    private sealed class Data(HiddenProcess process, ulong seed)
    {
        private readonly byte[][] _training = [.. Enumerable.Range(0, TrainingSequences).Select(i => Draw(process, Length, Xoshiro.Derive(seed, (ulong)i)))];
        private readonly byte[][] _test = [.. Enumerable.Range(0, TestSequences).Select(i => Draw(process, Length, Xoshiro.Derive(seed, TrainingSequences + (ulong)i)))];

        public HiddenProcess Process => process;

        public double Accuracy(SymbolOperators model) =>
            HiddenProcess.DescriptionAccuracy(_test.Sum(s => model.LogLikelihood(s, BurnIn)), (long)TestSequences * (Length - BurnIn), process.Set.Symbols);

        public (double Score, double Accuracy) Learn(Job job, int iterations, int epochs, CancellationToken stop)
        {
            var own = Xoshiro.Derive(seed, 1000 + (ulong)((((job.States * 2) + (int)job.Emission) * 100) + job.Restart));
            if (job.States == 0)
            {
                var kraus = KrausLearner.Learn(_training, process.Set.Symbols, new KrausLearning { Epochs = epochs }, own, stop: stop);
                return (kraus.Score, Accuracy(kraus.Model.Operators()));
            }

            var hmm = BaumWelch.Learn(_training, process.Set.Symbols, job.States, job.Emission, own, iterations);
            return (hmm.Score, Accuracy(hmm.Model.Operators()));
        }
    }

    private sealed record SetResult(
        string Name, double True, double Kraus, SortedDictionary<string, double> States, SortedDictionary<string, double> Edges, double ClosedForm, double Long, double LongError);

    private sealed record Study(SetResult[] Sets, bool EmbeddingEqual, bool IllegalRefused)
    {
        public object ToJson() => new
        {
            sets = Sets.ToDictionary(s => s.Name, s => new
            {
                true_da = s.True, hqmm2_da = s.Kraus, hmm_state = s.States, hmm_edge = s.Edges, closed_form = s.ClosedForm,
                long_da = s.Long, long_se = s.LongError, long_symbols = LongSequences * LongLength,
            }),
            embedding_equal = EmbeddingEqual,
            illegal_refused = IllegalRefused,
        };

        public string InWords()
        {
            var text = new StringBuilder("Description accuracy on unseen sequences: 0 is an even guess, 1 is certainty.\n\n");
            text.Append(CultureInfo.InvariantCulture, $"{"",-26}").AppendJoin("", Sets.Select(s => $"{s.Name,10}")).AppendLine();
            Row("closed form", s => s.ClosedForm);
            Row("2,000,000 symbols", s => s.Long);
            Row("  standard error", s => s.LongError);
            Row("true model", s => s.True);
            Row("quantum, 2 levels", s => s.Kraus);
            for (var n = SmallestStates; n <= LargestStates; n++)
            {
                var key = n.ToString(CultureInfo.InvariantCulture);
                Row($"classical, {n} states", s => s.States[key]);
                Row("  emitting on the move", s => s.Edges[key]);
            }

            text.AppendLine().AppendLine(EmbeddingEqual ? "Classical chains embed with exactly their own law." : "Classical chains do NOT embed with their own law.");
            text.AppendLine(IllegalRefused ? "The form with one operator a symbol is refused: it loses probability." : "The form with one operator a symbol was NOT refused.");
            return text.ToString();

            void Row(string name, Func<SetResult, double> value) =>
                text.Append(CultureInfo.InvariantCulture, $"{name,-26}").AppendJoin("", Sets.Select(s => value(s).ToString("0.00000", CultureInfo.InvariantCulture).PadLeft(10))).AppendLine();
        }
    }
}
