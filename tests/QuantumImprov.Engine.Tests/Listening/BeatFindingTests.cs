using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

public class BeatFindingTests
{
    // Lengths in quarters, two bars or so each; they begin on a beat.
    private static readonly double[][] Rhythms =
    [
        [1, 1, 1, 1, 1, 1, 1, 1],
        [1, .5, .5, 1, 1, 1, .5, .5, 2],
        [.5, .5, 1, .5, .5, 1, .5, .5, .5, .5, 2],
        [1.5, .5, 1, 1, 1.5, .5, 2],
        [.25, .25, .5, 1, .25, .25, .5, 1, .5, .5, 1, 2],
        [.75, .25, .75, .25, 1, 1, .75, .25, .75, .25, 2],
        [2, 1, 1, 2, 2],
        [1, 1, .5, .5, 1, 1, 1, 2],
    ];

    private const double Jitter = .008;

    // 8 rhythms at 29 tempos from 72 to 184, each played 5 times, every onset up to 8 ms early or late.
    [Fact]
    public void The_tempo_of_played_rhythms_is_found_nearly_always_up_to_the_octave_and_mostly_exactly()
    {
        var random = new Xoshiro(20);
        var (all, exact, octave) = (0, 0, 0);
        for (var bpm = 72.0; bpm <= 184; bpm += 4)
        {
            foreach (var rhythm in Rhythms)
            {
                for (var take = 0; take < 5; take++)
                {
                    var ratio = BeatFinding.Find(Played(rhythm, bpm, random))!.Value.BeatsPerMinute / bpm;
                    all++;
                    if (Math.Abs(ratio - 1) < .03) exact++;
                    else if (Math.Abs(ratio - 2) < .06 || Math.Abs(ratio - .5) < .015) octave++;
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{all} takes: {exact / (double)all:P1} exact, {octave / (double)all:P1} an octave off");
        Assert.True(exact >= .70 * all, $"exact in {exact} of {all}");
        Assert.True(exact + octave >= .95 * all, $"up to the octave in {exact + octave} of {all}");
    }

    [Fact]
    public void A_steady_pulse_near_where_people_tap_is_found_to_a_third_of_a_per_cent()
    {
        for (var bpm = 80.0; bpm <= 150; bpm += 2.5)
        {
            var found = BeatFinding.Find(Played(Rhythms[0], bpm, null))!.Value.BeatsPerMinute;
            Assert.Equal(1, found / bpm, .003);
        }
    }

    [Fact]
    public void Fewer_than_three_onsets_say_nothing()
    {
        Assert.Null(BeatFinding.Find([]));
        Assert.Null(BeatFinding.Find(Played([1, 1], 120, null)));
        Assert.NotNull(BeatFinding.Find(Played([1, 1, 1], 120, null)));
    }

    [Fact]
    public void Any_onsets_give_a_tempo_between_sixty_and_two_hundred()
    {
        var random = new Xoshiro(4);
        for (var i = 0; i < 500; i++)
        {
            var notes = new HeardNote[3 + random.NextInt(200)];
            var at = default(HostTime);
            for (var n = 0; n < notes.Length; n++) notes[n] = new HeardNote(at = at.Plus(random.NextInt(1_500_000_000)), HostTime.Never, 60, 80, 1);
            Assert.InRange(BeatFinding.Find(notes)!.Value.BeatsPerMinute, 59, 202);
        }
    }

    private static HeardNote[] Played(double[] rhythm, double bpm, Xoshiro? random)
    {
        var at = 0.0;
        var notes = new HeardNote[rhythm.Length];
        for (var i = 0; i < rhythm.Length; i++)
        {
            var jitter = random is null ? 0 : Jitter * (2 * random.NextDouble() - 1);
            notes[i] = new HeardNote(new HostTime(1_000_000_000).PlusSeconds(at + jitter), HostTime.Never, 60, 80, 1);
            at += rhythm[i] * 60 / bpm;
        }

        return notes;
    }
}
