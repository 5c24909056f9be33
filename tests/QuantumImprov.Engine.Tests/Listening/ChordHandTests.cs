using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

public class ChordHandTests
{
    private readonly ChordHand _hand = new();

    [Fact]
    public void A_chord_counts_from_when_it_was_struck_until_the_next_is_though_it_is_let_go()
    {
        Assert.True(_hand.IsEmpty);
        Strike(4, 60, 64, 67);
        LetGo(60, 64, 67);
        Strike(8, 53, 57, 60);
        Assert.Equal(["C", "C", "C", "F", "F"], new[] { 0, 4, 7.9, 8, 100 }.Select(at => _hand.At(At(at)).Text));
        _hand.Forget();
        Assert.True(_hand.IsEmpty);
    }

    [Fact]
    public void Keys_that_go_down_one_after_the_other_make_one_chord_and_one_key_none()
    {
        _hand.Hear(ShortMessage.NoteOn(3, 57, 80), At(4));
        Assert.True(_hand.IsEmpty);
        _hand.Hear(ShortMessage.NoteOn(3, 60, 80), At(4.05));
        _hand.Hear(ShortMessage.NoteOn(3, 64, 80), At(4.1));
        _hand.Hear(ShortMessage.NoteOn(3, 67, 80), At(4.15));
        Assert.Equal("Am7", _hand.At(At(4.06)).Text);
        // All notes off lets go of what was lost.
        _hand.Hear(ShortMessage.Control(3, 123, 0), At(5));
        Strike(6, 62, 65, 69);
        Assert.Equal("Dm", _hand.At(At(6)).Text);
    }

    [Theory]
    [InlineData(16, "C C F F|G G G G")]
    [InlineData(20, "G G G G|C C F F")]
    public void An_answer_goes_over_what_was_held_under_its_call_from_its_own_first_bar_on(int start, string expected)
    {
        Strike(0, 60, 64, 67);
        LetGo(60, 64, 67);
        Strike(2.1, 53, 57, 60);
        LetGo(53, 57, 60);
        Strike(4, 55, 59, 62);
        var chart = _hand.ChartFor(At(0), At(7.5), At(start), default, default);
        Assert.Equal(expected, string.Join('|', chart.Bars.Select(bar => string.Join(' ', bar))));
        // Whatever bar the answer begins in, that is the call's first.
        Assert.Equal("C", chart.At(At(start), Beats.Zero, default).Text);
        Assert.Equal("G", chart.At(At(start + 4), Beats.Zero, default).Text);
    }

    [Fact]
    public void Very_many_chords_are_known_by_the_last()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Strike(4 * i, 48 + i % 12, 52 + i % 12, 55 + i % 12);
            LetGo(48 + i % 12, 52 + i % 12, 55 + i % 12);
        }

        Assert.Equal(Scale.Roots[999 % 12], _hand.At(At(4_000)).Text);
        Assert.Equal(Scale.Roots[900 % 12], _hand.At(At(3_601)).Text);
        Assert.Equal(Scale.Roots[(1_000 - 256) % 12], _hand.At(At(0)).Text);
    }

    private static Beats At(double quarters) => new((long)Math.Round(quarters * Beats.PerQuarter));

    private void Strike(double at, params int[] keys)
    {
        foreach (var key in keys) _hand.Hear(ShortMessage.NoteOn(3, key, 80), At(at));
    }

    private void LetGo(params int[] keys)
    {
        foreach (var key in keys) _hand.Hear(ShortMessage.NoteOff(3, key), default);
    }
}
