using CsCheck;
using QuantumImprov.Quantum.Chains.Walk;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Walk;

public sealed class WalkTableTests
{
    [Fact]
    public void The_stationary_law_is_left_as_it_is_by_the_table() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 40]).Sample(
            (seed, states) =>
            {
                var table = WalkTables.Random(seed, states, connected: true);
                var pi = new double[states];
                Assert.True(WalkTable.Stationary(table, states, pi));
                Assert.Equal(1, pi.Sum(), 1e-12);
                for (var k = 0; k < states; k++) Assert.Equal(pi[k], Enumerable.Range(0, states).Sum(i => pi[i] * table[(i * states) + k]), 1e-12);
            },
            iter: 300);

    [Fact]
    public void The_published_table_has_degrees_over_forty_two()
    {
        string[] rows = ["E: F D#", "F: E G D C", "G: F C# D", "C#: G F# D#", "F#: C# D# C A", "D#: E C# F# G#", "G#: D# D B A", "D: F G G# B", "B: G# D C A#", "C: F F# B A", "A: F# G# C A#", "A#: B A"];
        string[] names = [.. rows.Select(r => r.Split(':')[0])];
        var table = new double[144];
        int[] degrees = new int[12];
        for (var i = 0; i < 12; i++)
        {
            string[] next = rows[i].Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            degrees[i] = next.Length;
            foreach (var name in next) table[(12 * i) + Array.IndexOf(names, name)] = 1.0 / next.Length;
        }

        var pi = new double[12];
        Assert.True(WalkTable.Stationary(table, 12, pi));
        for (var i = 0; i < 12; i++) Assert.Equal(degrees[i] / 42.0, pi[i], 1e-12);
        Assert.True(WalkTable.IsReversible(table, 12));
    }

    [Fact]
    public void Symmetrising_gives_a_reversible_table_with_the_same_stationary_law() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 30]).Sample(
            (seed, states) =>
            {
                var table = WalkTables.Random(seed, states, connected: true);
                var (pi, same, symmetrised) = (new double[states], new double[states], new double[table.Length]);
                WalkTable.Stationary(table, states, pi);
                Assert.True(WalkTable.Symmetrise(table, states, symmetrised));
                Assert.True(WalkTable.IsReversible(symmetrised, states));
                WalkTable.Stationary(symmetrised, states, same);
                for (var i = 0; i < states; i++)
                {
                    Assert.Equal(pi[i], same[i], 1e-10);
                    Assert.Equal(table[(i * states) + i], symmetrised[(i * states) + i], 1e-12);
                }
            },
            iter: 200);

    [Fact]
    public void A_table_with_states_out_of_reach_has_no_reversible_form()
    {
        foreach (var table in (double[][])[[1, 0, .5, .5], [.5, .5, 0, 1], [1, 0, 0, 1]])
        {
            Assert.False(WalkTable.Stationary(table, 2, new double[2]));
            Assert.False(WalkTable.Symmetrise(table, 2, new double[4]));
            Assert.False(WalkTable.IsReversible(table, 2));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => WalkTable.IsReversible([], -1));
        Assert.Throws<ArgumentException>(() => WalkTable.Stationary([1], 1, new double[2]));
        Assert.Throws<ArgumentException>(() => WalkTable.Symmetrise([1], 1, new double[2]));
    }
}
