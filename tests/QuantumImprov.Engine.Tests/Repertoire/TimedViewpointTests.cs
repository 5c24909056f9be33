using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using Xunit;

namespace QuantumImprov.Engine.Tests.Repertoire;

public class TimedViewpointTests
{
    private static readonly Key CMajor = new(0, Mode.Major);

    [Fact]
    public void Derived_known_linked_and_threaded_viewpoints_see_what_they_say()
    {
        var step = Viewpoint.From("step", 20, c => c.Previous);
        Assert.Equal(60, step.Symbols);
        // 3 above 60 is 20 + 3; further than the range is its end; without a reference the value has symbols of its own.
        Assert.Equal((23, 0, 39, 45), (step.Of(After(60), 63), step.Of(After(60), 10), step.Of(After(60), 99), step.Of(After(-1), 5)));

        var seen = Viewpoint.Known("seen", 4, c => c.First);
        Assert.Equal((2, 3, 4), (seen.Of(new MelodicContext(60, 2, CMajor), 7), seen.Of(new MelodicContext(60, 9, CMajor), 7), seen.Of(new MelodicContext(60, -1, CMajor), 7)));
        Assert.True(seen.Shares);

        var linked = step.Linked(seen);
        Assert.Equal((60 * 5, 23 * 5 + 2, false), (linked.Symbols, linked.Of(new MelodicContext(60, 2, CMajor), 63), linked.Shares));
        var threaded = step.Threaded("even", c => c.Previous % 2 == 0);
        Assert.True(threaded.SeesNote(After(60)));
        Assert.False(threaded.SeesNote(After(61)));
        Assert.True(step.SeesNote(After(61)));
        Assert.Equal(3, step.Within(3).MaxOrder);

        static MelodicContext After(int previous) => new(previous, previous, CMajor);
    }

    // Two candidates in three share a symbol: half of its mass each.
    [Fact]
    public void Candidates_that_look_the_same_share_evenly()
    {
        var up = new Viewpoint("up", 2, 4, static (c, pitch) => pitch > c.Previous ? 1 : 0) { Shares = true };
        var (member, path, law) = (new Member(up, Term.Long), new ContextLine(), new double[3]);
        path.Restart();
        foreach (var symbol in new[] { 1, 1, 1, 0, 1, 1 }) member.Tree.Learn(path, symbol);
        member.Law(path, new MelodicContext(60, 60, CMajor), [59, 62, 64], new LawWorkspace(2), law);
        Assert.Equal(1, law.Sum(), 1e-12);
        Assert.Equal(law[1], law[2], 1e-12);
        Assert.True(law[1] + law[2] > law[0]);
    }

    [Fact]
    public void A_member_that_does_not_see_the_note_says_nothing()
    {
        var member = new Member(Viewpoint.Pitch.Threaded("never", static _ => false), Term.Long);
        var (path, law) = (new ContextLine(), new double[4]);
        path.Restart();
        member.Tree.Learn(path, 60);
        Assert.Equal(0, member.Law(path, new MelodicContext(60, 60, CMajor), [60, 61, 62, 63], new LawWorkspace(128), law));
        Assert.All(law, p => Assert.Equal(.25, p));
    }

    // Four quarters a bar, the second bar like the first: from the second bar on the echo is a bar back, and once it has been right it is trusted more.
    [Fact]
    public void The_echo_is_what_sounded_at_the_same_place_of_an_earlier_bar()
    {
        var (moment, trust) = (new Moment(), new List<int>());
        moment.Begin(null);
        int[] bar = [60, 64, 67, 72];
        for (var i = 0; i < 16; i++)
        {
            var time = NoteTime.Of(new Beats(Beats.PerQuarter * i), new Beats(Beats.PerQuarter * (1 + i % 2) / 2), Beats.Zero, Metre.Of(4, 4));
            moment.AwaitPitch(time);
            if (i >= 4)
            {
                Assert.Equal((bar[i % 4], time.Duration), (moment.EchoPitch, moment.EchoDuration));
                trust.Add(moment.EchoTrust);
            }
            else
            {
                Assert.Equal((0, -1), (moment.EchoBars, moment.EchoPitch));
            }

            moment.Arrive(time, bar[i % 4]);
        }

        Assert.Equal(trust.Order(), trust);
        Assert.True(trust[^1] > trust[0]);
    }

    [Fact]
    public void Notes_are_counted_on_a_grid_from_the_bar_line()
    {
        var time = NoteTime.Of(new Beats(Beats.PerQuarter * 5), new Beats(Beats.PerQuarter / 2), new Beats(Beats.PerQuarter), Metre.Of(4, 4));
        Assert.Equal(new NoteTime(120, 12, 0, 96, 24), time);
        // An upbeat of a quarter stands at the end of a bar.
        Assert.Equal(72, NoteTime.Of(Beats.Zero, Beats.Zero, new Beats(Beats.PerQuarter), Metre.Of(4, 4)).Place);
    }
}
