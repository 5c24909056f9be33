using CsCheck;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

public class EndPredictionTests
{
    private static readonly Gen<(EndEvidence Evidence, Timeline Timeline, bool Known)> Situations = Gen.Select(Gen.Double[.01, 5], Gen.Double[1, 3], Gen.Double[0, 2], Gen.Double[0, 3], Gen.Double[-2, 2], Gen.Int[0, 1], Gen.Double[0, 2], Gen.Double[0, 3])
        .Select(Gen.Int[20, 400], Gen.Int[0, 5], Gen.Long[0, 10_000_000_000], Gen.Bool, (features, bpm, metre, release, known) =>
        {
            var (held, usual, spread, breath, length, tonic, grid, notes) = features;
            var (numerator, denominator) = new[] { (4, 4), (3, 4), (6, 8), (5, 4), (7, 8), (2, 2) }[metre];
            var evidence = new EndEvidence(new HostTime(release).PlusSeconds(-held), new HostTime(release), held, usual, usual + spread, breath) { Length = length, Tonic = tonic, Grid = grid, Notes = notes };
            return (evidence, new Timeline(Tempo.FromBpm(bpm), Metre.Of(numerator, denominator), default, default), known);
        });

    [Fact]
    public void A_clear_end_needs_50_ms_and_one_nothing_speaks_for_the_whole_of_the_longest_silence()
    {
        var timeline = default(Timeline);
        var release = timeline.ToHost(Beats.Of(16));
        var clear = new EndEvidence(timeline.ToHost(Beats.Of(14)), release, 1, 1, 1, 0) { Length = 1, Tonic = 1, Grid = 2, Notes = 3, BarLine = 1 };
        Assert.Equal(release.Plus(50_000_000), Default.SureAt(clear, timeline, known: true));
        // A key let go a little behind the beat, which no random situation meets once in a thousand times: 40 ms.
        var late = release.Plus(20_000_000);
        Assert.Equal(late.Plus(EndPrediction.Least), Default.SureAt(clear with { Release = late }, timeline, known: true));
        var unclear = new EndEvidence(timeline.ToHost(Beats.Of(15)), release, .5, 1.5, 3, 2) { Length = -1 };
        Assert.Equal(release.PlusSeconds(2.2 * .5), Default.SureAt(unclear, timeline, known: true));
        Assert.Equal(release.PlusSeconds(1.25 * .7), Default.SureAt(unclear, timeline, known: false));
    }

    [Fact]
    public void A_phrase_as_long_as_the_last_for_which_everything_speaks_needs_no_silence()
    {
        var timeline = default(Timeline);
        var release = timeline.ToHost(Beats.FromQuarters(15.8));
        var known = new EndEvidence(timeline.ToHost(Beats.Of(14)), release, .9, 1.1, 1.3, .1) { Length = 1, Tonic = 1, Grid = 2, Notes = 3, BarLine = 1, Habit = 1 };
        Assert.Equal(release.Plus(EndPrediction.Least), Sure(known));
        Assert.True(Default.IsCertain(known));
        // Half a beat shorter than the last, or as long and with less for it, it is waited for; so it is by a patient partner.
        Assert.False(Default.IsCertain(known with { Habit = .5 }));
        Assert.False(Default.IsCertain(known with { Grid = 0, Tonic = 0, Length = -1 }));
        Assert.False(new EndPrediction(PhraseGap.Default, 1).IsCertain(known));
        Assert.True(Sure(known with { Habit = .5 }) > release.Plus(EndPrediction.Least));

        HostTime Sure(in EndEvidence evidence) => Default.SureAt(evidence, timeline, known: true);
    }

    [Fact]
    public void The_more_speaks_for_the_end_the_shorter_is_the_silence_and_the_more_patient_the_longer() =>
        Situations.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Sample((situation, a, b) =>
        {
            var (evidence, timeline, known) = situation;
            HostTime Sure(in EndEvidence e, double patience = .5) => new EndPrediction(PhraseGap.Default, patience).SureAt(e, timeline, known);
            var sure = Sure(evidence);
            Assert.True(Sure(evidence with { Length = 2 }) <= sure);
            Assert.True(Sure(evidence with { Tonic = 1 }) <= sure);
            Assert.True(Sure(evidence with { Grid = 2 }) <= sure);
            Assert.True(Sure(evidence with { Notes = 3 }) <= sure);
            Assert.True(Sure(evidence with { BarLine = 1 }) <= sure);
            Assert.True(Sure(evidence with { Habit = 1 }) <= sure);
            Assert.True(Sure(evidence with { Short = 1 }) >= sure);
            Assert.True(Sure(evidence with { Breath = 0 }) <= sure);
            Assert.True(Sure(evidence with { Usual = 1, Late = 1 }) <= sure);
            Assert.True(Sure(evidence, Math.Min(a, b)) <= Sure(evidence, Math.Max(a, b)));
        }, iter: 2_000);

    [Fact]
    public void Whatever_the_evidence_it_is_at_least_40_ms_and_at_most_the_stated_bound() =>
        Situations.Select(Gen.Double[0, 1]).Sample((situation, patience) =>
        {
            var (evidence, timeline, known) = situation;
            var silence = new EndPrediction(PhraseGap.Default, patience).SureAt(evidence, timeline, known).Since(evidence.Release);
            Assert.InRange(silence, EndPrediction.Least, (long)(PhraseGap.Default.Nanoseconds(timeline, known) * (patience + (known ? 1.7 : .75))) + 1);
        }, iter: 2_000);

    [Fact]
    public void On_a_known_timeline_it_is_50_ms_behind_a_division_of_the_beat_or_40_behind_the_release_or_the_longest()
    {
        var (behindDivision, longest) = (0, 0);
        Situations.Where(s => s.Known).Sample(situation =>
        {
            var (evidence, timeline, known) = situation;
            var sure = Default.SureAt(evidence, timeline, known);
            var division = timeline.Metre.Division;
            var place = timeline.ToBeats(sure.Plus(-EndPrediction.Behind));
            if (Math.Abs((place - place.Round(division)).Ticks) <= 1) Interlocked.Increment(ref behindDivision);
            else if (sure == evidence.Release.Plus(EndPrediction.Least)) return;
            else if (Math.Abs(sure.Since(evidence.Release) - 2.2 * PhraseGap.Default.Nanoseconds(timeline, true)) <= 1) Interlocked.Increment(ref longest);
            else Assert.Fail($"{sure.Since(evidence.Release) * 1e-6} ms");
        }, iter: 2_000);
        Assert.True(behindDivision > 100 && longest > 100, $"{behindDivision}, {longest}");
    }

    [Fact]
    public void A_note_as_late_as_usual_is_waited_for_but_no_longer_than_half_a_beat()
    {
        // Everything speaks for the end; the last note began on beat 14.
        var timeline = default(Timeline);
        HostTime SureAfter(double held, double late)
        {
            var (on, off) = (timeline.ToHost(Beats.Of(14)), timeline.ToHost(Beats.FromQuarters(14 + held)));
            return Default.SureAt(new EndEvidence(on, off, held / 2, 1, late, 0) { Length = 2, Tonic = 1, Grid = 2, Notes = 3, BarLine = 1 }, timeline, known: true);
        }

        Assert.Equal(timeline.ToHost(Beats.Of(16)).Plus(EndPrediction.Behind), SureAfter(1.9, 1.05));
        Assert.Equal(timeline.ToHost(Beats.FromQuarters(16.5)).Plus(EndPrediction.Behind), SureAfter(1.9, 1.2));
        Assert.Equal(timeline.ToHost(Beats.FromQuarters(16.5)).Plus(EndPrediction.Behind), SureAfter(1.9, 2));
    }

    [Fact]
    public void Deciding_allocates_nothing()
    {
        var phrase = new Phrase();
        for (var i = 0; i < 40; i++) phrase.Add(new HeardNote(new HostTime(i * 500_000_000L), new HostTime(i * 500_000_000L + 400_000_000), (byte)(60 + i % 12), 80, 1));
        var (articulation, lengths, prediction) = (new Articulation(), new PhraseLengths(), Default);
        lengths.Hear(Beats.Of(16));
        articulation.Hear(.4, .5, .1);
        Run();
        HostTime last = default;
        Assert.Equal(0, Allocated.By(() => last = Run()));
        Assert.True(last > phrase.LastActivity);

        HostTime Run()
        {
            articulation.Hear(.4, .5, .1);
            return prediction.SureAt(EndEvidence.Of(phrase, articulation, lengths, default, default, known: true), default, known: true);
        }
    }

    private static EndPrediction Default => new(PhraseGap.Default, .5);
}
