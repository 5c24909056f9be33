using CsCheck;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Repertoire;

public class ContextTrieTests
{
    // Melodies learned, taken back in any order or from the end, the trie cleared now and then: along every line each symbol followed each context as often as the plain dictionary says.
    // Few symbols and many repeats, so that buckets burst, and burst again; an order below the melodies' length, so that contexts end there.
    [Theory]
    [InlineData(2, 6)]
    [InlineData(3, 64)]
    [InlineData(3, 0)]
    [InlineData(12, 4)]
    public void Every_context_went_on_as_its_definition_says_whatever_was_learned_and_taken_back(int alphabet, int order) =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, alphabet - 1].Array[0, 24], Gen.Int[0, 3]).Array[1, 24].Sample(steps =>
        {
            var (trie, line, plain, known) = (new ContextTrie(order), new ContextLine(), new Dictionary<string, Dictionary<int, int>>(), new List<int[]>());
            foreach (var (action, melody, times) in steps)
            {
                line.Restart();
                switch (action)
                {
                    case 0 when times == 0:
                        trie.Clear();
                        plain.Clear();
                        known.Clear();
                        break;
                    case 1 or 2 when known.Count > 0:
                        var taken = known[melody.Length % known.Count];
                        known.Remove(taken);
                        foreach (var symbol in taken) trie.Unlearn(line, symbol);
                        Tally(plain, taken, order, -1);
                        break;
                    case 3:
                        foreach (var symbol in melody) trie.Learn(line, symbol);
                        trie.Retract(line, melody.Length / 2);
                        Assert.Equal(melody[..^(melody.Length / 2)].Reverse().Take(ContextTrie.MaxOrder), Enumerable.Range(0, line.Depth).Select(ago => line[ago]));
                        trie.EndSequence();
                        known.Add(melody[..^(melody.Length / 2)]);
                        Tally(plain, known[^1], order, 1);
                        break;
                    default:
                        var learned = action > 5 && known.Count > 0 ? known[^1] : melody;
                        for (var time = 0; time <= times; time++)
                        {
                            line.Restart();
                            foreach (var symbol in learned) trie.Learn(line, symbol);
                            trie.EndSequence();
                            known.Add([.. learned]);
                            Tally(plain, learned, order, 1);
                        }

                        break;
                }
            }

            foreach (var melody in known.Take(6).Append(steps[0].Item2)) AssertSame(trie, plain, melody, order, alphabet);
        }, iter: 100);

    [Fact]
    public void A_run_counts_when_it_was_learned_and_only_then()
    {
        var (trie, line, random) = (new ContextTrie(), new ContextLine(), new Xoshiro(5));
        var melody = Enumerable.Range(0, 3000).Select(_ => random.NextInt(3)).ToArray();
        foreach (var symbol in melody) trie.Learn(line, symbol);
        var text = string.Concat(melody);
        var (held, checks) = (0, 0);
        for (var trial = 0; trial < 2000; trial++)
        {
            var order = random.NextInt(12);
            var asked = new ContextLine();
            var run = new int[order];
            for (var i = 0; i < order; i++) asked.Push(run[i] = random.NextInt(3));
            var next = random.NextInt(3);
            var expected = text.Contains(string.Concat(run) + next, StringComparison.Ordinal);
            Assert.Equal(expected, trie.Count(asked, order, next) > 0);
            (held, checks) = (held + (expected ? 1 : 0), checks + 1);
        }

        Assert.InRange(held, checks / 4, checks * 3 / 4);
    }

    [Fact]
    public void A_cleared_trie_learns_like_a_new_one_in_the_same_memory()
    {
        var (trie, line, random) = (new ContextTrie(), new ContextLine(), new Xoshiro(3));
        long held = 0;
        for (var piece = 0; piece < 40; piece++)
        {
            trie.Clear();
            line.Restart();
            var (plain, melody) = (new Dictionary<string, Dictionary<int, int>>(), new int[piece % 4 == 0 ? 2000 : 30]);
            for (var i = 0; i < melody.Length; i++) trie.Learn(line, melody[i] = random.NextInt(12));
            Tally(plain, melody, 8, 1);
            AssertSame(trie, plain, melody[^8..], 8, 12);
            if (piece == 20) held = trie.Bytes;
        }

        Assert.InRange(trie.Bytes, 1, held * 5 / 4);
    }

    // A tune played a thousand times is a place a note and few nodes, where every context of it would be a node each.
    [Fact]
    public void A_tune_played_over_and_over_costs_little_more_than_its_places()
    {
        var (trie, line, random) = (new ContextTrie(), new ContextLine(), new Xoshiro(8));
        var tune = Enumerable.Range(0, 200).Select(_ => random.NextInt(12)).ToArray();
        var notes = 0;
        for (; notes < 200_000; notes++) trie.Learn(line, tune[notes % tune.Length]);
        Assert.InRange(trie.NodeCount, 1, 4 * tune.Length);
        Assert.InRange(trie.Bytes / (double)notes, 8, 16);
    }

    private static void Tally(Dictionary<string, Dictionary<int, int>> plain, int[] melody, int order, int sign)
    {
        for (var i = 0; i < melody.Length; i++)
        {
            for (var length = 0; length <= Math.Min(order, i); length++)
            {
                var key = string.Join(',', melody[(i - length)..i]);
                if (!plain.TryGetValue(key, out var successors)) plain[key] = successors = [];
                if ((successors[melody[i]] = successors.GetValueOrDefault(melody[i]) + sign) == 0) successors.Remove(melody[i]);
            }
        }
    }

    private static void AssertSame(ContextTrie trie, Dictionary<string, Dictionary<int, int>> plain, int[] melody, int order, int alphabet)
    {
        var line = new ContextLine();
        for (var i = 0; i <= melody.Length; i++)
        {
            for (var length = 0; length <= Math.Min(order, i); length++)
            {
                plain.TryGetValue(string.Join(',', melody[(i - length)..i]), out var successors);
                for (var symbol = 0; symbol < alphabet; symbol++) Assert.Equal(successors?.GetValueOrDefault(symbol) ?? 0, trie.Count(line, length, symbol));
            }

            if (i < melody.Length) line.Push(melody[i]);
        }
    }
}
