using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class DegreeFlowTests
{
    // The places of a bar of four quarters: its line, a beat, between beats.
    private static readonly NoteTime[] Places = [new(0, 24, 0, 96, 24), new(24, 24, 24, 96, 24), new(30, 6, 30, 96, 24)];

    // The message of degree a, t notes before the end, is the share of all walks from a that stand on the ending after t steps, each step by the weight of the place it leads to: summed here walk
    // by walk.
    [Fact]
    public void Messages_are_the_share_of_walks_that_reach_the_ending_by_the_weights_of_the_places()
    {
        var random = new Xoshiro(7);
        foreach (var mode in new[] { Mode.Major, Mode.Minor })
        {
            var (flow, counts) = (new DegreeFlow(), new double[3, 12, 12]);
            var key = new Key(5, mode);
            for (var i = 0; i < 300; i++)
            {
                var (from, to) = (40 + random.NextInt(40), 40 + random.NextInt(40));
                flow.HearStep(key, from, to, Places[i % 3]);
                counts[i % 3, key.Degree(from), key.Degree(to)]++;
            }

            foreach (var ending in new[] { 0, 3, 7, 11 })
            {
                var messages = new double[DegreeFlow.Reach * 12];
                messages[ending] = 1;
                for (var t = 1; t < DegreeFlow.Reach; t++) flow.WriteBefore(mode, Weight(t), messages.AsSpan((t - 1) * 12, 12), messages.AsSpan(t * 12, 12));
                for (var t = 1; t <= 3; t++)
                {
                    var walks = Enumerable.Range(0, 12).Select(a => Walks(a, t, ending)).ToArray();
                    for (var a = 0; a < 12; a++) Assert.Equal(walks[a] / walks.Max(), messages[t * 12 + a], 1e-12);
                }

                for (var t = 0; t < DegreeFlow.Reach; t++) Assert.Equal(1, messages.Skip(t * 12).Take(12).Max());
            }

            double Walks(int from, int steps, int ending)
            {
                if (steps == 0) return from == ending ? 1 : 0;
                var all = Enumerable.Range(0, 12).Sum(b => Step(b));
                return Enumerable.Range(0, 12).Sum(b => Step(b) / all * Walks(b, steps - 1, ending));

                double Step(int to) => counts[Weight(steps), from, to] + .1 * counts[1, from, to] + .05;
            }

            // Of the place that is reached with so many notes left to the ending.
            static int Weight(int left) => (left + 2) % 3;
        }
    }

    [Fact]
    public void Major_and_minor_are_counted_apart_and_an_ending_taken_back_is_gone()
    {
        var flow = new DegreeFlow();
        var unheard = flow.Endings(Mode.Major, 7);
        flow.HearEnding(new Key(0, Mode.Major), 67, Places[1]);
        Assert.Equal(unheard + 1, flow.Endings(Mode.Major, 7));
        Assert.Equal(unheard, flow.Endings(Mode.Minor, 7));
        Assert.Equal(1, flow.EndingsAt(4, 1));
        flow.TakeBackEnding(new Key(0, Mode.Major), 67, Places[1]);
        Assert.Equal(unheard, flow.Endings(Mode.Major, 7), 1e-12);
        Assert.Equal(0, flow.EndingsAt(4, 1));
        Assert.True(flow.EndingsAt(4, 0) > 0 && flow.EndingsAt(4, 0) == flow.EndingsAt(4, 2), "Strong beats have no head start.");
    }
}
