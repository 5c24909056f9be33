using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Tests.Session;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Choosing.Witnessing;

public class DecisionLogTests
{
    private static readonly LearnedMusic Learned = ShippedRepertoire.Learn();

    private static readonly ScriptedPerformance Script = new ScriptedPerformance().Play("C4 D4 E4:.5 F4:.5 G4 E4 C4 D4:.5 E4:.5 C4").Rest(12);

    [Fact]
    public void Nothing_is_written_down_until_it_is_switched_on()
    {
        using var session = Concert.Session(Script);
        Assert.NotEmpty(Concert.Play(session, Script).Partner);
        Assert.Equal(0, session.Decisions.Count);
        Assert.Null(session.Decisions.Find(1));
    }

    [Fact]
    public void Every_note_of_an_answer_has_its_decision_and_the_same_notes_sound_without_it()
    {
        using var silent = Concert.Session(Script);
        using var session = Concert.Session(Script);
        session.Decisions.IsOn = true;
        var concert = Concert.Play(session, Script);
        var answer = Assert.Single(concert.Answers);
        Assert.Equal(answer.Notes.Select(n => (int)n.Pitch), session.Decisions.All().Select(d => d.Candidates[d.Chosen]));
        Assert.All(session.Decisions.All(), d => Assert.Equal(1ul, d.Answer));
        Assert.Equal(Concert.Play(silent, Script).Partner, concert.Partner);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(.4, 0, 0)]
    [InlineData(1, .7, 0)]
    [InlineData(.6, .3, .5)]
    public void A_record_has_the_law_and_the_circuit_of_the_moment_long_after_it(double coherence, double phase, double novelty)
    {
        var (log, line, candidates, random) = (new DecisionLog { IsOn = true }, Learned.Members.NewLine(), new Candidates(), new Xoshiro(3));
        var dials = new DialSettings(coherence, phase, novelty);
        var laws = new List<(double[] Law, Circuit Circuit)>();
        for (var i = 0; i < 6; i++)
        {
            candidates.Fill(55, 79);
            for (var x = 0; x < candidates.Count; x++) candidates.Favour[x] = x % 3 == 0 ? .2 : x % 7 == 0 ? 0 : 1;
            Assert.True(Learned.Council.Prepare(line, candidates, dials, .03));
            var law = new double[candidates.Count];
            Learned.Council.WriteLaw(law);
            laws.Add((law, Learned.Council.ToCircuit()));
            var shot = Learned.Council.Play(line, random);
            log.Decided(1, 0, Beats.Of(i), Learned.Council, line, candidates, new Decision(candidates.Pitches[shot.Symbol], candidates.Count, shot.Redraws, shot.Kept, Learned.Council.Consensus));
            Learned.Members.Follow(line, candidates.Pitches[shot.Symbol]);
        }

        foreach (var (record, (law, circuit)) in log.All().Zip(laws))
        {
            Assert.Equal(law, record.Law);
            Assert.Equal(circuit, record.ToCircuit());
            var drawn = record.ToLaws();
            AssertSame(law, record.Council!.Law(record.Council.Coherence));
            AssertSame(law, Scaled([.. drawn.Interfered.Select((p, x) => p * record.Favour[x])]));
            AssertSame(drawn.Dephased, Scaled([.. drawn.Blend.Select((p, x) => p * record.Favour[x])]));
            Assert.Equal(1, drawn.Coherent.Sum(), 1e-9);
            for (var k = 0; k < record.Council.Members.Length; k++) Assert.Equal(1, record.Council.Laws.AsSpan().Slice(k * law.Length, law.Length).ToArray().Sum(), 1e-9);
        }

        // What one note left is what the next began with.
        var all = log.All();
        for (var i = 1; i < all.Count; i++) Assert.Equal(all[i - 1].After, all[i].Council!.Before);
    }

    [Theory]
    [InlineData("grover")]
    [InlineData("walk")]
    [InlineData("hidden")]
    public void Chains_without_a_council_are_written_down_with_their_law_and_circuit(string kind)
    {
        var learned = ShippedRepertoire.Learn();
        learned.PlayWith(new Preset { Chain = kind });
        var (log, line, candidates, random) = (new DecisionLog { IsOn = true }, learned.Members.NewLine(), new Candidates(), new Xoshiro(5));
        candidates.Fill(60, 72);
        var decision = learned.Chain.Choose(line, candidates, DialSettings.Plain, .03, random);
        var law = new double[candidates.Count];
        learned.Chain.WriteLaw(law);
        log.Decided(1, 0, default, learned.Chain, line, candidates, decision);
        var record = log.Find(1)!;
        Assert.Equal((kind, law.Length), (record.Chain, record.Candidates.Length));
        Assert.Equal(law, record.ToLaws().Shaped);
        Assert.Equal(learned.Chain.ToCircuit(), record.ToCircuit());
        Assert.Null(record.Council);
        Assert.Empty(record.After);
    }

    [Fact]
    public void The_last_four_hundred_are_kept()
    {
        var (log, line, candidates) = (new DecisionLog { IsOn = true }, Learned.Members.NewLine(), new Candidates());
        candidates.Fill(60, 62);
        Learned.Council.Prepare(line, candidates, DialSettings.Plain, 0);
        for (var i = 0; i < 420; i++) log.Decided(1, 0, Beats.Of(i), Learned.Council, line, candidates, new Decision(61, 3, 0, true, 1));
        Assert.Equal((420, 21, 400), (log.Count, log.Oldest, log.All().Count));
        Assert.Null(log.Find(20));
        Assert.Equal(Beats.Of(20), log.Find(21)!.On);
        Assert.Null(log.Find(421));
    }

    private static double[] Scaled(double[] numbers) => [.. numbers.Select(n => n / numbers.Sum())];

    private static void AssertSame(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++) Assert.Equal(expected[i], actual[i], 1e-9);
    }
}
