using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class FavouringTests
{
    // Eighths up to the third beat of the second bar.
    private const int Last = 12;

    private static readonly Key CMajor = default;

    [Fact]
    public void With_room_for_all_three_wishes_all_three_hold()
    {
        var plan = Planned(60, 72, ending: 7);
        var candidates = Favoured(plan, index: 0, previous: 64, keyLock: 1, leap: 4);
        Assert.Equal([60, 62, 64, 65, 67], candidates);
    }

    // The call leaps up a fifth, 7 semitones, from its second note; 5 and a third more are 6.
    [Fact]
    public void A_leap_of_the_call_may_return_a_third_wider_than_others()
    {
        var (call, returns, candidates, plan) = (new Call(), new Returns(), new Candidates(), Planned(60, 72, ending: 7));
        call.Take([.. new[] { 60, 62, 69 }.Select((p, i) => new CallNote(Beats.Of(i), Beats.Quarter, (byte)p, 80))]);
        Assert.Equal([60, 62, 64, 65, 67], Reached(leap: 5));
        Assert.Equal([60, 62, 64, 65, 67, 69], Reached(leap: 6));

        int[] Reached(int leap)
        {
            returns.BeginInPlace(call, 1, 0);
            foreach (var (place, pitch) in new[] { (0, 60), (1, 62) })
            {
                returns.Await(place, free: true);
                returns.Play(pitch);
            }

            returns.Await(2, free: true);
            new Favouring(1, leap).Favour(candidates, plan, 0, 62, returns: returns);
            return candidates.Close() ? candidates.Pitches.ToArray() : [];
        }
    }

    // The motif's: 72 after 60, two octave leaps of its own, where 9 is the limit.
    [Fact]
    public void A_leap_within_the_motif_may_be_wider_too()
    {
        var (call, plan) = (new Call(), new AnswerPlan());
        call.Take([.. new[] { 60, 72, 60, 72, 67, 65, 64, 62 }.Select((p, i) => new CallNote(Beats.Of(i), Beats.Quarter, (byte)p, 80))]);
        new Planning(new PlanningRules(1, 4, 48, 88, 0, 0, 1)).Plan(plan, call, call, 4, Beats.Of(8), default, default, 0, new DegreeFlow(), 1, 0, new Xoshiro(1));
        Assert.Equal((MotifForm.Same, 72), (plan.Motif, plan.Slots[1].Target));
        Assert.Contains(72, Favoured(plan, index: 1, previous: 60, keyLock: 1, leap: 9));
        Assert.DoesNotContain(71, Favoured(plan, index: 1, previous: 60, keyLock: 1, leap: 9));
        Assert.DoesNotContain(72, Favoured(plan, index: 1, previous: 60, keyLock: 1, leap: 8));
    }

    [Fact]
    public void Outside_the_key_the_favour_is_what_the_lock_leaves()
    {
        var plan = Planned(60, 72, ending: 7);
        var candidates = new Candidates();
        new Favouring(.8, 24).Favour(candidates, plan, 0, -1);
        for (var i = 0; i < candidates.Count; i++)
            Assert.Equal((CMajor.Holds(candidates.Pitches[i]) ? 1 : .2) * plan.Arc.Favour(0, candidates.Pitches[i]), candidates.Favour[i], 1e-12);
    }

    [Fact]
    public void Towards_the_end_each_pitch_is_favoured_as_it_leads_home_and_the_last_is_the_ending()
    {
        var plan = Planned(60, 72, ending: 7);
        var candidates = new Candidates();
        new Favouring(0, 24).Favour(candidates, plan, Last - 2, 60);
        for (var i = 0; i < candidates.Count; i++) Assert.Equal(plan.LeadsHome(Last - 2, candidates.Pitches[i]) * plan.Arc.Favour((Last - 2.0) / Last, candidates.Pitches[i]), candidates.Favour[i], 1e-15);
        Assert.Equal([67], Favoured(plan, index: Last, previous: 65, keyLock: 1, leap: 4));
    }

    [Fact]
    public void The_leap_gives_way_first()
    {
        var plan = Planned(60, 72, ending: 7);
        // From 60 the fifth is further than a third, but the answer was meant to end there.
        Assert.Equal([67], Favoured(plan, index: Last, previous: 60, keyLock: 1, leap: 4));
        // From far outside the range everything in key is a leap.
        Assert.Equal([60, 62, 64, 65, 67, 69, 71, 72], Favoured(plan, index: 0, previous: 10, keyLock: 1, leap: 4));
    }

    [Fact]
    public void The_key_gives_way_next_and_the_ending_stays()
    {
        // An ending outside the key, which a preset that locks the key would forbid.
        var plan = Planned(60, 72, ending: 6);
        Assert.Equal([66], Favoured(plan, index: Last, previous: 60, keyLock: 1, leap: 4));
    }

    [Fact]
    public void The_ending_gives_way_last_and_the_range_never()
    {
        // Narrower than any preset's range, which always holds every pitch class.
        var plan = Planned(68, 70, ending: 7);
        Assert.Equal([68, 69, 70], Favoured(plan, index: Last, previous: 60, keyLock: 1, leap: 4));
    }

    [Fact]
    public void On_a_bar_line_the_notes_of_the_bars_chord_are_preferred()
    {
        var (plan, call) = (Planned(60, 72, ending: 0), new Call());
        call.Take([.. new[] { 65, 69, 72, 69 }.Select((pitch, i) => new CallNote(Beats.Of(i), Beats.Of(1), (byte)pitch, 80))]);
        plan.Chords.Follow(call, CMajor, 0, Beats.Zero, plan.Metre);
        var candidates = new Candidates();
        foreach (var (index, outside) in new[] { (0, Favouring.OffChord), (1, 1) })
        {
            new Favouring(0, 24).Favour(candidates, plan, index, -1);
            for (var i = 0; i < candidates.Count; i++)
                Assert.Equal((candidates.Pitches[i] % 12 is 5 or 9 or 0 ? 1 : outside) * plan.Arc.Favour(index / (double)Last, candidates.Pitches[i]), candidates.Favour[i], 1e-12);
        }
    }

    private static AnswerPlan Planned(int low, int high, int ending)
    {
        var (plan, call) = (new AnswerPlan(), new Call());
        call.Take([.. Enumerable.Range(0, 16).Select(i => new CallNote(Beats.Of(i, 2), Beats.Of(1, 2), 66, 80))]);
        new Planning(new PlanningRules(2, 2, low, high, 0, 0, 1, Motif: 0)).Plan(plan, call, call, 2, Beats.Of(8), default, CMajor, ending, PlanningTests.EndingOnTheThirdBeat(), .25, 0, new Xoshiro(1));
        Assert.Equal(((low, high), Last + 1), (plan.Range, plan.Count));
        plan.Chords.Clear();
        return plan;
    }

    private static int[] Favoured(AnswerPlan plan, int index, int previous, double keyLock, int leap)
    {
        var candidates = new Candidates();
        new Favouring(keyLock, leap).Favour(candidates, plan, index, previous);
        return candidates.Close() ? candidates.Pitches.ToArray() : [];
    }
}
