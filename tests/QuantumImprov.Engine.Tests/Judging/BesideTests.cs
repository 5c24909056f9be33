using QuantumImprov.Engine.Judging;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Judging;

/// <summary>What is told beside the figures.</summary>
public class BesideTests
{
    private static readonly Key CMajor = new(0, Mode.Major), AMinor = new(9, Mode.Minor), GMajor = new(7, Mode.Major);

    // One of two ends on the tonic and one on the fifth; of the others three of four on the tonic: (|1/2 - 3/4| + |1/2 - 0| + |0 - 1/4|) / 2.
    [Fact]
    public void Endings_differ_by_half_the_sum_of_the_differences()
    {
        var (mine, other) = (new EndingDegrees(), new EndingDegrees());
        Assert.Null(mine.Variation(other));
        mine.Add(CMajor, 60);
        mine.Add(GMajor, 62);
        for (var i = 0; i < 3; i++) other.Add(AMinor, 69);
        other.Add(AMinor, 72);
        Assert.Equal(.5, mine.Variation(other)!.Value, 1e-12);
        Assert.Equal(0, other.Variation(other)!.Value, 1e-12);

        // Added as shares, four endings weigh as much as one: 3/8 on the tonic, 1/8 on the third, 1/2 on the fifth.
        var (both, tonic) = (new EndingDegrees(), new EndingDegrees());
        both.Add(other);
        both.Add(CMajor, 67);
        tonic.Add(CMajor, 60);
        Assert.Equal(5 / 8.0, both.Variation(tonic)!.Value, 1e-12);
    }

    [Fact]
    public void A_key_is_right_with_its_tonic_and_mode_a_signature_with_its_accidentals()
    {
        Assert.Equal(new KeyAccuracy(1 / 3.0, 2 / 3.0, 1, 1 / 2.0), KeyAccuracy.Of([
            (CMajor, CMajor, CMajor, CMajor),
            (CMajor, CMajor, AMinor, GMajor),
            (GMajor, null, CMajor, GMajor)]));
        Assert.Equal(new KeyAccuracy(1, 1, null, null), KeyAccuracy.Of([(CMajor, null, CMajor, CMajor)]));
        Assert.Equal((0, 0, 7, 3), (KeyAccuracy.Accidentals(CMajor), KeyAccuracy.Accidentals(AMinor), KeyAccuracy.Accidentals(GMajor), KeyAccuracy.Accidentals(new Key(0, Mode.Minor))));
    }

    // Free 1/2 and 1/8 are 1 and 3 bits, shaped 1/4 and 1/4 two each; one of four notes was forbidden and one cut.
    [Fact]
    public void Bits_are_those_of_the_notes_that_could_be_measured() =>
        Assert.Equal(new LawBits(2, 2, 1 / 4.0, 1 / 4.0), LawBits.Of([new Choice(60, .5, .25), new Choice(62, .125, .25), new Choice(61, .1, 0), new Choice(63, .1, 0, IsCut: true)]));

    [Fact]
    public void Where_nothing_was_chosen_there_are_no_bits() => Assert.Equal(new LawBits(null, null, null, null), LawBits.Of([]));
}
