using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

/// <summary>A left hand under a melody: which chords there are, how they go with the harmony, and by which law the next is chosen.</summary>
public class AccompanimentTests
{
    private const int C = 1 << 0 | 1 << 4 | 1 << 7, F = 1 << 5 | 1 << 9 | 1 << 0, G = 1 << 7 | 1 << 11 | 1 << 2, D = 1 << 2 | 1 << 6 | 1 << 9, CMajor = 0b1010_1011_0101;
    private static readonly int[] Tonic = [48, 52, 55], Subdominant = [48, 53, 57], Dominant = [47, 50, 55];
    private static readonly (int, int) Wide = (36, 96);

    private readonly Accompaniment _hand = new();

    // Three bars of four notes with a chord on each first, and a fourth bar like the first.
    private static Call Song(int lowestNote = 72)
    {
        var call = new Call();
        int[][] chords = [Tonic, Subdominant, Dominant, Tonic];
        call.Take([.. Enumerable.Range(0, 16).Select(i => new CallNote(Beats.Of(i), Beats.Of(1), (byte)(lowestNote + (i * 5 % 8)), 80)
        {
            Beside = i % 4 == 0 ? Keys(chords[i / 4]) : 0, BesideDuration = i % 4 == 0 ? Beats.Of(3) : Beats.Zero,
        })]);
        return call;
    }

    [Fact]
    public void Chords_apart_from_the_melody_are_another_hand_and_chords_of_the_melody_itself_are_not()
    {
        _hand.Read(Song());
        Assert.True(_hand.IsThere);
        Assert.Equal(4, _hand.Count);
        Assert.Equal(Beats.Of(3), _hand.HeldAt(4));
        Assert.Equal(Beats.Zero, _hand.HeldAt(-1));
        // The melody goes down into the chords.
        _hand.Read(Song(lowestNote: 52));
        Assert.False(_hand.IsThere);
        // Every note a chord of its own, and each another one: it is the melody that is harmonised.
        var hymn = new Call();
        hymn.Take([.. Enumerable.Range(0, 8).Select(i => new CallNote(Beats.Of(i), Beats.Of(1), (byte)(72 + i), 80) { Beside = Keys([48 + i, 52 + i]), BesideDuration = Beats.Of(1) })]);
        _hand.Read(hymn);
        Assert.False(_hand.IsThere);
        _hand.Clear();
        Assert.Equal((false, 0), (_hand.IsThere, _hand.Count));
    }

    [Fact]
    public void Each_chord_stands_in_the_range_and_never_across_the_leading_note()
    {
        _hand.Read(Song());
        Assert.True(_hand.Place(76, Wide, C, CMajor, strictly: false));
        Assert.Equal(Keys(Tonic), _hand[0]);
        // Only an octave higher is within the range.
        Assert.True(_hand.Place(76, (52, 96), C, CMajor, strictly: false));
        Assert.Equal(Keys([60, 64, 67]), _hand[0]);
        // Between 52 and 59 there is room for none of them.
        Assert.False(_hand.Place(60, (52, 96), C, CMajor, strictly: false));
        for (var lead = 40; lead < 97; lead++)
        {
            if (!_hand.Place(lead, (41, 90), C, CMajor, strictly: false)) continue;
            for (var i = 0; i < _hand.Count; i++)
            {
                for (var keys = _hand[i]; keys != 0; keys &= keys - 1) Assert.InRange((int)UInt128.TrailingZeroCount(keys), 41, Math.Min(90, lead - 1));
            }
        }
    }

    // A chord of D never came: the one before is led on, each key to the nearest of the harmony that is free.
    [Fact]
    public void Where_no_chord_of_the_call_goes_the_one_before_is_led_on()
    {
        _hand.Read(Song());
        Assert.True(_hand.Place(76, Wide, G, G, strictly: true));
        Assert.Equal(0u, _hand[3]);
        _hand.Sound(2);
        Assert.True(_hand.Place(76, Wide, D, D, strictly: true));
        Assert.Equal(Keys([45, 50, 54]), _hand[3]);
        var law = new double[4];
        _hand.WriteLaw(-1, returns: false, .5, law);
        Assert.Equal([0, 0, 0, 1], law.Select(p => Math.Round(p, 12)));
    }

    // By hand: of the tonic, which came twice in four, is in its harmony and stands at its place, each view says the most.
    [Fact]
    public void What_goes_with_the_harmony_and_stood_at_the_place_is_the_likeliest()
    {
        _hand.Read(Song());
        _hand.Sound(2);
        Assert.True(_hand.Place(76, Wide, C, CMajor, strictly: false));
        var laws = new double[12];
        _hand.WriteLaws(12, returns: false, laws);
        Assert.Equal([2.1 / (2.1 + 1.1 * .15 * 2), 1.1 * .15 / (2.1 + 1.1 * .15 * 2), 1.1 * .15 / (2.1 + 1.1 * .15 * 2), 0], laws[..4], (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(1.1 / (1.1 + .1 * .15 * 2), laws[4], 1e-12);
        Assert.Equal(1.1 / (1.1 + .1 * .15 * 2), laws[8], 1e-12);
    }

    // By hand: the subdominant stood at the call's fifth note. Under another note the harmony of C speaks against it; under the same the place speaks for nothing else, five times as strongly as the two other views.
    [Fact]
    public void Under_the_note_it_stood_under_the_call_s_chord_returns_whatever_the_harmony_is_taken_for()
    {
        var (laws, other, same) = (new double[12], new double[4], new double[4]);
        _hand.Read(Song());
        _hand.Sound(0);
        Assert.True(_hand.Place(76, Wide, C, CMajor, strictly: false));
        _hand.WriteLaws(4, returns: true, laws);
        Assert.Equal([0, 1, 0, 0], laws[8..]);
        _hand.WriteLaw(4, returns: false, 1, other);
        _hand.WriteLaw(4, returns: true, 1, same);
        Assert.InRange(other[1], 0, .5);
        Assert.InRange(same[1], .9, 1);
        // Where only the harmony may sound it does not.
        Assert.True(_hand.Place(76, Wide, C, C, strictly: true));
        _hand.WriteLaw(4, returns: true, 1, same);
        Assert.Equal(0, same[1]);
    }

    // False alarm once in 100,000 for each of the laws.
    [Theory]
    [InlineData(1)]
    [InlineData(.5)]
    [InlineData(0)]
    public void Chords_are_measured_by_the_exact_law(double coherence)
    {
        _hand.Read(Song());
        var random = new Xoshiro(5);
        foreach (var (harmony, source, before, returns) in new[] { (C, 0, 0, false), (F, 5, 2, false), (D, -1, 1, false), (0xFFF, 8, 2, false), (C, 4, 0, true), (0xFFF, 8, 1, true), (D, -1, 1, true) })
        {
            _hand.Sound(before);
            Assert.True(_hand.Place(79, Wide, harmony, CMajor, strictly: false));
            var law = new double[_hand.Count];
            _hand.WriteLaw(source, returns, coherence, law);
            Assert.Equal(1, law.Sum(), 1e-12);
            var counts = new int[_hand.Count];
            for (var i = 0; i < 20_000; i++) counts[_hand.Choose(source, returns, coherence, random)]++;
            ChiSquare.AssertFollows(law, counts, 1e-5);
        }
    }

    private static UInt128 Keys(int[] keys) => keys.Aggregate((UInt128)0, (all, key) => all | UInt128.One << key);
}
