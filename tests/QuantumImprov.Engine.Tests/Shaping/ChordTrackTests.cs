using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class ChordTrackTests
{
    private static readonly Key CMajor = default, AMinor = new(9, Mode.Minor);
    private static readonly int C = Chord(0, 4, 7), F = Chord(5, 9, 0), G = Chord(7, 11, 2), DMinor = Chord(2, 5, 9), E = Chord(4, 8, 11), AMinorTriad = Chord(9, 0, 4);

    [Fact]
    public void Each_bar_of_the_call_has_the_chord_its_notes_make_and_the_answer_follows_bar_for_bar()
    {
        var track = Followed(CMajor, 0, [60, 64, 67, 64], [65, 69, 72, 69], [62, 65, 69, 65], [67, 71, 74, 71]);
        Assert.Equal([C, F, DMinor, G, C, F, G, C], Enumerable.Range(0, 8).Select(bar => track.At(bar, 7)));
    }

    [Fact]
    public void The_cadence_has_chords_of_its_own()
    {
        Assert.Equal([F, G, C], Enumerable.Range(0, 3).Select(bar => Followed(CMajor, 0, [65, 69, 72, 69]).At(bar, 2)));
        Assert.Equal([F, DMinor, G], Enumerable.Range(0, 3).Select(bar => Followed(CMajor, 7, [65, 69, 72, 69]).At(bar, 2)));
        Assert.Equal([AMinorTriad, E, AMinorTriad], Enumerable.Range(0, 3).Select(bar => Followed(AMinor, 0, [69, 72, 76, 72]).At(bar, 2)));

        // Too short for a cadence of two.
        Assert.Equal([F, C], Enumerable.Range(0, 2).Select(bar => Followed(CMajor, 0, [65, 69, 72, 69]).At(bar, 1)));
    }

    // The note F alone would be F major's; over D and Bb it is of Bb, over A and D of D minor.
    [Theory]
    [InlineData(new[] { 58, 62 }, 10, 2, 5)]
    [InlineData(new[] { 57, 62 }, 2, 5, 9)]
    [InlineData(new[] { 34, 38 }, 10, 2, 5)]
    [InlineData(new int[0], 5, 9, 0)]
    public void The_performers_chords_speak_too(int[] beside, int root, int third, int fifth)
    {
        var (track, call) = (new ChordTrack(), new Call());
        call.Take([new CallNote(Beats.Zero, Beats.Of(4), 65, 80) { Beside = beside.Aggregate((UInt128)0, (keys, key) => keys | UInt128.One << key) }]);
        track.Follow(call, new Key(5, Mode.Major), 0, Beats.Zero, Metre.Of(4, 4));
        Assert.Equal(Chord(root, third, fifth), track.At(0, 9));
    }

    [Fact]
    public void Without_notes_every_pitch_will_do()
    {
        var (track, call) = (new ChordTrack(), new Call());
        track.Follow(call, CMajor, 0, Beats.Zero, Metre.Of(4, 4));
        Assert.All(Enumerable.Range(0, 12), pitch => Assert.True(ChordTrack.Holds(track.At(0, 3), pitch)));
        var other = Followed(CMajor, 0, [60, 64, 67, 64]);
        other.Clear();
        Assert.Equal(0xFFF, other.At(0, 3));
    }

    [Fact]
    public void A_bar_without_notes_keeps_the_chord_before()
    {
        Assert.Equal([F, F, G, F], Enumerable.Range(0, 4).Select(bar => Followed(CMajor, 0, [65, 69, 72, 69], [], [67, 71, 74, 71]).At(bar, 9)));
    }

    private static int Chord(params int[] classes) => classes.Aggregate(0, (chord, c) => chord | 1 << c);

    // Quarters, a bar of four each.
    private static ChordTrack Followed(Key key, int ending, params int[][] bars)
    {
        var (track, call) = (new ChordTrack(), new Call());
        call.Take([.. bars.SelectMany((bar, b) => bar.Select((pitch, i) => new CallNote(Beats.Of(4 * b + i), Beats.Of(1), (byte)pitch, 80)))]);
        track.Follow(call, key, ending, Beats.Zero, Metre.Of(4, 4));
        return track;
    }
}
