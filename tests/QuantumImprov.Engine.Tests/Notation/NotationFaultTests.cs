using CsCheck;
using QuantumImprov.Engine.Music.Notation;
using Xunit;

namespace QuantumImprov.Engine.Tests.Notation;

public class NotationFaultTests
{
    private const string Heading = "title: T\nmetre: 4/4\nkey: C major\n";

    [Theory]
    [InlineData("C4:2 H4:2", 6, "'H4:2'", "a note such as")]
    [InlineData("c4:4", 1, "'c4:4'", "a note such as")]
    [InlineData("C4:2 hello", 6, "'hello'", "a dynamic|pp, p")]
    [InlineData("C:4", 1, "'C:4'", "an octave")]
    [InlineData("C##4:4", 1, "'C##4:4'", "'#' or 'b' or neither")]
    [InlineData("G#9:4", 1, "'G#9:4'", "from C-1 to G9")]
    [InlineData("C12345678901:4", 1, "'C12345678901:4'", "an octave")]
    [InlineData("C4:0 C4:4", 3, "':0'", "a number from 1")]
    [InlineData("C4:1/0 C4:4", 3, "':1/0'", "a fraction")]
    [InlineData("C4: C4:4", 3, "':'", "a number from 1")]
    [InlineData("C4:12345678", 3, "':12345678'", "up to 7 digits")]
    [InlineData("C4:1/11 C4:4", 3, "':1/11'", "1/20160")]
    [InlineData("C4@0 C4:3", 3, "'@0'", "1 to 127")]
    [InlineData("C4@128 C4:3", 3, "'@128'", "1 to 127")]
    [InlineData("C4!! C4:3", 4, "'!'", "each or none")]
    [InlineData("C4~:2 C4:2", 4, "':2'", "then '~'")]
    [InlineData(".! C4:3", 2, "'!'", "a length")]
    [InlineData("[C4 E4:2]:4", 7, "':2'", "stand after ']'")]
    [InlineData("[C4 E4:2~]:4", 7, "':2~'", "stand after ']'")]
    [InlineData("(C4 D4)! C4:3", 8, "'!'", "a length")]
    [InlineData("[C4 C4]:4", 5, "'C4'", "not yet in the chord")]
    [InlineData("[C4 .]:4", 5, "'.'", "a note")]
    [InlineData("[C4 p E4]:4", 5, "'p'", "a note")]
    [InlineData("[]:4", 1, "'[]'", "at least one note")]
    [InlineData("[C4 E4", 1, "'['", "closed by ']'")]
    [InlineData("[C4 | E4:4", 1, "'['", "closed by ']'")]
    [InlineData("C4 ] C4:3", 4, "']'", "a note such as")]
    [InlineData("(C4 D4", 1, "'('", "closed by ')'")]
    [InlineData("C4:3 )", 6, "')'", "a note such as")]
    [InlineData("() C4:3", 1, "'()'", "at least one note")]
    [InlineData("(C4 (D4 E4)) C4:3", 5, "'('", "without a group")]
    [InlineData("(C4:10 D4) C4:3", 1, "'('", "1/20160")]
    [InlineData("C4:3", 1, "a bar of 3 quarters", "a bar of 4 (4/4)")]
    [InlineData("C4:4 | C4:9/2 | C4:4", 8, "a bar of 9/2 quarters", "a bar of 4 (4/4)")]
    [InlineData("C4:4 & C3:3", 8, "a bar of 3 quarters", "a bar of 4 (4/4)")]
    [InlineData("C4:4 | | C4:4", 8, "'|'", "something in it")]
    [InlineData("|: :| C4:4", 4, "':|'", "something in it")]
    [InlineData("C4:4 &", 1, "'C4:4'", "at least one note or rest in each voice")]
    [InlineData("& C4:4", 1, "'&'", "at least one note or rest in each voice")]
    [InlineData("C4:4~ | D4:4", 9, "D4 after a tie", "C4")]
    [InlineData("C4:4~ | .:4", 9, "a rest after a tie", "C4")]
    [InlineData("[C4 E4]:4~ | C4:4", 14, "C4 after a tie", "C4 E4")]
    [InlineData("C4:4~", 1, "a tie after C4", "something follows")]
    [InlineData("C4:4~ | C4:4!", 9, "a velocity", "where notes begin")]
    [InlineData("C4:4 & C3:4~ | C4:4", 8, "a tie after C3", "the next bar has")]
    [InlineData("|: C4:4~ :| C4:4", 4, "a tie after C4", "':|'")]
    [InlineData("C4:4~ |: C4:4 :|", 1, "a tie after C4", "into a repeat")]
    [InlineData("C4:4 :|", 6, "':|'", "only after '|:'")]
    [InlineData("|: C4:4", 1, "'|:'", "closed by ':|'")]
    [InlineData("|: C4:4 |: C4:4 :|", 9, "'|:'", "do not nest")]
    [InlineData("C4:4 & .:2 C4:2", 12, "C4 while it still sounds", "one voice")]
    [InlineData("title: again\nC4:4", 1, "a second 'title:'", "once")]
    public void Each_fault_says_where_it_is_and_what_is_allowed(string music, int column, string found, string allowed)
    {
        var fault = Assert.Single(Faults(Heading + music));
        Assert.Equal((4, column), (fault.Line, fault.Column));
        Assert.Contains(found, fault.Found, StringComparison.Ordinal);
        Assert.Contains(allowed.Split('|')[^1], fault.Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metre: 4/4\nkey: C major\nC4:4", 3, 1, "no 'title:'", "'title:', 'metre:', 'key:'")]
    [InlineData("title: T\nkey: C major\nC4:4", 3, 1, "no 'metre:'", "'metre:'")]
    [InlineData("title: T\nmetre: 4/4\nC4:4", 3, 1, "no 'key:'", "'key:'")]
    [InlineData("title:\nmetre: 4/4\nkey: C major\nC4:4", 1, 7, "''", "a title")]
    [InlineData("title: T\n  metre: 4/5\nkey: C major\nC4:4", 2, 10, "'4/5'", "1 to 32 over")]
    [InlineData("title: T\nmetre: 4/4/4\nkey: C major\nC4:4", 2, 8, "'4/4/4'", "1 to 32 over")]
    [InlineData("title: T\nmetre: 4/4\nkey: C Major\nC4:4", 3, 6, "'C Major'", "'G major'")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\ntempo: 19\nC4:4", 4, 8, "'19'", "20 to 400")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\ntempo: 1e2\nC4:4", 4, 8, "'1e2'", "20 to 400")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\ntempo: NaN\nC4:4", 4, 8, "'NaN'", "20 to 400")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\npickup: 4\nC4:4", 4, 9, "'4'", "shorter than a bar")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\npickup: 0\nC4:4", 4, 9, "'0'", "shorter than a bar")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\npickup: 1/11\nC4:4", 4, 9, "'1/11'", "shorter than a bar")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\ncomposer: X\nC4:4", 4, 1, "'composer:'", "'title:', 'source:'")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\npickup: 1\nC4:2 | C4:4", 5, 1, "a bar of 2 quarters", "a pick-up of 1")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\npickup: 1\nC4 | C4:3 | C4:4", 5, 6, "a bar of 3 quarters", "a bar of 4")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\npickup: 1\nC4 | C4:4 | C4:2", 5, 13, "a bar of 2 quarters", "a last bar of 4, or of 3")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\npickup: 1\nC4 | C4:3 & C3:4", 5, 13, "a bar of 4 quarters", "a last bar")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\npickup: 1\n|: C4 | C4:4 :|", 5, 4, "a pick-up inside a repeat", "before '|:'")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\npickup: 1\nC4 |: C4:3 :|", 5, 7, "a bar of 3 quarters", "a bar of 4")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\nC4:4\ntempo: 90", 5, 1, "'tempo:'", "before the first note")]
    [InlineData("title: T\nmetre: 4/4\nkey: C major\n\n", 5, 1, "no music", "at least one bar")]
    public void Faults_of_the_heading_and_the_form_are_found(string text, int line, int column, string found, string allowed)
    {
        var fault = Assert.Single(Faults(text));
        Assert.Equal((line, column), (fault.Line, fault.Column));
        Assert.Contains(found, fault.Found, StringComparison.Ordinal);
        Assert.Contains(allowed, fault.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_too_long_is_one_fault() => Assert.Contains("at most 1000000", Assert.Single(Faults(new string('x', TuneReader.LongestText + 1))).Allowed, StringComparison.Ordinal);

    [Fact]
    public void A_bar_has_at_most_as_many_voices_as_there_are_pitches()
    {
        Assert.True(TuneReader.TryRead(Heading + ".:4" + string.Concat(Enumerable.Repeat(" & .:4", 127)), out _, out _));
        Assert.Contains("at most 128 voices", Faults(Heading + ".:4" + string.Concat(Enumerable.Repeat(" & .:4", 128)))[^1].Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_text_that_is_no_tune_a_thousand_faults_are_enough() => Assert.Equal(1000, Faults(string.Concat(Enumerable.Repeat("( ", 100_000))).Length);

    [Fact]
    public void All_faults_are_found_at_once_and_in_order()
    {
        var faults = Faults("title: T\nmetre: 3/4\ntempo: fast\nsong: no\n\nC4 D4 | H4 C4:0 |\nC4:3~ | D4:3 | C4:4\n:|");
        Assert.Equal([(3, 8), (4, 1), (6, 1), (6, 1), (6, 9), (6, 14), (7, 9), (7, 16), (8, 1)], faults.Select(f => (f.Line, f.Column)));
        var thrown = Assert.Throws<FormatException>(() => TuneReader.Read("title: T\nmetre: 4/4\nkey: C major\nH4\nC4@200"));
        Assert.Equal(2, thrown.Message.Split('\n').Length);
        Assert.StartsWith("Line 4, column 1: found 'H4'; allowed is ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_faulted_without_an_exception()
    {
        var piece = Gen.OneOf("C4", "D#5", "[", "]", "(", ")", "|", "|:", ":|", "&", ".", "~", "!", "@90", ":3/2", ":0", "p", "mf", " ", "\n", "title: x\n", "metre: 3/4\n", "key: C major\n", "pickup: 1\n", "é", "//");
        Gen.Select(piece.Array[0, 40], Gen.String[0, 10]).Sample(
            (pieces, noise) =>
            {
                var text = string.Concat(pieces) + noise;
                Assert.Equal(TuneReader.TryRead(text, out var tune, out var faults), faults.IsEmpty);
                Assert.Equal(faults.IsEmpty, tune is not null);
                Assert.All(faults, f => Assert.True(f is { Line: > 0, Column: > 0 }));
            },
            iter: 5_000);
    }

    private static NotationFault[] Faults(string text)
    {
        Assert.False(TuneReader.TryRead(text, out var tune, out var faults));
        Assert.Null(tune);
        return [.. faults];
    }
}
