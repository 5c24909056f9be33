using System.Collections.Immutable;
using System.Numerics;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Council;

public sealed class PhraseCircuitTests
{
    private static List<PhraseStep> Steps(int notes, int candidates, int qubits, bool unitary) =>
    [
        .. Enumerable.Range(0, notes).Select(t =>
        {
            var council = MemoryCouncil.Random((ulong)(40 + t), 2, candidates, qubits, 1, complex: false, unitary: unitary, signs: false);
            return new PhraseStep([.. council.Plain.Amplitudes], [.. council.Plain.Weights], candidates, council.Operators);
        }),
    ];

    private static IEnumerable<int[]> Phrases(int notes, int candidates) => Enumerable.Range(0, (int)Math.Pow(candidates, notes)).Select(i => Enumerable.Range(0, notes).Select(t => i / (int)Math.Pow(candidates, t) % candidates).ToArray());

    [Theory]
    [InlineData(3, 3, 1, true)]
    [InlineData(3, 3, 2, false)]
    [InlineData(2, 5, 1, false)]
    public async Task The_phrases_that_are_kept_follow_the_chain_with_its_memory_unread(int notes, int candidates, int qubits, bool unitary)
    {
        const int Shots = 60_000;
        var steps = Steps(notes, candidates, qubits, unitary);
        var memory = new CouncilMemory(qubits, 0);
        var start = new Complex[1 << qubits];
        Assert.True(memory.WriteRegister(start));
        var phrase = PhraseCircuit.Build(steps, start);
        var counts = Assert.IsType<Counts>(await new LocalBackend(new Xoshiro(5)).RunAsync(phrase.Circuit, Shots, TestContext.Current.CancellationToken));
        var all = Phrases(notes, candidates).ToList();
        var law = all.Select(p => PhraseProposals.IdealWeight(steps, memory, p)).ToList();
        var (seen, kept, read) = (new int[all.Count], 0, new int[notes]);
        foreach (var shot in counts.Shots)
        {
            if (!phrase.Read(shot, read)) continue;
            kept++;
            seen[all.FindIndex(p => p.SequenceEqual(read))]++;
        }

        Assert.Equal(law.Sum(), kept / (double)Shots, 4 * Math.Sqrt(law.Sum() / Shots));
        Assert.True(kept > 300);
        ChiSquare.AssertFollows([.. law.Select(p => p / law.Sum())], seen);
    }

    [Fact]
    public void The_memory_is_neither_read_nor_reset_and_everything_else_is()
    {
        var steps = Steps(3, 4, 2, false);
        var phrase = PhraseCircuit.Build(steps, [.5, .5, .5, .5]);
        var (note, memory) = (2, new[] { 2, 3 });
        Assert.DoesNotContain(phrase.Circuit.Operations, o => (o.Gate.Name is "measure" or "reset") && memory.Contains(o.Qubits[0]));
        Assert.Equal(3 * note, phrase.Circuit.Operations.Count(o => o.Gate.Name == "measure" && o.Qubits[0] < note));
        Assert.Single(phrase.Circuit.Operations, o => o.Gate.Name == "prep");
        Assert.Equal([4, 4, 4], phrase.Candidates);
    }

    [Fact]
    public void Without_a_memory_it_is_one_note_after_the_other()
    {
        List<PhraseStep> steps = [new([.6, .2, .1, .3], [1, 1], 2, null), new([.1, .2, .4], [1], 3, null)];
        var phrase = PhraseCircuit.Build(steps, []);
        Assert.Equal(2, phrase.Length);
        Assert.Equal(1, Phrases(1, 2).Sum(p => PhraseProposals.IdealWeight([steps[0]], null, p)) / CouncilLaw.Write([.6, .2, .1, .3], [1, 1], 2, 2, 1, new double[2]), 1e-12);
        Assert.Throws<ArgumentException>(() => PhraseCircuit.Build([], []));
        Assert.Throws<ArgumentException>(() => PhraseCircuit.Build([.. Enumerable.Repeat(steps[0], 40)], []));
    }

    [Fact]
    public void Resampled_phrases_follow_the_live_law_although_another_proposed_them()
    {
        var random = new Xoshiro(9);
        double[] live = [.5, .3, .15, .05], proposal = [.25, .25, .25, .25];
        var chosen = new int[4];
        double size = 0;
        for (var round = 0; round < 6_000; round++)
        {
            // Many proposals: the bias of resampling falls with their number.
            var proposals = PhraseProposals.Weigh(Enumerable.Range(0, 200).Select(_ => ImmutableArray.Create(random.NextInt(4))), p => live[p[0]], p => proposal[p[0]]);
            chosen[proposals.Phrases[proposals.Draw(random)][0]]++;
            size += proposals.EffectiveSize / 6_000;
        }

        ChiSquare.AssertFollows(live, chosen);
        // 200 / sum of live^2 / proposal.
        Assert.InRange(size, 130, 142);
        Assert.Equal(-1, PhraseProposals.Weigh([[0]], _ => 0, _ => 1).Draw(random));
        Assert.Equal(0, PhraseProposals.Weigh([[0]], _ => 0, _ => 1).EffectiveSize);
    }
}
