using QuantumImprov.Engine.Judging;
using Xunit;
using static QuantumImprov.Engine.Tests.Judging.Lines;

namespace QuantumImprov.Engine.Tests.Judging;

/// <summary>The definitions of docs/judge.md, each on an example small enough to work out by hand.</summary>
public class AnswerFiguresTests
{
    private const double Exact = 1e-12;

    [Fact]
    public void Ends_on_the_tonic_counts_last_notes_on_any_C_of_C_major() =>
        Assert.Equal(2 / 3.0, Figures(Pair("C4 D4", "E4 C5", 4), Pair("C4 D4", "C4 G4", 4), Pair("C4 D4", "B3 A3", 4, "A minor")).EndsOnTonic!.Value, Exact);

    // Last onsets at quarter 4 and 6 of four-four are bar line and half bar, at 5 and 6.5 they are neither.
    [Theory]
    [InlineData("C4:4 D4", 0, 4, 4, 1)]
    [InlineData("C4:6 D4", 0, 4, 4, 1)]
    [InlineData("C4:5 D4", 0, 4, 4, 0)]
    [InlineData("C4:6.5 D4", 0, 4, 4, 0)]
    [InlineData("C4:4.5 D4", 0, 3, 4, 0)]
    [InlineData("C4:6 D4", 0, 3, 4, 1)]
    [InlineData("C4:4.5 D4", 0, 6, 8, 1)]
    [InlineData("C4:4 D4", 0, 6, 8, 0)]
    [InlineData("C4:1.5 D4", 0, 9, 8, 0)]
    [InlineData("C4:1 D4", 0, 2, 4, 1)]
    [InlineData("C4:4 D4", 0, 2, 2, 1)]
    [InlineData("C4:2.5 D4", 0, 5, 4, 0)]
    public void A_strong_beat_is_a_bar_line_or_the_half_of_a_bar_of_even_beats(string answer, double from, int numerator, int denominator, double share) =>
        Assert.Equal(share, Figures(Pair("C4", answer, from, "C major", numerator, denominator)).EndsOnStrongBeat);

    // Steps of the call: 2 2 1 2 2. Of the answer, a fifth higher: 2 2 1 2 -2, so its two runs are 2 2 1 2, which returns, and 2 1 2 -2, which does not. The second answer is too short for any.
    [Fact]
    public void A_motif_returns_at_any_pitch() =>
        Assert.Equal(1 / 2.0, Figures(Pair("C4 D4 E4 F4 G4 A4", "G4 A4 B4 C5 D5 C5", 8), Pair("C4 D4", "C4 D4", 4)).MotifReturn4!.Value, Exact);

    [Fact]
    public void Runs_of_all_answers_count_alike()
    {
        // One of one run returns, and none of three: a quarter, not the half that a mean over answers would be.
        var figures = Figures(Pair("C4 D4 E4 F4 G4", "C4 D4 E4 F4 G4", 8), Pair("C4 D4 E4 F4 G4", "C4 C4 C4 C4 C4 C4 C4", 8));
        Assert.Equal(1 / 4.0, figures.MotifReturn4!.Value, Exact);
        Assert.Null(Figures(Pair("C4", "C4 D4 E4 F4", 4)).MotifReturn4);
    }

    // F# is outside C major. In A minor F# and G# are the raised degrees; C# and A# are outside.
    [Fact]
    public void Out_of_key_is_outside_major_or_minor_with_its_raised_sixth_and_seventh()
    {
        Assert.Equal(1 / 4.0, Figures(Pair("C4", "C4 F#4 B4 A4", 4)).OutOfKey);
        Assert.Equal(2 / 7.0, Figures(Pair("C4", "A4 F4 F#4 G4 G#4 C#4 A#4", 4, "A minor")).OutOfKey!.Value, Exact);
    }

    // The calls begin at 0 1 2 3 of the bar, a quarter each; the answers at 0 0 2 2.5: min(1/2, 1/4) + min(1/4, 1/4).
    [Fact]
    public void Onsets_overlap_where_both_have_them() =>
        Assert.Equal(1 / 2.0, Figures(Pair("C4 C4 C4 C4", "C4:2 C4:.5 C4:1.5 C4", 4)).OnsetOverlap!.Value, Exact);

    [Fact]
    public void Onsets_overlap_metre_by_metre()
    {
        // In three-four all of the answer's three onsets are where the call's are; in four-four none of its one. Every onset counts once.
        var figures = Figures(Pair("C4 C4 C4", "C4 C4 C4", 3, "C major", 3, 4), Pair("C4", "C4", 5));
        Assert.Equal(3 / 4.0, figures.OnsetOverlap!.Value, Exact);

        // Six-eight and three-four are bars of one length and two metres.
        var (three, six) = (Melody("C4 C4", 0, 3, 4).Measured, Melody("C4 C4", 0, 6, 8).Measured);
        Assert.Equal(0, new OnsetHistogram([three]).Overlap(new OnsetHistogram([six])));
        Assert.Equal(1, new OnsetHistogram([six]).Overlap(new OnsetHistogram([six])));
        Assert.Null(new OnsetHistogram([]).Overlap(new OnsetHistogram([six])));
    }

    // 64 places a bar of four-four. Call: one bar with onsets at 0 1 2 3. Answer: a bar at 0 and 2 (two places differ), and one at 0 .5 1 2 3 (one differs).
    [Fact]
    public void Grooves_are_alike_where_onsets_are_and_are_not() =>
        Assert.Equal((62 / 64.0 + 63 / 64.0) / 2, Figures(Pair("C4 C4 C4 C4", "C4:2 C4:2 C4:.5 C4:.5 C4 C4 C4", 4)).GroovingSimilarity!.Value, Exact);

    [Fact]
    public void An_empty_bar_between_has_a_groove_and_pairs_count_before_answers()
    {
        // Answer bars: 0; nothing; 0. Beside the call's 0 1 2 3 they differ in 3, 4 and 3 places.
        var first = Pair("C4 C4 C4 C4", "C4:8 C4", 4);
        Assert.Equal(1 - 10 / (3 * 64.0), Figures(first).GroovingSimilarity!.Value, Exact);

        // A second answer of one bar counts as much as the three bars of the first; 48 places in three-four.
        Assert.Equal((1 - 10 / (3 * 64.0) + 46 / 48.0) / 2, Figures(first, Pair("C4 C4 C4", "C4", 3, "C major", 3, 4)).GroovingSimilarity!.Value, Exact);
        Assert.Null(new Groove(Melody("C4", 0, 3, 4).Measured).Similarity(new Groove(Melody("C4").Measured)));
    }

    // From quarter 5 to the bar line at 12: 7 quarters, of which the notes fill 1 + 2 and the rest of the bar after them 9 to 12 is silent.
    [Fact]
    public void Rests_are_what_no_note_fills_up_to_the_end_of_the_last_bar()
    {
        Assert.Equal(4 / 7.0, Figures(Pair("C4", "C4 .:1 D4:2", 5)).RestShare!.Value, Exact);

        // A note that ends on the bar line leaves no rest; one that runs into the next bar opens it.
        Assert.Equal(0, Figures(Pair("C4", "C4:4", 4)).RestShare!.Value, Exact);
        Assert.Equal(3 / 8.0, Figures(Pair("C4", "C4:5", 4)).RestShare!.Value, Exact);
        Assert.Equal((4 / 7.0 + 0) / 2, Figures(Pair("C4", "C4 .:1 D4:2", 5), Pair("C4", "C4:4", 4)).RestShare!.Value, Exact);
    }

    [Fact]
    public void Notes_that_overlap_fill_their_time_once()
    {
        // 0 to 3 and 1 to 2: three quarters of four.
        var line = Melody("C4:3").Measured.AddRange(Melody("E4:1", 1).Measured);
        Assert.Equal(1 / 4.0, AnswerFigures.Silence(line), Exact);
    }

    // Two pitch classes, even: one bit; one: none. The four-runs are abab baba abab and aaaa: three of four are different. Steps 2 2 2 2 2 and 0 0 0.
    [Fact]
    public void Entropy_distinct_runs_and_steps_are_those_of_drawn_melodies()
    {
        var figures = Figures(Pair("C4", "C4 D4 C4 D4 C4 D4", 4), Pair("C4", "C4 C4 C4 C4", 4));
        Assert.Equal((1 / 2.0, 3 / 4.0, 10 / 8.0), (figures.PitchClassEntropy!.Value, figures.Distinct4!.Value, figures.MeanInterval!.Value));
        Assert.Equal((null, null, null), (figures.Copy8, figures.ResponseDelayP90Beats, figures.FalseInterruptions));
    }
}
