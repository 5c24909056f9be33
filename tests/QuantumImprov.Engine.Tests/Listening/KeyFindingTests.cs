using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire.Shipped;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

public class KeyFindingTests
{
    // Scale and cadence as semitones above the tonic.
    private static readonly int[] MajorScale = [0, 2, 4, 5, 7, 9, 11, 12], HarmonicMinorScale = [0, 2, 3, 5, 7, 8, 11, 12];
    private static readonly int[] MajorCadence = [0, 4, 7, 5, 9, 12, 7, 11, 14, 5, 4, 2, 0], MinorCadence = [0, 3, 7, 5, 8, 12, 7, 11, 14, 5, 3, 2, 0];

    [Fact]
    public void Scales_up_and_down_and_cadences_are_heard_in_their_key_in_all_24_transpositions()
    {
        var right = 0;
        for (var tonic = 0; tonic < 12; tonic++)
        {
            right += Finds(new Key(tonic, Mode.Major), [.. MajorScale, .. MajorScale.Reverse()]);
            right += Finds(new Key(tonic, Mode.Minor), [.. HarmonicMinorScale, .. HarmonicMinorScale.Reverse()]);
            right += Finds(new Key(tonic, Mode.Major), MajorCadence);
            right += Finds(new Key(tonic, Mode.Minor), MinorCadence);
        }

        Assert.Equal(48, right);
    }

    [Fact]
    public void What_is_found_moves_with_the_transposition()
    {
        foreach (var tune in ShippedTunes.All)
        {
            var found = new HashSet<(int, Mode)>();
            for (var shift = 0; shift < 12; shift++)
            {
                var finding = new KeyFinding();
                foreach (var note in tune.Notes) finding.Hear(note.Pitch.Number + shift - 6);
                found.Add((((finding.Key.Tonic - shift) % 12 + 12) % 12, finding.Key.Mode));
            }

            Assert.Single(found);
        }
    }

    [Fact]
    public void A_change_of_key_is_heard_within_a_few_phrases()
    {
        var finding = new KeyFinding();
        for (var i = 0; i < 20; i++) Hear(finding, 0, MajorCadence);
        Assert.Equal(new Key(0, Mode.Major), finding.Key);
        var phrases = 0;
        for (; phrases < 20 && finding.Key != new Key(6, Mode.Major); phrases++) Hear(finding, 6, MajorCadence);
        Assert.InRange(phrases, 1, 6);
    }

    [Fact]
    public void A_copy_goes_on_from_the_same_notes_and_forgetting_is_complete()
    {
        var (finding, copy) = (new KeyFinding(), new KeyFinding());
        Hear(finding, 2, MajorCadence);
        copy.CopyFrom(finding);
        Hear(finding, 9, MinorCadence);
        Hear(copy, 9, MinorCadence);
        Assert.Equal(finding.Key, copy.Key);
        finding.Clear();
        Assert.False(finding.Knows);
        Assert.Equal(default, finding.Key);
    }

    private static int Finds(Key key, int[] degrees)
    {
        var finding = new KeyFinding();
        Hear(finding, key.Tonic, degrees);
        return finding.Key == key ? 1 : 0;
    }

    private static void Hear(KeyFinding finding, int tonic, int[] degrees)
    {
        foreach (var degree in degrees) finding.Hear(48 + tonic + degree);
    }
}
