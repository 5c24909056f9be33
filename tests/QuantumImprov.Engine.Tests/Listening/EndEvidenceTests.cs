using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

// All at 120 quarters a minute in 4/4, worked by hand.
public class EndEvidenceTests
{
    private static readonly Timeline Grid = new(default, default, default, default);

    [Fact]
    public void A_last_note_four_times_as_long_as_the_median_counts_two()
    {
        Assert.Equal(2, Of((0, 1, 60), (1, 1, 62), (2, 1, 64), (3, 4, 60)).Length, 1e-6);
        Assert.Equal(2, Of((0, 1, 60), (1, 1, 62), (2, 1, 64), (3, 9, 60)).Length, 1e-6);
        Assert.Equal(-1, Of((0, 1, 60), (1, 1, 62), (2, 1, 64), (3, .5, 60)).Length, 1e-6);
    }

    [Fact]
    public void Only_the_tonic_of_the_running_key_counts_as_one()
    {
        Assert.Equal(1, Of((0, 1, 62), (1, 1, 60)).Tonic);
        Assert.Equal(0, Of((0, 1, 60), (1, 1, 67)).Tonic);
    }

    [Theory]
    [InlineData(8, 1)] // Two bars.
    [InlineData(16, 2)] // Four.
    [InlineData(32, 2)]
    [InlineData(12, 0)] // Three.
    [InlineData(4, 0)]
    [InlineData(15.75, 1)] // A quarter of a beat away.
    [InlineData(15.5, 0)]
    public void The_grid_speaks_where_the_next_note_would_begin_a_group_of_two_or_four_bars(double quarters, double grid) =>
        Assert.Equal(grid, Of((3, 1, 60), (3 + quarters - 2, 2, 60)).Grid, 1e-3);

    [Fact]
    public void Without_a_tempo_there_is_no_grid() => Assert.Equal(0, Of(false, (0, 1, 60), (6, 2, 60)).Grid);

    [Fact]
    public void Detached_playing_is_counted_as_if_it_were_held()
    {
        // Every key is up after half the time to the next note.
        var detached = EndEvidence.Of(Played((0, .5, 60), (1, .5, 62), (2, .5, 64), (6, 1, 60)), Detached(), new PhraseLengths(), default, Grid, known: true);
        Assert.Equal(1, detached.Grid, 1e-6);
    }

    [Fact]
    public void Notes_count_as_powers_of_two_up_to_eight()
    {
        Assert.Equal(0, Of((0, 1, 60)).Notes);
        Assert.Equal(2, Of((0, 1, 60), (1, 1, 60), (2, 1, 60), (3, 1, 60)).Notes);
        Assert.Equal(3, Of([.. Enumerable.Range(0, 20).Select(i => ((double)i, 1.0, 60))]).Notes);
    }

    [Fact]
    public void The_next_note_is_overdue_by_the_measure_of_how_evenly_it_was_expected()
    {
        var even = new EndEvidence(default, At(1), 1, 1, 1, 0);
        var uneven = new EndEvidence(default, At(1), 1, 1, 1.45, 0);
        Assert.Equal(-2, even.Overdue(At(1)), 1e-9);
        Assert.Equal(Math.Log2(.5 / .05 + .25), even.Overdue(At(1.5)), 1e-9);
        Assert.Equal(Math.Log2(.5 / .5 + .25), uneven.Overdue(At(1.5)), 1e-9);
    }

    [Fact]
    public void Silence_is_measured_by_the_longest_breath()
    {
        Assert.Equal(0, new EndEvidence(default, At(1), 1, 1, 1, .5).Silence(At(1.5)), 1e-9);
        Assert.Equal(3, new EndEvidence(default, At(1), 1, 1, 1, .03).Silence(At(1.45)), 1e-9);
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(9, 0)]
    [InlineData(7.75, .5)] // A quarter of a beat ahead.
    public void The_bar_line_speaks_where_the_next_note_would_lie_on_it(double next, double near)
    {
        Assert.Equal(near, Of((3, 1, 60), (next - 2, 2, 60)).BarLine, 1e-3);
        Assert.Equal(.5, Of(false, (3, 1, 60), (next - 2, 2, 60)).BarLine);
    }

    [Fact]
    public void A_phrase_is_measured_by_the_ones_before()
    {
        var lengths = new PhraseLengths();
        for (var i = 0; i < 2; i++) lengths.Hear(Beats.Of(16));
        var full = EndEvidence.Of(Played((0, 1, 60), (14, 2, 60)), Connected(), lengths, default, Grid, known: true);
        Assert.Equal((1, 0), (full.Habit, full.Short));
        var half = EndEvidence.Of(Played((0, 1, 60), (6, 2, 60)), Connected(), lengths, default, Grid, known: true);
        Assert.Equal((0, 1), (half.Habit, half.Short));
        var untold = EndEvidence.Of(Played((0, 1, 60), (6, 2, 60)), Connected(), lengths, default, Grid, known: false);
        Assert.Equal((0, 0), (untold.Habit, untold.Short));
    }

    private static Articulation Connected()
    {
        var articulation = new Articulation();
        for (var i = 0; i < Articulation.Window; i++) articulation.Hear(.5, .5, 0);
        return articulation;
    }

    private static Articulation Detached()
    {
        var articulation = new Articulation();
        for (var i = 0; i < Articulation.Window; i++) articulation.Hear(.25, .5, .25);
        return articulation;
    }

    private static EndEvidence Of(params (double On, double Length, int Pitch)[] notes) => Of(true, notes);

    private static EndEvidence Of(bool known, params (double On, double Length, int Pitch)[] notes) => EndEvidence.Of(Played(notes), Connected(), new PhraseLengths(), default, Grid, known);

    private static Phrase Played(params (double On, double Length, int Pitch)[] notes)
    {
        var phrase = new Phrase();
        foreach (var (on, length, pitch) in notes) phrase.Add(new HeardNote(Quarters(on), Quarters(on + length), (byte)pitch, 80, 1));
        return phrase;
    }

    private static HostTime Quarters(double quarters) => Grid.ToHost(Beats.FromQuarters(quarters));

    private static HostTime At(double seconds) => default(HostTime).PlusSeconds(seconds);
}
