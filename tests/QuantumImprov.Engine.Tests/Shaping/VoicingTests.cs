using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class VoicingTests
{
    [Fact]
    public void The_first_chord_stands_as_it_was_played()
    {
        var voicing = new Voicing();
        Assert.Equal(0, voicing.Place(67, 1 << 3 | 1 << 7, above: false));
        Assert.Equal([60, 64], Voices(voicing));
        voicing.Restart();
        voicing.Place(48, 1 << 4 | 1 << 7, above: true);
        Assert.Equal([52, 55], Voices(voicing));
    }

    // From C major under G (C E) to F major under A: F and C, of which C stays and F comes a step from E; as the shape stood it would have leapt.
    [Fact]
    public void The_next_chord_moves_as_little_as_it_can()
    {
        var voicing = new Voicing();
        voicing.Place(67, 1 << 3 | 1 << 7, above: false);
        Assert.Equal(1, voicing.Place(69, 1 << 4 | 1 << 21, above: false));
        Assert.Equal([60, 65], Voices(voicing));
    }

    [Fact]
    public void Keys_stand_where_they_are_and_the_next_chord_moves_from_them()
    {
        var voicing = new Voicing();
        voicing.Stand(UInt128.One << 48 | UInt128.One << 64);
        Assert.Equal([48, 64], Voices(voicing));
        Assert.Equal(2, voicing.Place(67, 1 << 2 | 1 << 18, above: false));
        Assert.Equal([49, 65], Voices(voicing));
        voicing.Stand(0);
        Assert.Empty(Voices(voicing));
    }

    // 20,000 random successions against every placement of every note, tried one by one.
    [Fact]
    public void No_placement_within_two_octaves_moves_less_and_no_voices_cross()
    {
        var random = new Xoshiro(5);
        var voicing = new Voicing();
        for (var trial = 0; trial < 20_000; trial++)
        {
            var (lead, above) = (40 + random.NextInt(48), random.NextInt(2) == 0);
            var classes = Enumerable.Range(1, 11).OrderBy(_ => random.NextInt(1000)).Take(1 + random.NextInt(4)).ToArray();
            var shape = classes.Aggregate(0u, (bits, c) => bits | 1u << (c + 12 * random.NextInt(2)));
            var before = Voices(voicing);
            var moved = voicing.Place(lead, shape, above);
            var now = Voices(voicing);
            Assert.Equal(now.Order().Distinct(), now);
            Assert.Equal(classes.Select(c => Class(above ? lead + c : lead - c)).Order(), now.Select(Class).Order());
            Assert.All(now, v => Assert.InRange(above ? v - lead : lead - v, 1, 24));
            if (before.Length != now.Length) continue;
            var least = Placements(classes).Min(p => Motion(before, [.. p.Select(d => above ? lead + d : lead - d).Order()]));
            Assert.Equal((least, least), (moved, Motion(before, now)));
        }

        static int Class(int pitch) => (pitch % 12 + 12) % 12;

        static int Motion(int[] a, int[] b) => a.Zip(b).Sum(v => Math.Abs(v.First - v.Second));

        static IEnumerable<int[]> Placements(int[] classes) =>
            Enumerable.Range(0, 1 << classes.Length).Select(bits => classes.Select((c, i) => c + 12 * (bits >> i & 1)).ToArray());
    }

    private static int[] Voices(Voicing voicing) => [.. voicing.Voices.ToArray().Select(v => (int)v)];
}
