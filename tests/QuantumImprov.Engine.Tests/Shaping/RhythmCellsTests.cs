using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class RhythmCellsTests
{
    private static readonly double[] Straight = [0, 1, 2, 3], Running = [0, .5, 1, 1.5, 2, 2.5, 3, 3.5], Dotted = [0, 1.5, 2, 3.5], Late = [.5, 2.5];

    // The call is straight, running, straight; an older phrase is dotted, running, dotted; a newer one running, late.
    private static (RhythmCells Cells, Call Call) Read(bool withRepertoire = true)
    {
        var (cells, call, archive) = (new RhythmCells(), CallOf(Straight, Running, Straight), new PhraseArchive());
        archive.Add(PhraseOf(90, Dotted, Running, Dotted));
        archive.Add(PhraseOf(40, Running, Late));
        cells.Read(call, Beats.Zero, default, withRepertoire ? archive : null);
        return (cells, call);
    }

    [Fact]
    public void Bars_whose_notes_begin_at_the_same_places_are_one_cell()
    {
        var (cells, _) = Read();
        // Straight and running of the call; late of the newer phrase before dotted of the older one.
        Assert.Equal(4, cells.Count);
        Assert.Equal((0, 1, 0, -1), (cells.OwnAt(0), cells.OwnAt(1), cells.OwnAt(2), cells.OwnAt(3)));
        Assert.Equal(2, Read(withRepertoire: false).Cells.Count);
    }

    // After running: straight in the call, late in the newer phrase, dotted in the older one. Openings: straight, running, dotted. Within: running twice. Closing: straight, late, dotted. In the call: two of three straight.
    [Fact]
    public void Each_view_says_what_it_has_heard_and_nothing_where_it_has_heard_nothing()
    {
        var (cells, _) = Read();
        var laws = new double[4 * 4];
        cells.WriteLaws(1, 1, PlaceInPhrase.Closing, laws);
        Equal([0, 1, 0, 0, 1 / 3.0, 0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 0, 1 / 3.0, 1 / 3.0, 2 / 3.0, 1 / 3.0, 0, 0], laws);
        cells.WriteLaws(-1, 2, PlaceInPhrase.Opening, laws);
        Equal([0, 0, 0, 0, 0, 0, 0, 0, 1 / 3.0, 1 / 3.0, 0, 1 / 3.0, 2 / 3.0, 1 / 3.0, 0, 0], laws);

        static void Equal(double[] expected, double[] laws)
        {
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], laws[i], 1e-12);
        }
    }

    // |sqrt(.64) s_0(x) + .2 (s_1(x) + s_2(x) + s_3(x))|^2 at a variation of .36, written out.
    [Fact]
    public void The_views_interfere()
    {
        var (cells, _) = Read();
        var (laws, law) = (new double[16], new double[4]);
        cells.WriteLaws(1, 1, PlaceInPhrase.Closing, laws);
        cells.WriteLaw(1, 1, PlaceInPhrase.Closing, .36, 1, law);
        var weights = Enumerable.Range(0, 4).Select(x => Math.Pow(.8 * Math.Sqrt(laws[x]) + .2 * Enumerable.Range(1, 3).Sum(k => Math.Sqrt(laws[k * 4 + x])), 2)).ToArray();
        for (var x = 0; x < 4; x++) Assert.Equal(weights[x] / weights.Sum(), law[x], 1e-12);
    }

    // After running, in a closing bar, with nothing corresponding in the call: what the three say of straight is (1/3, 1/3, 2/3), of running (0, 0, 1/3), of the other two (1/3, 1/3, 0).
    [Fact]
    public void Dephased_their_laws_are_mixed_and_the_share_stays()
    {
        var (cells, law) = (Read().Cells, new double[4]);
        cells.WriteLaw(1, 1, PlaceInPhrase.Closing, .3, 0, law);
        double[] expected = [.1 * 4 / 3, .7 + .1 / 3, .1 * 2 / 3, .1 * 2 / 3];
        for (var x = 0; x < 4; x++) Assert.Equal(expected[x], law[x], 1e-12);
    }

    // A phrase with an hour of silence in it.
    [Fact]
    public void Bars_without_notes_are_passed_over()
    {
        var (cells, archive) = (new RhythmCells(), new PhraseArchive());
        archive.Add(PhraseOf(80, [0, 1, 2, 3, 40_000_000, 40_000_001, 40_000_002]));
        cells.Read(CallOf(Running), Beats.Zero, default, archive);
        Assert.Equal(3, cells.Count);
        var laws = new double[12];
        // The third cell stands after nothing.
        cells.WriteLaws(-1, 1, PlaceInPhrase.Within, laws);
        Assert.All(laws[3..6], p => Assert.Equal(0, p));
    }

    // False alarm once in 100,000 for each of the laws.
    [Theory]
    [InlineData(1, .25)]
    [InlineData(.5, .25)]
    [InlineData(0, .6)]
    [InlineData(1, 1)]
    public void Cells_are_measured_by_the_exact_law(double coherence, double variation)
    {
        var (cells, random) = (Read().Cells, new Xoshiro(5));
        foreach (var (own, previous, place) in new[] { (0, -1, PlaceInPhrase.Within), (1, 0, PlaceInPhrase.Closing), (-1, 1, PlaceInPhrase.Closing), (1, 3, PlaceInPhrase.Within) })
        {
            var law = new double[cells.Count];
            cells.WriteLaw(own, previous, place, variation, coherence, law);
            Assert.Equal(1, law.Sum(), 1e-12);
            var counts = new int[cells.Count];
            for (var i = 0; i < 20_000; i++) counts[cells.Choose(own, previous, place, variation, coherence, random)]++;
            ChiSquare.AssertFollows(law, counts, 1e-5);
        }
    }

    [Fact]
    public void Without_variation_it_is_the_bar_that_corresponds_and_without_anything_known_there_is_none()
    {
        var (cells, random) = (Read().Cells, new Xoshiro(1));
        for (var i = 0; i < 100; i++) Assert.Equal(i % 4, cells.Choose(i % 4, 1, PlaceInPhrase.Within, 0, 1, random));
        Assert.Equal(-1, cells.Choose(-1, 1, PlaceInPhrase.Within, 0, 1, random));
        cells.Read(CallOf([0.0]), Beats.Zero, default, null);
        Assert.Equal((0, -1), (cells.Count, cells.Choose(-1, -1, PlaceInPhrase.Closing, 1, 1, random)));
    }

    [Fact]
    public void An_upbeat_is_no_bar_and_other_metres_are_not_looked_at()
    {
        var (cells, archive) = (new RhythmCells(), new PhraseArchive());
        archive.Add(PhraseOf(80, [-1, -.5, 0, 1, 2, 3]));
        archive.Add(PhraseOf(80, Dotted) with { Metre = Metre.Of(3, 4) });
        cells.Read(CallOf(Straight), Beats.Zero, default, archive);
        Assert.Equal(1, cells.Count);
        cells.Read(CallOf(Straight), Beats.Zero, Metre.Of(3, 4), archive);
        // The call's bars of three, and the dotted one's first.
        Assert.Equal(2, cells.Count);
    }

    [Fact]
    public void More_cells_than_there_is_room_for_are_passed_by_and_nothing_is_allocated()
    {
        var (cells, archive, random) = (new RhythmCells(), new PhraseArchive(), new Xoshiro(2));
        for (var i = 0; i < 60; i++) archive.Add(PhraseOf(80, [0, .25 + i % 15 * .25, 2 + i / 15 * .25 + .125]));
        var call = CallOf(Straight, Running);
        cells.Read(call, Beats.Zero, default, archive);
        var least = RhythmCells.Most;
        Assert.Equal(0, Allocated.By(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                cells.Read(call, Beats.Zero, default, archive);
                least = Math.Min(least, cells.Choose(0, 1, PlaceInPhrase.Within, .5, .9, random));
            }
        }));
        Assert.True(least >= 0);
        Assert.InRange(cells.Count, 20, RhythmCells.Most);
    }

    [Fact]
    public void An_answer_borrows_rhythms_of_the_repertoire_with_their_lengths_and_accents()
    {
        var archive = new PhraseArchive();
        // Bound, where the call's quarters are held for an eighth: of its two halves the first is held for a quarter, as the call would.
        var bound = PhraseOf(40, Straight, Late).Notes;
        archive.Add(new LearnedPhrase([.. bound.Select((n, i) => n with { Duration = i + 1 < bound.Length ? bound[i + 1].Onset - n.Onset : Beats.Of(2) })], default, LearnedPhrase.FromPerformer));
        var call = CallOf(Straight, Straight);
        var (plan, borrowed, own) = (new AnswerPlan(), 0, 0);
        for (ulong seed = 0; seed < 200; seed++)
        {
            var planning = new Planning(new PlanningRules(1, 4, 48, 88, 0, 1, 1, Motif: 0)) { Archive = archive };
            planning.Plan(plan, call, call, 4, Beats.Of(16), default, default, null, new DegreeFlow(), .25, 0, new Xoshiro(seed));
            for (var bar = 1; bar < 3; bar++)
            {
                var slots = plan.Slots.ToArray().Where(s => s.Onset >= Beats.Of(16 + bar * 4) && s.Onset < Beats.Of(20 + bar * 4)).ToArray();
                var late = slots.Length == 2 && slots[0].Onset.Modulo(Beats.Of(4)) == new Beats(Beats.PerQuarter / 2);
                if (!late)
                {
                    own++;
                    Assert.All(slots, slot => Assert.Equal(Beats.Zero, slot.Onset.Modulo(Beats.Quarter)));
                    continue;
                }

                borrowed++;
                Assert.All(slots, slot => Assert.Equal((Beats.Quarter, (short)-1), (slot.Duration, slot.Source)));
                // The call is at 80; borrowed at 40 it would be a third softer, which the half that follows the performer's loudness would leave at a sixth.
                Assert.All(slots, slot => Assert.InRange(slot.Velocity, 70, 90));
            }
        }

        Assert.InRange(borrowed, 20, 390);
        Assert.InRange(own, 20, 390);
    }

    private static Call CallOf(params double[][] bars)
    {
        var call = new Call();
        call.Take([.. bars.SelectMany((bar, i) => bar.Select(at => new CallNote(Beats.FromQuarters(i * 4 + at), new Beats(Beats.PerQuarter / 2), 60, 80)))]);
        return call;
    }

    private static LearnedPhrase PhraseOf(byte velocity, params double[][] bars) =>
        new([.. bars.SelectMany((bar, i) => bar.Select(at => new LearnedNote(Beats.FromQuarters(i * 4 + at), new Beats(Beats.PerQuarter / 2), new Pitch(62), velocity)))], default, LearnedPhrase.FromPerformer);
}
