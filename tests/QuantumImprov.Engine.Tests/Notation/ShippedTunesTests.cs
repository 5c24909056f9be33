using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Notation;
using QuantumImprov.Engine.Repertoire.Shipped;
using Xunit;

namespace QuantumImprov.Engine.Tests.Notation;

public class ShippedTunesTests
{
    public static TheoryData<string> Titles => [.. ShippedTunes.All.Select(t => t.Title)];

    [Fact]
    public void There_are_sixteen_with_different_titles_in_many_keys_metres_and_both_modes()
    {
        var all = ShippedTunes.All;
        Assert.Equal(16, all.DistinctBy(t => t.Title).Count());
        Assert.Equal(16, all.Length);
        Assert.True(all.DistinctBy(t => t.Key).Count() >= 8);
        Assert.True(all.Count(t => t.Key.Mode == Mode.Minor) >= 5);
        Assert.Superset(new HashSet<string> { "4/4", "3/4", "2/4", "6/8" }, all.Select(t => t.Metre.ToString()).ToHashSet());
        Assert.True(all.Count(t => t.PickUp > Beats.Zero) >= 5);
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void Each_is_one_melody_in_a_singable_range(string title)
    {
        var tune = Of(title);
        Assert.NotEmpty(tune.Source);
        Assert.InRange(tune.Notes.Length, 30, 140);
        Assert.All(tune.Notes, n => Assert.InRange(n.Pitch.Number, 57, 83));
        Assert.InRange(tune.Notes.Max(n => n.Pitch.Number) - tune.Notes.Min(n => n.Pitch.Number), 7, 21);
        Assert.All(tune.Notes.Zip(tune.Notes.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Onset));
        Assert.All(tune.Notes.Zip(tune.Notes.Skip(1)), pair => Assert.InRange(Math.Abs(pair.First.Pitch.Number - pair.Second.Pitch.Number), 0, 16));
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void Each_ends_long_on_its_tonic(string title)
    {
        var tune = Of(title);
        var last = tune.Notes[^1];

        // Sakura rests on the fifth: its home is the E of the in scale, which has no major or minor name.
        var home = title.StartsWith("Sakura", StringComparison.Ordinal) ? (tune.Key.Tonic + 7) % 12 : tune.Key.Tonic;
        Assert.Equal(home, last.Pitch.Class);
        Assert.Equal(tune.Length, last.End);
        Assert.True(last.Duration >= Beats.Quarter);
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void The_stated_key_is_the_heard_one_or_its_relative_or_parallel(string title)
    {
        var tune = Of(title);
        var heard = KeyProfiles.Best(tune);

        // G dorian has the notes of D minor, and the shanty hammers the D.
        if (title == "Drunken Sailor") Assert.Equal((new Key(7, Mode.Minor), new Key(2, Mode.Minor)), (tune.Key, heard));
        else Assert.True(heard == tune.Key || heard == KeyProfiles.Relative(tune.Key) || heard.Tonic == tune.Key.Tonic, $"{title}: stated {tune.Key}, heard {heard}");
    }

    /// <summary>Notes outside the major scale, or outside natural minor with the raised sixth and seventh, and why they are there.</summary>
    [Theory]
    [MemberData(nameof(Titles))]
    public void Nothing_leaves_the_key_but_what_the_tune_is_known_for(string title)
    {
        var tune = Of(title);
        int[] scale = tune.Key.Mode == Mode.Major ? [0, 2, 4, 5, 7, 9, 11] : [0, 2, 3, 5, 7, 8, 9, 10, 11];
        var outside = tune.Notes.Select(n => (n.Pitch.Class - tune.Key.Tonic + 12) % 12).Where(d => !scale.Contains(d)).Distinct();
        int[] known = title switch
        {
            "Minuet in G" => [6],  // C sharp: its second half turns to D major.
            "Für Elise" => [6],    // D sharp, the neighbour of E.
            _ => [],
        };
        Assert.Equal(known, outside);
    }

    /// <summary>The first phrase as intervals from the first note, against slips of key or octave.</summary>
    [Theory]
    [InlineData("Ode to Joy", "0 0 1 3 3 1 0 -2 -4 -4 -2 0 0 -2 -2")]
    [InlineData("Greensleeves", "0 3 5 7 9 7 5 2 -2 0 2 3 0 0 -1 0 2 -1 -5")]
    [InlineData("Scarborough Fair", "0 0 7 7 2 3 2 0 7 10 12 10 7 9 5 7")]
    [InlineData("Frère Jacques", "0 2 4 0 0 2 4 0 4 5 7 4 5 7 7 9 7 5 4 0")]
    [InlineData("Ah! vous dirai-je, maman", "0 0 7 7 9 9 7 5 5 4 4 2 2 0")]
    [InlineData("New Britain (Amazing Grace)", "0 5 9 5 9 7 5 2 0 0 5 9 5 9 7 12")]
    [InlineData("Auld Lang Syne", "0 5 5 5 9 7 5 7 9 5 5 9 12 14")]
    [InlineData("When the Saints Go Marching In", "0 4 5 7 0 4 5 7 0 4 5 7 4 0 4 2")]
    [InlineData("Londonderry Air", "0 1 3 5 3 5 10 8 5 3 1 -2 1 5 6 8 10 8 5 1 5 3")]
    [InlineData("Sakura, sakura", "0 0 2 0 0 2 0 2 3 2 0 2 0 -4")]
    [InlineData("Minuet in G", "0 -7 -5 -3 -2 0 -7 -7 2 -2 0 2 4 5 -7 -7")]
    [InlineData("Silent Night", "0 2 0 -3 0 2 0 -3 7 7 4 5 5 0")]
    [InlineData("Cradle Song", "0 0 3 0 0 3 0 3 8 7 5 5 3")]
    [InlineData("Korobeiniki", "0 -5 -4 -2 -4 -5 -7 -7 -4 0 -2 -4 -5 -4 -2 0 -4 -7 -7")]
    [InlineData("Drunken Sailor", "0 0 0 0 0 0 0 -7 -4 0 -2 -2 -2 -2 -2 -2 -2 -9 -5 -2")]
    [InlineData("Für Elise", "0 -1 0 -1 0 -5 -2 -4 -7")]
    public void Each_begins_as_it_is_sung(string title, string semitones)
    {
        var notes = Of(title).Notes;
        var steps = semitones.Split(' ').Select(int.Parse).ToArray();
        Assert.Equal(steps, notes.Take(steps.Length).Select(n => n.Pitch.Number - notes[0].Pitch.Number));
    }

    [Theory]
    [InlineData("Ode to Joy", 16)]
    [InlineData("Greensleeves", 16)]
    [InlineData("Scarborough Fair", 18)]
    [InlineData("Frère Jacques", 8)]
    [InlineData("Ah! vous dirai-je, maman", 24)]
    [InlineData("New Britain (Amazing Grace)", 16)]
    [InlineData("Auld Lang Syne", 16)]
    [InlineData("When the Saints Go Marching In", 16)]
    [InlineData("Londonderry Air", 16)]
    [InlineData("Sakura, sakura", 14)]
    [InlineData("Minuet in G", 32)]
    [InlineData("Silent Night", 12)]
    [InlineData("Cradle Song", 16)]
    [InlineData("Korobeiniki", 16)]
    [InlineData("Drunken Sailor", 16)]
    [InlineData("Für Elise", 8)]
    public void Each_has_the_bars_of_its_form(string title, int bars)
    {
        var tune = Of(title);
        Assert.Equal(tune.Metre.Bar * bars, tune.Length);
    }

    private static Tune Of(string title) => ShippedTunes.All.Single(t => t.Title == title);
}
