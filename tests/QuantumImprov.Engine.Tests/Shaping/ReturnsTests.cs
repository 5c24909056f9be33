using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class ReturnsTests
{
    // Steps 2 2 1 2 -4 ...
    private static readonly int[] Tune = [60, 62, 64, 65, 67, 63, 62];

    [Fact]
    public void A_run_of_four_steps_of_the_call_is_known_at_any_pitch()
    {
        var returns = Beginning(.5);
        foreach (var pitch in new[] { 50, 52, 54, 55 }) returns.Play(pitch);
        Assert.True(returns.Completes(57));
        Assert.False(returns.Completes(56));
        Assert.False(returns.Begins(57) && !returns.Completes(57) && returns.Begins(70));
    }

    [Fact]
    public void Three_steps_of_a_run_begin_it()
    {
        var returns = Beginning(.5);
        foreach (var pitch in new[] { 50, 52, 54 }) returns.Play(pitch);
        Assert.True(returns.Begins(55));
        Assert.False(returns.Begins(56));
        Assert.False(returns.Completes(55));
    }

    [Fact]
    public void What_is_owed_is_preferred_and_what_was_too_much_is_damped()
    {
        var wanting = Beginning(1);
        foreach (var pitch in new[] { 50, 52, 54, 55 }) wanting.Play(pitch);
        Assert.Equal(1, wanting.Favour(57));
        Assert.InRange(wanting.Favour(56), 0, .2);
        var having = Beginning(0);
        foreach (var pitch in new[] { 50, 52, 54, 55, 57 }) having.Play(pitch);
        Assert.Equal(1, having.Favour(58));
        // Steps 2 1 2 -4 are the call's second run.
        Assert.InRange(having.Favour(53), 0, .5);
    }

    // An octave lower; the fifth root of 1/32, since a run has five notes.
    [Fact]
    public void In_place_a_note_returns_where_the_call_had_it_and_goes_on_after_the_one_before()
    {
        var (returns, call) = (new Returns(), new Call());
        call.Take([.. Tune.Select((p, i) => new CallNote(Beats.Of(i), Beats.Quarter, (byte)p, 80))]);
        returns.BeginInPlace(call, 1 / 32.0, -12);
        Assert.Equal(Math.Exp(3 * .5 * 3), returns.Preference, 1e-9);
        returns.Await(1, free: true);
        Assert.True(returns.Begins(50) && !returns.Completes(50) && returns.IsSaidThere(50) && returns.IsSaidThere(62) && !returns.IsSaidThere(51));
        Assert.False(returns.Begins(62));
        Assert.Equal(1, returns.Favour(50));
        Assert.Equal(1 / returns.Preference, returns.Favour(52), 1e-9);
        returns.Play(50);
        returns.Await(2, free: true);
        Assert.True(returns.Completes(52));
        returns.Await(4, free: true);
        Assert.True(returns.Begins(55) && !returns.Completes(55));
        // A place the call has nothing for.
        returns.Await(-1, free: true);
        Assert.False(returns.Begins(52) || returns.IsSaidThere(52));
        // One is counted above; of the five that follow the last is a motif's, which has no choice.
        for (var i = 2; i < 7; i++)
        {
            returns.Await(i, free: i < 6);
            returns.Play(Tune[i] - 12);
        }

        Assert.Equal(Math.Exp(3 * (.5 * (5 + 3) - 5)), returns.Preference, 1e-9);
        // With every step of four again, anywhere, when it begins anew.
        returns.Begin(call, .5);
        Assert.False(returns.IsSaidThere(60));
    }

    [Fact]
    public void Without_a_call_of_five_notes_nothing_is_preferred()
    {
        var (returns, call) = (new Returns(), new Call());
        call.Take([new CallNote(default, Beats.Quarter, 60, 80)]);
        returns.Begin(call, 1);
        for (var i = 0; i < 9; i++) returns.Play(60 + i);
        Assert.Equal(1, returns.Favour(64));
    }

    // First half: steps 2 2 1 2 -2 -1; second half: 2 2 1 2 (a return), 2 1 2 -1 (not), 1 2 -1 3 (not).
    [Fact]
    public void A_repertoire_is_as_fond_of_returns_as_its_phrases_are()
    {
        var habit = new MotifHabit();
        var young = habit.Share;
        LearnedNote[] phrase = [.. new[] { 60, 62, 64, 65, 67, 65, 64, 70, 72, 74, 75, 77, 76, 79 }.Select((p, i) => new LearnedNote(Beats.Of(i), Beats.Quarter, new Pitch(p), 80))];
        for (var i = 0; i < 2_000; i++) habit.Hear(phrase);
        Assert.Equal(1 / 3.0, habit.Share, .005);
        for (var i = 0; i < 2_000; i++) habit.TakeBack(phrase);
        Assert.Equal(young, habit.Share, 1e-12);
        habit.Hear(phrase.AsSpan(0, 11));
        Assert.Equal(young, habit.Share);
    }

    private static Returns Beginning(double share)
    {
        var (returns, call) = (new Returns(), new Call());
        call.Take([.. Tune.Select((p, i) => new CallNote(Beats.Of(i), Beats.Quarter, (byte)p, 80))]);
        returns.Begin(call, share);
        return returns;
    }
}
