using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// Makes the plan of an answer before its first pitch: as many whole bars as the call had, rhythm cell by cell on the metre's grid, of the call and of the repertoire, an ending where the repertoire's phrases end, held and
/// followed by rest, the call's opening in some form, an arc of contour and of loudness, and breaths. Allocates nothing after construction. [engine]
/// </summary>
public sealed class Planning(PlanningRules rules)
{
    /// <summary>What the preset, or a dial turned since, says. May be turned between two plans.</summary>
    public PlanningRules Rules
    {
        get => rules;
        set => rules = value;
    }

    /// <summary>The chords that answers are played over; null: those their calls suggest. Its first bar is the timeline's.</summary>
    public ChordChart? Chart { get; set; }

    /// <summary>The repertoire whose rhythms answers may borrow; null, the default: their calls' alone.</summary>
    public PhraseArchive? Archive
    {
        get => _rhythm.Archive;
        set => _rhythm.Archive = value;
    }

    /// <summary>How coherently the rhythm of each bar is chosen, 0 to 1, the default.</summary>
    public double Coherence
    {
        get => _rhythm.Coherence;
        set => _rhythm.Coherence = value;
    }

    private readonly RhythmFilling _rhythm = new();

    // Longer answers breathe so often.
    private const int BarsABreath = 4;

    /// <summary>How many bars an answer to <paramref name="call"/> has: as many as the call, within the preset's bounds.</summary>
    public int BarsFor(Call call, Metre metre)
    {
        var called = call.Notes.IsEmpty ? metre.Bar : call.End - call.Notes[0].Onset;
        return Math.Clamp((int)(called.Round(metre.Bar).Ticks / metre.Bar.Ticks), rules.LeastBars, rules.MostBars);
    }

    /// <summary>
    /// Plans <paramref name="bars"/> bars in the manner of <paramref name="call"/> that begin at <paramref name="start"/> on <paramref name="timeline"/>, in
    /// <paramref name="key"/>; <paramref name="ending"/> is the degree of the last note, or null to draw one from the repertoire's own endings. With <paramref name="notes"/> above 0 the
    /// answer has so many notes (at most <see cref="AnswerPlan.Capacity"/>) in as many bars as they take.
    /// </summary>
    /// <param name="plan">Is written.</param>
    /// <param name="call">What is answered: register, loudness, direction.</param>
    /// <param name="model">What is taken up: rhythm and motif. The call itself, or an earlier phrase.</param>
    /// <param name="bars">At least 1.</param>
    /// <param name="start">A felt beat.</param>
    /// <param name="timeline">Tempo and metre.</param>
    /// <param name="key">The key to end in.</param>
    /// <param name="ending">Semitones above the tonic, or null.</param>
    /// <param name="flow">How the repertoire moves and ends.</param>
    /// <param name="returning">The share of the repertoire's runs that say again what was said, 0 to 1.</param>
    /// <param name="rise">How far to go along with a performer who is building (above 0) or letting go, -1 to 1.</param>
    /// <param name="random">Draws what is left to chance.</param>
    /// <param name="notes">How many notes, or 0 for as many as the bars hold.</param>
    public void Plan(AnswerPlan plan, Call call, Call model, int bars, Beats start, in Timeline timeline, Key key, int? ending, DegreeFlow flow, double returning, double rise, Xoshiro random, int notes = 0)
    {
        var counted = notes > 0;
        Place(plan, call, bars, start, timeline, key);
        if (counted) plan.End = new Beats(long.MaxValue / 2);
        plan.EndDegree = ending ?? DrawEnding(key, flow, random);
        Fill(plan, model, model != call, returning, counted ? notes : int.MaxValue, rise, random);
        if (counted) CadencePlacing.EndAfter(plan, notes, flow, random);
        else CadencePlacing.EndIn(plan, flow, random);
        if (Chart is not null) plan.EndDegree = DrawOver(plan, ending, flow, random);
        plan.Chords.Follow(model, key, plan.EndDegree, timeline.BarOrigin, timeline.Metre);
        Finish(plan, call, model, rise, flow, random);
    }

    /// <summary>
    /// Plans a voice that goes with <paramref name="lead"/>, another's plan that is finished: from <paramref name="delay"/> bars after its start, less than it has, in its key, on its chords, and to its ending at the same instant, on a note of
    /// the last chord that goes with its last, anywhere in the preset's range. What else is said of <see cref="Plan(AnswerPlan, Call, Call, int, Beats, in Timeline, Key, int?, DegreeFlow, double, double, Xoshiro, int)"/> holds.
    /// </summary>
    public void PlanWith(AnswerPlan plan, AnswerPlan lead, int voice, int delay, Call call, Call model, in Timeline timeline, DegreeFlow flow, double returning, double rise, Xoshiro random)
    {
        Place(plan, call, lead.Bars - delay, lead.Start + timeline.Metre.Bar * delay, timeline, lead.Key);
        plan.Range = (rules.Low, rules.High);
        plan.EndDegree = Ending(lead, voice);
        // Voices that begin together do not say the same on different steps; who comes later imitates.
        Fill(plan, model, lead.Recalls, delay > 0 ? returning : null, int.MaxValue, rise, random);
        var last = lead.Count == 0 ? plan.Start : lead.Slots[^1].Onset;
        CadencePlacing.EndAt(plan, Beats.Max(last, plan.Start));
        plan.Chords.CopyFrom(lead.Chords, delay);
        Finish(plan, call, model, rise, flow, random);
    }

    // The second voice, the lowest as a rule, gives the chord its ground; the others its third, then its fifth. Where the answer stays open, on the fifth, that chord is the dominant.
    private static int Ending(AnswerPlan lead, int voice)
    {
        if (lead.Chart is not null && lead.Count > 0)
        {
            var chord = lead.WrittenChord(lead.Slots[^1].Onset);
            return lead.Key.Degree(voice switch { 1 => chord.Root, 2 => chord.Third, _ => chord.Fifth });
        }

        var open = lead.EndDegree == 7;
        var degree = voice switch { 1 => open ? 7 : 0, 2 => open ? 11 : lead.Key.Mode == Mode.Major ? 4 : 3, _ => open ? 2 : 7 };
        return lead.Scale is { } scale && (scale.Degrees >> degree & 1) == 0 ? 0 : degree;
    }

    private void Place(AnswerPlan plan, Call call, int bars, Beats start, in Timeline timeline, Key key)
    {
        (plan.Metre, plan.BarOrigin) = (timeline.Metre, timeline.BarOrigin);
        (plan.Bars, plan.Start, plan.End) = (bars, start, start + timeline.Metre.Bar * bars);
        plan.Key = key;
        plan.Range = RangeFor(call);
        plan.Cadence = rules.Cadence;
        (plan.Chart, plan.Scale) = (Chart, rules.Scale);
    }

    // The rhythm, up to the ending, and what is to return; without a share of what returns nothing does.
    private void Fill(AnswerPlan plan, Call model, bool recalls, double? returning, int most, double rise, Xoshiro random)
    {
        plan.Returning = returning is not { } share ? 0 : rules.Motif <= .5 ? share * 2 * rules.Motif : share + (1 - share) * (2 * rules.Motif - 1);
        plan.Recalls = recalls;
        plan.Motif = returning is null || model.Notes.Length < MotifPlanning.Fewest || plan.Bars < 2 || rules.Motif == 0 ? MotifForm.None : MotifPlanning.Draw(returning.Value, random);
        _rhythm.Fill(plan, model, rules.Variation, most, random);
        if (most == int.MaxValue) Thickness.Bring(plan, Math.Clamp(rules.Density + (rise * Math.Max(0, rules.Responsiveness - .5)), 0, 1), random);
        if (plan.Motif == MotifForm.Augmented && !MotifPlanning.Stretch(plan, model)) plan.Motif = MotifForm.Inverted;
    }

    private void Finish(AnswerPlan plan, Call call, Call model, double rise, DegreeFlow flow, Xoshiro random)
    {
        (plan.MotifPlace, plan.MotifNotes, plan.MotifSteps) = MotifPlanning.Aim(plan, model, random);
        if (plan.MotifNotes > 0) plan.OpeningEnds = EndOf(model.Notes[plan.Slots[plan.MotifPlace + plan.MotifNotes - 1].Source]);
        if (plan.MotifNotes == 0 && plan.Motif is not MotifForm.RhythmOnly) plan.Motif = MotifForm.None;
        plan.Arc = ContourArc.For((ContourRelation)random.NextInt(3), call, plan.Key, plan.EndDegree, plan.Range, rise);
        LeadHome(plan, flow);
        Feel.Bring(plan, rules.Swing, rules.Quantise);
        KeepApart(plan);
        Breathe(plan);
        ShapeLoudness(plan, call.Loudness * (1 + rise / 5));
    }

    /// <summary>
    /// Plans one bar that begins at <paramref name="start"/> beside a performer whose music so far is <paramref name="call"/>: the rhythm of his busiest bar lately, without the places he played in the bar
    /// before, the fewer of them the more notes a beat he played there (<paramref name="busy"/>); above or below his register. With <paramref name="homeward"/> it ends on the tonic.
    /// </summary>
    public void PlanBeside(AnswerPlan plan, Call call, Beats start, in Timeline timeline, Key key, double busy, bool homeward, DegreeFlow flow, Xoshiro random)
    {
        var bar = timeline.Metre.Bar;
        (plan.Metre, plan.BarOrigin, plan.Bars, plan.Start, plan.End, plan.Key) = (timeline.Metre, timeline.BarOrigin, 1, start, start + bar, key);
        (plan.EndDegree, plan.Cadence, plan.Returning, plan.Motif, plan.MotifPlace, plan.MotifNotes, plan.MotifSteps, plan.Recalls, plan.TakesUp) = (0, homeward ? rules.Cadence : 0, 0, MotifForm.None, 0, 0, 0, false, false);
        plan.Range = RangeBeside(call);
        (plan.Chart, plan.Scale) = (Chart, rules.Scale);
        BesideFilling.Fill(plan, call, busy, random);
        if (homeward) CadencePlacing.EndIn(plan, flow, random);
        if (homeward && Chart is not null) plan.EndDegree = DrawOver(plan, null, flow, random);
        plan.Arc = ContourArc.For(ContourRelation.Completes, call, key, 0, plan.Range, 0);
        plan.Chords.Clear();
        LeadHome(plan, flow);
        Feel.Bring(plan, rules.Swing, rules.Quantise);
        KeepApart(plan);
        ShapeLoudness(plan, call.Loudness * .9);
    }

    // An octave and a half on the side of the performer where there is more room.
    private (int Low, int High) RangeBeside(Call call)
    {
        const int Width = 18, Distance = 3;
        var (below, above) = (call.Range.Low - Distance - rules.Low, rules.High - call.Range.High - Distance);
        if (Math.Max(below, above) < 11) return (rules.Low, rules.High);
        return below >= above
            ? (Math.Max(rules.Low, call.Range.Low - Distance - Width), call.Range.Low - Distance)
            : (call.Range.High + Distance, Math.Min(rules.High, call.Range.High + Distance + Width));
    }

    // Stable degrees only, as often as the repertoire ends on them, that the scale has, if there is one.
    private int DrawEnding(Key key, DegreeFlow flow, Xoshiro random)
    {
        ReadOnlySpan<int> stable = [0, key.Mode == Mode.Major ? 4 : 3, 7];
        // The tonic's head start keeps a young repertoire from wandering off at its phrase ends.
        Span<double> weights = [flow.Endings(key.Mode, 0) + 2, flow.Endings(key.Mode, stable[1]) + .5, flow.Endings(key.Mode, 7) + .5];
        for (var i = 0; i < 3; i++)
        {
            if (rules.Scale is { } scale && (scale.Classes >> (key.Tonic + stable[i]) % 12 & 1) == 0) weights[i] = 0;
        }

        var at = random.NextDouble() * (weights[0] + weights[1] + weights[2]);
        return at < weights[0] || weights[1] + weights[2] == 0 ? stable[0] : at < weights[0] + weights[1] ? stable[1] : stable[2];
    }

    // A note of the chord that is written over the ending, as often as the repertoire ends on its degree; the one that was asked for, if it is among them.
    private static int DrawOver(AnswerPlan plan, int? asked, DegreeFlow flow, Xoshiro random)
    {
        var chord = plan.WrittenChord(plan.Slots[^1].Onset);
        if (asked is { } degree && ChordTrack.Holds(chord.Classes, plan.Key.Tonic + degree)) return degree;
        ReadOnlySpan<int> tones = [plan.Key.Degree(chord.Root), plan.Key.Degree(chord.Third), plan.Key.Degree(chord.Fifth)];
        Span<double> weights = [flow.Endings(plan.Key.Mode, tones[0]) + 1, flow.Endings(plan.Key.Mode, tones[1]) + 1, flow.Endings(plan.Key.Mode, tones[2]) + .5];
        var at = random.NextDouble() * (weights[0] + weights[1] + weights[2]);
        return at < weights[0] ? tones[0] : at < weights[0] + weights[1] ? tones[1] : tones[2];
    }

    private static Beats EndOf(in CallNote note) => note.Onset + note.Duration;

    // The messages back from the ending, place by place, each by the weight of the place it leads to.
    private static void LeadHome(AnswerPlan plan, DegreeFlow flow)
    {
        var messages = plan.Messages;
        messages.Clear();
        messages[plan.EndDegree] = 1;
        for (var back = 1; back < DegreeFlow.Reach && back < plan.Count; back++)
            flow.WriteBefore(plan.Key.Mode, DegreeFlow.WeightOf(plan.TimeOf(plan.Count - back)), messages.Slice((back - 1) * 12, 12), messages.Slice(back * 12, 12));
    }

    // No note begins before the one before it, nor runs into the next: a legato call gives a legato answer, not a blur.
    private static void KeepApart(AnswerPlan plan)
    {
        // Whoever comes in comes in on time.
        if (plan.Count > 0) plan.Store[0] = plan.Slots[0] with { Push = Beats.Zero };
        for (var i = 0; i + 1 < plan.Count; i++)
        {
            var (slot, next) = (plan.Slots[i], plan.Slots[i + 1]);
            if (next.Struck <= slot.Struck) plan.Store[i + 1] = next = next with { Push = Beats.Max(next.Push, slot.Push) };
            plan.Store[i] = slot with { Duration = Beats.Min(slot.Duration, next.Struck - slot.Struck) };
        }
    }

    // A breath before every fourth bar line: the note before it is shortened, if it is long enough to bear it.
    private static void Breathe(AnswerPlan plan)
    {
        var breath = new Beats(plan.Metre.Beat.Ticks / 4);
        for (var i = 0; i + 1 < plan.Count; i++)
        {
            var (bar, next) = (plan.BarOf(plan.Slots[i].Onset), plan.BarOf(plan.Slots[i + 1].Onset));
            if (bar / BarsABreath == next / BarsABreath) continue;
            var slot = plan.Slots[i];
            var free = plan.Slots[i + 1].Struck - slot.Struck - breath;
            if (slot.Duration > free && free >= breath * 2) plan.Store[i] = slot with { Duration = free };
        }
    }

    // The call's own register with room to move, moved by the preset's octaves, inside the preset's range.
    private (int Low, int High) RangeFor(Call call)
    {
        var shift = 12 * rules.OctaveShift;
        // Only what the performer played must fit, not the room to move: a call that nearly touches the bound is answered where it was.
        var (low, high) = (call.Range.Low + shift, call.Range.High + shift);
        while (high > rules.High && low - 12 >= rules.Low) (low, high) = (low - 12, high - 12);
        while (low < rules.Low && high + 12 <= rules.High) (low, high) = (low + 12, high + 12);
        (low, high) = (low - 5, high + 5);
        if (high - low < 14) (low, high) = ((low + high) / 2 - 7, (low + high) / 2 + 7);
        // At a bound the room is on the other side.
        (low, high) = (Math.Max(low, rules.Low), Math.Min(high, rules.High));
        if (high - low < 14) high = Math.Min(rules.High, low + 14);
        if (high - low < 14) low = Math.Max(rules.Low, high - 14);
        return (low, high);
    }

    // Half the performer's own accents, half an arc that rises to two thirds of the way and settles; both are drawn to mezzo-forte where the performer's loudness is not to be followed.
    private void ShapeLoudness(AnswerPlan plan, double loudness)
    {
        const double MezzoForte = 72;
        for (var i = 0; i < plan.Count; i++)
        {
            var at = plan.Count == 1 ? 1 : i / (double)(plan.Count - 1);
            var arc = at < .67 ? -6 + 14 * at / .67 : 8 - 16 * (at - .67) / .33;
            var velocity = MezzoForte + rules.Dynamics * ((loudness + plan.Slots[i].Velocity) / 2 - MezzoForte) + arc;
            plan.Store[i] = plan.Slots[i] with { Velocity = (byte)Math.Clamp(velocity * rules.Loudness, 1, 127) };
        }
    }
}
