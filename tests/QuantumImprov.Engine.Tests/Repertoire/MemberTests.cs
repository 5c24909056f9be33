using CsCheck;
using QuantumImprov.Engine.Repertoire;
using Xunit;

namespace QuantumImprov.Engine.Tests.Repertoire;

public class MemberTests
{
    private static readonly int[] Alphabet = [60, 62, 64, 65, 67];

    [Fact]
    public void Two_melodies_give_the_published_unit_vector()
    {
        var member = Taught([60, 62, 64, 60, 62, 65], [60, 62, 64, 65, 67]);
        Assert.Equal([.148148, .148148, .351852, .240741, .111111], Law(member, [67, 60, 62]), Near);
        Assert.Equal([.222222, .222222, .194444, .194444, .166667], Law(member, []), Near);
    }

    [Fact]
    public void A_melody_heard_so_far_gives_the_published_unit_vector() =>
        Assert.Equal([.25, .25, .125, .125, .25], Law(Heard([67, 60, 62], out var path), path), Near);

    [Fact]
    public void A_melody_learned_as_it_comes_costs_the_published_bits()
    {
        int[] melody = [60, 62, 64, 65, 67, 60, 62];
        var (member, path) = (new Member(Viewpoint.Pitch, Term.Short), new ContextLine());
        path.Restart();
        var bits = 0.0;
        foreach (var pitch in melody)
        {
            bits -= Math.Log2(Law(member, path)[Array.IndexOf(Alphabet, pitch)]);
            member.Tree.Learn(path, pitch);
        }

        Assert.Equal(18.300617, bits, 1e-6);
    }

    [Fact]
    public void The_law_equals_that_of_every_context_counted_plainly() =>
        Sequences.Sample(sequences =>
        {
            var (member, plain) = (Taught([.. sequences]), new PlainPpm(ContextTrie.MaxOrder));
            foreach (var sequence in sequences) plain.Learn(sequence);
            foreach (var past in sequences) AssertSame(plain.Law(past, Alphabet), Law(member, past));
        }, iter: 2000);

    // So many notes of two pitches that contexts are counted far down, and some of them taken back.
    [Fact]
    public void The_law_equals_the_plain_one_where_every_context_came_often() =>
        Gen.Select(Gen.Int[0, 1].Select(i => Alphabet[i]).Array[0, 90].Array[2, 8], Gen.Int[1, 7]).Sample((sequences, taken) =>
        {
            var (member, plain, line) = (Taught(sequences), new PlainPpm(ContextTrie.MaxOrder), new ContextLine());
            foreach (var sequence in sequences) plain.Learn(sequence);
            foreach (var past in sequences) AssertSame(plain.Law(past, Alphabet), Law(member, past));
            foreach (var sequence in sequences.Take(taken))
            {
                line.Restart();
                foreach (var symbol in sequence) member.Tree.Unlearn(line, symbol);
                plain.Learn(sequence, -1);
            }

            foreach (var past in sequences) AssertSame(plain.Law(past, Alphabet), Law(member, past));
            foreach (var past in sequences)
            {
                for (var i = 0; i < past.Length; i += 7) AssertSame(plain.Law(past[..i], Alphabet), Law(member, past[..i]));
            }
        }, iter: 100);

    [Fact]
    public void The_law_of_a_line_that_learns_as_it_goes_equals_the_plain_one() =>
        Sequences.Sample(sequences =>
        {
            var (member, path, plain) = (new Member(Viewpoint.Pitch, Term.Long), new ContextLine(), new PlainPpm(ContextTrie.MaxOrder));
            foreach (var sequence in sequences)
            {
                member.Tree.EndSequence();
                path.Restart();
                for (var i = 0; i < sequence.Length; i++)
                {
                    // The plain twin counts the piece up to here anew.
                    plain.Learn([.. sequence[..i]]);
                    AssertSame(plain.Law(sequence[..i], Alphabet), Law(member, path));
                    plain.Learn([.. sequence[..i]], -1);
                    member.Tree.Learn(path, sequence[i]);
                }

                plain.Learn(sequence);
            }
        }, iter: 500);

    // What is asked on the way must not change what is learned.
    [Fact]
    public void Asking_ahead_while_a_line_is_learned_changes_no_law() =>
        Gen.Select(Sequences, Sequences).Sample((sequences, asked) =>
        {
            var (member, path, plain) = (new Member(Viewpoint.Pitch, Term.Long), new ContextLine(), new PlainPpm(ContextTrie.MaxOrder));
            path.Restart();
            int[] line = [.. sequences.SelectMany(s => s)];
            for (var i = 0; i < line.Length; i++)
            {
                var ahead = new ContextLine();
                if (i % 2 == 0) ahead.CopyFrom(path);
                else ahead.Restart();
                foreach (var symbol in asked[i % asked.Length])
                {
                    Law(member, ahead);
                    ahead.Push(symbol);
                }

                member.Tree.Learn(path, line[i]);
            }

            plain.Learn(line);
            for (var i = 0; i < line.Length; i++) AssertSame(plain.Law(line[..i], Alphabet), Law(member, line[..i]));
        }, iter: 1000);

    // A partner plays on from where the performer was, while the performer is heard on: it is asked after all that is known by then, and what it plays is not learned.
    [Fact]
    public void A_line_that_plays_while_another_is_learned_knows_all_that_was_learned_by_then() =>
        Gen.Select(Sequences, Gen.Int[0, 4].Select(i => Alphabet[i]).Array[4, 40], Gen.Int[0, 4].Select(i => Alphabet[i]).Array[40], Gen.Int[0, 2].Array[40]).Sample((before, heard, played, turns) =>
        {
            var (member, performer, partner, plain) = (Taught(before), new ContextLine(), new ContextLine(), new PlainPpm(ContextTrie.MaxOrder));
            foreach (var sequence in before) plain.Learn(sequence);
            var past = new List<int>();
            for (var i = 0; i < heard.Length; i++)
            {
                member.Tree.Learn(performer, heard[i]);
                if (turns[i] == 0)
                {
                    partner.CopyFrom(performer);
                    past = [.. heard[..(i + 1)]];
                }
                else if (turns[i] == 1)
                {
                    partner.Push(played[i]);
                    past.Add(played[i]);
                }

                plain.Learn([.. heard[..(i + 1)]]);
                AssertSame(plain.Law(past, Alphabet), Law(member, partner));
                plain.Learn([.. heard[..(i + 1)]], -1);
            }
        }, iter: 300);

    [Fact]
    public void The_end_of_a_line_that_is_taken_back_leaves_no_trace_in_the_law() =>
        Gen.Select(Sequences, Gen.Int[0, 4].Select(i => Alphabet[i]).Array[0, 30], Gen.Int[0, 4].Select(i => Alphabet[i]).Array[1, 30], Gen.Int[0, 4].Select(i => Alphabet[i]).Array[0, 30]).Sample((before, kept, removed, later) =>
        {
            var (member, path, plain) = (Taught(before), new ContextLine(), new PlainPpm(ContextTrie.MaxOrder));
            path.Restart();
            foreach (var symbol in kept) member.Tree.Learn(path, symbol);
            foreach (var symbol in removed)
            {
                Law(member, path);
                member.Tree.Learn(path, symbol);
            }

            member.Tree.Retract(path, removed.Length);
            foreach (var symbol in later) member.Tree.Learn(path, symbol);
            foreach (var sequence in before) plain.Learn(sequence);
            int[] line = [.. kept, .. later];
            plain.Learn(line);
            foreach (var past in before.Append(removed)) AssertSame(plain.Law(past, Alphabet), Law(member, past));
            for (var i = 0; i <= line.Length; i++) AssertSame(plain.Law(line[..i], Alphabet), Law(member, line[..i]));
        }, iter: 1000);

    [Fact]
    public void What_is_unlearned_leaves_no_trace_in_the_law() =>
        Gen.Select(Sequences, Sequences).Sample((kept, removed) =>
        {
            var member = Taught([.. kept, .. removed]);
            var path = new ContextLine();
            foreach (var sequence in removed)
            {
                path.Restart();
                foreach (var symbol in sequence) member.Tree.Unlearn(path, symbol);
            }

            var plain = new PlainPpm(ContextTrie.MaxOrder);
            foreach (var sequence in kept) plain.Learn(sequence);
            foreach (var past in kept.Concat(removed)) AssertSame(plain.Law(past, Alphabet), Law(member, past));
            foreach (var sequence in removed) Teach(member, sequence);
            foreach (var sequence in removed) plain.Learn(sequence);
            foreach (var past in kept.Concat(removed)) AssertSame(plain.Law(past, Alphabet), Law(member, past));
        }, iter: 1000);

    [Fact]
    public void One_key_repeated_for_an_hour_touches_no_more_nodes_than_the_longest_context()
    {
        var (tree, path) = (new ContextTrie(), new ContextLine());
        path.Restart();
        for (var i = 0; i < 36_000; i++) tree.Learn(path, 60);
        Assert.InRange(tree.NodeCount, 1, ContextTrie.MaxOrder + 3);
        Assert.Equal(ContextTrie.MaxOrder, path.Depth);
    }

    private static Gen<int[][]> Sequences => Gen.Int[0, 4].Select(i => Alphabet[i]).Array[0, 24].Array[1, 5];

    private static Member Taught(params int[][] sequences)
    {
        var member = new Member(Viewpoint.Pitch, Term.Long);
        foreach (var sequence in sequences) Teach(member, sequence);
        return member;
    }

    private static void Teach(Member member, int[] sequence)
    {
        var path = new ContextLine();
        path.Restart();
        member.Tree.EndSequence();
        foreach (var symbol in sequence) member.Tree.Learn(path, symbol);
        member.Tree.EndSequence();
    }

    private static Member Heard(int[] sequence, out ContextLine path)
    {
        var member = new Member(Viewpoint.Pitch, Term.Short);
        path = new ContextLine();
        path.Restart();
        foreach (var symbol in sequence) member.Tree.Learn(path, symbol);
        return member;
    }

    private static double[] Law(Member member, int[] past)
    {
        var path = new ContextLine();
        path.Restart();
        foreach (var symbol in past) path.Push(symbol);
        return Law(member, path);
    }

    // Without the floor that the member adds, so that the figures are the published ones.
    private static double[] Law(Member member, ContextLine path)
    {
        var law = new double[Alphabet.Length];
        member.Law(path, new MelodicContext(-1, -1, default), Alphabet, new LawWorkspace(128), law);
        return [.. law.Select(p => (p - Member.Floor / Alphabet.Length) / (1 - Member.Floor))];
    }

    private static void AssertSame(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-12);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 2e-6;
}
