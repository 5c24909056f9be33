using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// Turns a plan into favour for each candidate of one place: the way home, the key, what the motif wants, the call's runs as much as they are owed, the arc, no leap beyond what is singable, and
/// a note of the bar's chord on its bar line, no pitch struck again and again. Motif, runs, arc, chord and repetition only lean; where the others leave nothing they give way in this order: leap, key, ending; the range and the limit on copying never do. Allocates nothing. [engine]
/// </summary>
/// <param name="keyLock">How much a pitch outside the key is damped, 0 (not at all) to 1 (forbidden).</param>
/// <param name="greatestLeap">The widest step in semitones, 1 to 24; a third wider where the call's own returns.</param>
public sealed class Favouring(double keyLock, int greatestLeap)
{
    /// <summary>
    /// What a repeated pitch is damped by: the first repetition by this, each further one by its square more. One repetition is a figure, four are a stutter.
    /// </summary>
    public const double Repetition = .5;

    /// <summary>What is not the motif's pitch is damped by this at a place of the motif.</summary>
    public const double OffMotif = .04;

    /// <summary>What is outside the bar's chord is damped by this on the bar line.</summary>
    public const double OffChord = .5;

    /// <summary>What is outside a written chord is damped by this on a felt beat.</summary>
    public const double OffWritten = .06;

    /// <summary>The same between two beats.</summary>
    public const double OffWrittenBetween = .6;

    // A leap that the call made may be so much wider: an octave is sung where a sixth is the limit, by one who has just heard it.
    private const int Said = 4, Sung = 3;

    /// <summary>
    /// Fills <paramref name="candidates"/> for place <paramref name="index"/> after <paramref name="previous"/> (a pitch, or -1), which the answer has already
    /// struck <paramref name="struck"/> times in a row; what <paramref name="copying"/> forbids is forbidden, and when it forbids the whole range nothing is left.
    /// </summary>
    public void Favour(Candidates candidates, AnswerPlan plan, int index, int previous, int struck = 0, CopyLimit? copying = null, Returns? returns = null)
    {
        if (!TryFavour(candidates, plan, index, previous, copying, returns, leaps: false, strictKey: true, home: true)
            && !TryFavour(candidates, plan, index, previous, copying, returns, leaps: true, strictKey: true, home: true)
            && !TryFavour(candidates, plan, index, previous, copying, returns, leaps: true, strictKey: false, home: true))
            TryFavour(candidates, plan, index, previous, copying, returns, leaps: true, strictKey: false, home: false);
        Lean(candidates, plan, index, returns);
        if (struck > 0 && candidates.IndexOf(previous) is >= 0 and var same) candidates.Favour[same] *= Math.Pow(Repetition, 2 * struck - 1);
    }

    // Everything here is at most 1, so that each chain can damp by it.
    private static void Lean(Candidates candidates, AnswerPlan plan, int index, Returns? returns)
    {
        var target = plan.Slots[index].Target;
        var (chord, off, belonging) = (0xFFF, OffChord, plan.BelongingAt(index));
        if (plan.Chart is not null)
        {
            chord = plan.ChordUnder(index);
            var onBeat = (plan.Slots[index].Onset - plan.BarOrigin).Modulo(plan.Metre.Beat) == Music.Beats.Zero;
            off = onBeat ? OffWritten : OffWrittenBetween;
            // The motif gives way to the changes.
            if (target >= 0 && ((belonging >> target % 12 & 1) == 0 || (onBeat && !ChordTrack.Holds(chord, target)))) target = -1;
        }
        else if (target < 0 && DegreeFlow.WeightOf(plan.TimeOf(index)) == 0)
        {
            chord = plan.ChordUnder(index);
        }

        var position = plan.Count == 1 ? 1 : index / (double)(plan.Count - 1);
        for (var i = 0; i < candidates.Count; i++)
        {
            var pitch = candidates.Pitches[i];
            var lean = target >= 0 ? pitch == target ? 1 : OffMotif : plan.Arc.Favour(position, pitch);
            if (!ChordTrack.Holds(chord, pitch)) lean *= off;
            // A run said again on other steps may lead out of the key: that is no return.
            if (target < 0 && returns is not null) lean *= ChordTrack.Holds(belonging, pitch) ? returns.Favour(pitch) : returns.Plain;
            candidates.Favour[i] *= lean;
        }
    }

    private bool TryFavour(Candidates candidates, AnswerPlan plan, int index, int previous, CopyLimit? copying, Returns? returns, bool leaps, bool strictKey, bool home)
    {
        candidates.Fill(plan.Range.Low, plan.Range.High);
        var (any, belonging) = (false, plan.BelongingAt(index));
        for (var i = 0; i < candidates.Count; i++)
        {
            var pitch = candidates.Pitches[i];
            var favour = home ? plan.LeadsHome(index, pitch) : 1;
            if (strictKey && !ChordTrack.Holds(belonging, pitch)) favour *= 1 - keyLock;
            if (!leaps && previous >= 0 && Math.Abs(pitch - previous) > greatestLeap && (Math.Abs(pitch - previous) > greatestLeap * Said / Sung || !IsSaidAgain(pitch))) favour = 0;
            if (favour > 0 && copying is not null && copying.Forbids(pitch)) favour = 0;
            candidates.Favour[i] = favour;
            any |= favour > 0;
        }

        return any;

        bool IsSaidAgain(int pitch) => returns?.Completes(pitch) == true || (index > 0 && pitch == plan.Slots[index].Target && previous == plan.Slots[index - 1].Target);
    }
}
