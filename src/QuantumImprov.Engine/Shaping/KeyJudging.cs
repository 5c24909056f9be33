using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// The key to answer a call in: of the 24 the one that best explains the pitch classes of the call and of what was heard before it (Krumhansl-Kessler profiles), the steps between its degrees as the
/// repertoire moves, and its last note as the repertoire ends. A plain profile knows neither steps nor endings. Allocates nothing. [engine]
/// </summary>
public static class KeyJudging
{
    // How much a perfect correlation of the call, and of what was heard, weighs against nats a step. Found on half of the development tunes; the other half is what is reported.
    private const double CallProfile = 32, RunningProfile = 4, StepWeight = .5, EndingWeight = .5;
    private const int MostSteps = 64, FewNotes = 8, Weights = 3;

    // In nats: how much likelier it is that the key of the last answer holds on than any one other.
    private const double Staying = 4;

    /// <summary>The key of <paramref name="call"/>; that of <paramref name="running"/> when the call is empty.</summary>
    /// <param name="call">What is answered.</param>
    /// <param name="running">What was heard so far, the call included.</param>
    /// <param name="flow">How the repertoire moves and ends.</param>
    /// <param name="barOrigin">A bar line of the call.</param>
    /// <param name="metre">Its metre.</param>
    /// <param name="before">The key judged last in the same music; null when there was none.</param>
    /// <param name="ended">Whether the call's last note is its ending.</param>
    public static Key Judge(Call call, KeyFinding running, DegreeFlow flow, Beats barOrigin, Metre metre, Key? before = null, bool ended = true)
    {
        if (call.Notes.IsEmpty) return running.Key;
        Span<double> classes = stackalloc double[12];
        classes.Clear();
        // A long note weighs more, but not as much more as it is longer.
        foreach (var note in call.Notes)
        {
            var weight = Math.Sqrt(note.Duration.Quarters);
            classes[note.Pitch % 12] += weight;
            for (var beside = Call.ClassesBeside(note); beside != 0; beside &= beside - 1) classes[System.Numerics.BitOperations.TrailingZeroCount(beside)] += weight;
        }

        // What few notes correlate with says little.
        var profile = CallProfile * call.Notes.Length / (call.Notes.Length + FewNotes);
        var (best, bestScore) = (running.Key, double.NegativeInfinity);
        Span<byte> weights = stackalloc byte[MostSteps];
        WriteWeights(call, barOrigin, metre, weights);
        Span<double> totals = stackalloc double[Weights * 12];
        foreach (var mode in (ReadOnlySpan<Mode>)[Mode.Major, Mode.Minor])
        {
            for (var i = 0; i < totals.Length; i++) totals[i] = flow.Total(mode, i / 12, i % 12);
            for (var tonic = 0; tonic < 12; tonic++)
            {
                var key = new Key(tonic, mode);
                var score = profile * KeyFinding.Correlation(classes, key) + RunningProfile * running.Correlation(key) + StepWeight * Steps(call, flow, key, weights, totals)
                    + (ended ? EndingWeight * Math.Log(flow.EndingShare(mode, key.Degree(call.Notes[^1].Pitch))) : 0) + (key == before ? Staying : 0);
                if (score > bestScore) (best, bestScore) = (key, score);
            }
        }

        return best;
    }

    // Log-likelihood of the call's steps, of a long call its end.
    private static double Steps(Call call, DegreeFlow flow, Key key, ReadOnlySpan<byte> weights, ReadOnlySpan<double> totals)
    {
        var (sum, first) = (0.0, FirstStep(call));
        var from = key.Degree(call.Notes[first - 1].Pitch);
        for (var i = first; i < call.Notes.Length; i++)
        {
            var (weight, to) = (weights[i - first], key.Degree(call.Notes[i].Pitch));
            sum += Math.Log(flow.Count(key.Mode, weight, from, to) / totals[weight * 12 + from]);
            from = to;
        }

        return sum;
    }

    // The weights of the places the steps lead to: the same in every key.
    private static void WriteWeights(Call call, Beats barOrigin, Metre metre, Span<byte> weights)
    {
        var first = FirstStep(call);
        for (var i = first; i < call.Notes.Length; i++) weights[i - first] = (byte)DegreeFlow.WeightOf(NoteTime.Of(call.Notes[i].Onset, call.Notes[i].Duration, barOrigin, metre));
    }

    private static int FirstStep(Call call) => Math.Max(1, call.Notes.Length - MostSteps);
}
