using CsCheck;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Repertoire;

public class ContextTreeTests
{
    private const int Order = 6;

    // Melodies learned, followed, taken back in any order, the tree cleared now and then: after every step every string has the count of the plain dictionary.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(40)]
    public void Every_string_has_the_count_of_its_definition_whatever_was_learned_and_taken_back(int alphabet) =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, alphabet - 1].Array[0, 20]).Array[1, 24].Sample(steps =>
        {
            var (tree, path, counts, known) = (new ContextTree(Order), new ContextPath(), new Dictionary<string, int>(), new List<int[]>());
            foreach (var (action, melody) in steps)
            {
                path.Restart();
                switch (action)
                {
                    case 0:
                        tree.Clear();
                        counts.Clear();
                        known.Clear();
                        break;
                    case 1 or 2 when known.Count > 0:
                        var taken = known[melody.Length % known.Count];
                        known.Remove(taken);
                        foreach (var symbol in taken) tree.Unlearn(path, symbol);
                        Tally(counts, taken, -1);
                        break;
                    case 3:
                        foreach (var symbol in melody) tree.Follow(path, symbol);
                        break;
                    default:
                        var learned = action == 4 && known.Count > 0 ? known[^1] : melody;
                        foreach (var symbol in learned) tree.Learn(path, symbol);
                        tree.EndSequence();
                        known.Add([.. learned]);
                        Tally(counts, learned, 1);
                        break;
                }

                // Asking unfolds what is asked for, so only some states are looked at.
                if (action % 2 == 0) AssertSame(tree, counts, alphabet);
            }

            AssertSame(tree, counts, alphabet);
        }, iter: 2000);

    [Fact]
    public void A_cleared_tree_learns_like_a_new_one_in_the_same_memory()
    {
        var (tree, path, random) = (new ContextTree(), new ContextPath(), new Xoshiro(3));
        long held = 0;
        for (var piece = 0; piece < 40; piece++)
        {
            tree.Clear();
            path.Restart();
            var (counts, melody) = (new Dictionary<string, int>(), new int[piece % 4 == 0 ? 2000 : 30]);
            for (var i = 0; i < melody.Length; i++) tree.Learn(path, melody[i] = random.NextInt(12));
            Tally(counts, melody, 1);
            AssertSame(tree, counts, 12);
            if (piece == 20) held = tree.Bytes;
        }

        Assert.InRange(tree.Bytes, 1, held * 5 / 4);
    }

    private static void Tally(Dictionary<string, int> counts, int[] melody, int sign)
    {
        for (var i = 0; i < melody.Length; i++)
        {
            for (var length = 1; length <= Math.Min(Order + 1, i + 1); length++)
            {
                var key = string.Join(',', melody[(i + 1 - length)..(i + 1)]);
                if ((counts[key] = counts.GetValueOrDefault(key) + sign) == 0) counts.Remove(key);
            }
        }
    }

    // As many strings as the dictionary has, each with its count: so there are no others.
    private static void AssertSame(ContextTree tree, Dictionary<string, int> counts, int alphabet) =>
        Assert.Equal(counts.Count(c => c.Key.Count(k => k == ',') <= Order), Walk(tree, ContextTree.Root, "", 0, counts, alphabet));

    private static int Walk(ContextTree tree, int node, string text, int length, Dictionary<string, int> counts, int alphabet)
    {
        if (length > Order) return 0;
        var found = 0;
        for (var symbol = 0; symbol < alphabet; symbol++)
        {
            var child = tree.Child(node, symbol);
            if (child == 0) continue;
            var key = length == 0 ? $"{symbol}" : $"{text},{symbol}";
            Assert.Equal(counts.GetValueOrDefault(key), tree.Count(child));
            found += 1 + Walk(tree, child, key, length + 1, counts, alphabet);
        }

        return found;
    }
}
