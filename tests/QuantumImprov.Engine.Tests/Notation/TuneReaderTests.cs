using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Notation;
using Xunit;

namespace QuantumImprov.Engine.Tests.Notation;

public class TuneReaderTests
{
    private const string Heading = "title: T\nmetre: 4/4\nkey: C major\n";

    [Fact]
    public void The_heading_is_read()
    {
        var tune = TuneReader.Read("// one\ntitle:  A: b \nsource: me, 1700\n metre: 6/8\ntempo: 90.5\nkey: F# minor\npickup: 3/2\n\nC4 C4:1/2 | C4:6 | C4:9/2 |");
        Assert.Equal("A: b", tune.Title);
        Assert.Equal("me, 1700", tune.Source);
        Assert.Equal(Metre.Of(6, 8), tune.Metre);
        Assert.Equal(Tempo.FromBpm(90.5), tune.Tempo);
        Assert.Equal(new Key(6, Mode.Minor), tune.Key);
        Assert.Equal(Beats.Of(3, 4), tune.PickUp);
        Assert.Equal(Beats.Of(6), tune.Length);
    }

    [Fact]
    public void What_the_heading_leaves_out_is_120_without_source_or_pick_up()
    {
        var tune = TuneReader.Read(Heading + "C4:4");
        Assert.Equal(("", Tempo.FromBpm(120), Beats.Zero), (tune.Source, tune.Tempo, tune.PickUp));
    }

    /// <summary>Notes as onset+duration:pitch@velocity, in sixtieths of a quarter.</summary>
    [Theory]
    [InlineData("C4 F#5:3/2 Bb3:1/2 .", "0+60:60@80 60+90:78@80 150+30:58@80")]
    [InlineData("Cb4 B#3 C-1 G9", "0+60:59@80 60+60:60@80 120+60:0@80 180+60:127@80")]
    [InlineData(". C4 .:2", "60+60:60@80")]
    [InlineData("[G4 C4 E4]:4", "0+240:60@80 0+240:64@80 0+240:67@80")]
    [InlineData("(C4 D4) (C4 D4 E4) (C4:2 D4) (C4 D4):1/2 .:1/2", "0+30:60@80 30+30:62@80 60+20:60@80 80+20:62@80 100+20:64@80 120+40:60@80 160+20:62@80 180+15:60@80 195+15:62@80")]
    [InlineData("(. [C4 E4]) C4:3", "30+30:60@80 30+30:64@80 60+180:60@80")]
    [InlineData("pp C4 p C4 mp C4 mf C4 | f C4 ff C4! C4@1 C4@127", "0+60:60@33 60+60:60@49 120+60:60@64 180+60:60@80 240+60:60@96 300+60:60@127 360+60:60@1 420+60:60@127")]
    [InlineData("C4! C4 [C4! E4]:2@50", "0+60:60@96 60+60:60@80 120+120:60@96 120+120:64@50")]
    [InlineData("C4:2~ C4:2~ | C4 D4:3", "0+300:60@80 300+180:62@80")]
    [InlineData("[E4 C4]:4~ | [C4 E4] .:3", "0+300:60@80 0+300:64@80")]
    [InlineData("(C4 D4~) D4:3", "0+30:60@80 30+210:62@80")]
    [InlineData("C5:4 & C4:2 G3:2", "0+120:60@80 0+240:72@80 120+120:55@80")]
    [InlineData("C5:4 & p C4:4~ | C5 D5:3 & C4:4", "0+480:60@49 0+240:72@80 240+60:72@80 300+180:74@80")]
    [InlineData("|: C4:4 :| D4:4", "0+240:60@80 240+240:60@80 480+240:62@80")]
    [InlineData("C4:4 |: D4:4 | E4:4 :| |: F4:4 :|", "0+240:60@80 240+240:62@80 480+240:64@80 720+240:62@80 960+240:64@80 1200+240:65@80 1440+240:65@80")]
    [InlineData("| C4:4 |\n| D4:4 |\n", "0+240:60@80 240+240:62@80")]
    [InlineData("C4:2 // half\n  D4:2 | // and so on\r\nE4:4", "0+120:60@80 120+120:62@80 240+240:64@80")]
    public void Music_is_read(string music, string expected) => Assert.Equal(expected, Show(TuneReader.Read(Heading + music)));

    [Theory]
    [InlineData("C4", 5)]
    [InlineData("C4 | C4:4", 5)]
    [InlineData("C4 | C4:4 | C4:3", 8)]
    [InlineData("C4 | C4:4 | C4:4", 9)]
    public void The_last_bar_may_complete_the_pick_up(string music, int quarters)
    {
        var tune = TuneReader.Read("pickup: 1\n" + Heading + music);
        Assert.Equal(music == "C4" ? Beats.Of(1) : Beats.Of(quarters), tune.Length);
    }

    [Fact]
    public void In_eighths_a_length_counts_eighths() =>
        Assert.Equal("0+60:60@80 60+30:62@80 90+45:64@80 135+15:65@80 150+30:67@80", Show(TuneReader.Read("title: T\nmetre: 6/8\nkey: C major\nC4:2 D4 E4:3/2 F4:1/2 G4")));

    [Fact]
    public void A_performance_of_a_tune_starts_on_a_bar_line_and_lifts_before_it_strikes_again()
    {
        var performance = TuneReader.Read("title: T\nmetre: 3/4\ntempo: 90\nkey: C major\npickup: 1\nC4 | C4:3").ToPerformance("lead", 2);
        Assert.Equal(
            [
                new PartMessage(Beats.Of(2), 0, ShortMessage.NoteOn(2, 60, 80)),
                new PartMessage(Beats.Of(3), 0, ShortMessage.NoteOff(2, 60)),
                new PartMessage(Beats.Of(3), 0, ShortMessage.NoteOn(2, 60, 80)),
                new PartMessage(Beats.Of(6), 0, ShortMessage.NoteOff(2, 60)),
            ],
            performance.Messages);
        Assert.Equal(Beats.Of(6), performance.End);
        Assert.True(performance is { StatesMetre: true, StatesTempo: true, TrackNames: ["lead"] });
        Assert.Equal((Tempo.FromBpm(90), Metre.Of(3, 4)), (performance.Map.At(Beats.Zero).Tempo, performance.Map.At(Beats.Zero).Metre));
    }

    [Theory]
    [InlineData("C major", 0, Mode.Major)]
    [InlineData("Bb major", 10, Mode.Major)]
    [InlineData("Cb major", 11, Mode.Major)]
    [InlineData("F# minor", 6, Mode.Minor)]
    [InlineData("B minor", 11, Mode.Minor)]
    public void Keys_are_read(string text, int tonic, Mode mode)
    {
        Assert.True(Key.TryParse(text, out var key));
        Assert.Equal(new Key(tonic, mode), key);
        Assert.True(Key.TryParse(key.ToString(), out var again));
        Assert.Equal(key, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("C")]
    [InlineData("H major")]
    [InlineData("c major")]
    [InlineData("C  major")]
    [InlineData("C## major")]
    [InlineData("Cx major")]
    [InlineData("  major")]
    [InlineData("D dorian")]
    public void What_is_no_key_is_not_read(string? text) => Assert.False(Key.TryParse(text, out _));

    private static string Show(Tune tune) => string.Join(' ', tune.Notes.Select(n => $"{Sixtieths(n.Onset)}+{Sixtieths(n.Duration)}:{n.Pitch.Number}@{n.Velocity}"));

    private static long Sixtieths(Beats beats) => beats.Ticks % (Beats.PerQuarter / 60) == 0 ? beats.Ticks / (Beats.PerQuarter / 60) : throw new InvalidOperationException($"{beats.Ticks} is finer than a sixtieth.");
}
