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
    private const double CallProfile = 14, RunningProfile = 4, StepWeight = .5, EndingWeight = .5;
    private const int MostSteps = 64;

    /// <summary>The key of <paramref name="call"/>; that of <paramref name="running"/> when the call is empty.</summary>
    /// <param name="call">What is answered.</param>
    /// <param name="running">What was heard so far, the call included.</param>
    /// <param name="flow">How the repertoire moves and ends.</param>
    /// <param name="barOrigin">A bar line of the call.</param>
    /// <param name="metre">Its metre.</param>
    public static Key Judge(Call call, KeyFinding running, DegreeFlow flow, Beats barOrigin, Metre metre)
    {
        if (call.Notes.IsEmpty) return running.Key;
        Span<double> classes = stackalloc double[12];
        classes.Clear();
        foreach (var note in call.Notes) classes[note.Pitch % 12]++;
        var (best, bestScore) = (running.Key, double.NegativeInfinity);
        foreach (var mode in (ReadOnlySpan<Mode>)[Mode.Major, Mode.Minor])
        {
            for (var tonic = 0; tonic < 12; tonic++)
            {
                var key = new Key(tonic, mode);
                var score = CallProfile * KeyFinding.Correlation(classes, key) + RunningProfile * running.Correlation(key) + StepWeight * Steps(call, flow, key, barOrigin, metre)
                    + EndingWeight * Math.Log(flow.EndingShare(mode, key.Degree(call.Notes[^1].Pitch)));
                if (score > bestScore) (best, bestScore) = (key, score);
            }
        }

        return best;
    }

    // Log-likelihood of the call's steps, of a long call its end.
    private static double Steps(Call call, DegreeFlow flow, Key key, Beats barOrigin, Metre metre)
    {
        var sum = 0.0;
        for (var i = Math.Max(1, call.Notes.Length - MostSteps); i < call.Notes.Length; i++)
        {
            var note = call.Notes[i];
            var weight = DegreeFlow.WeightOf(NoteTime.Of(note.Onset, note.Duration, barOrigin, metre));
            sum += Math.Log(flow.Step(key.Mode, weight, key.Degree(call.Notes[i - 1].Pitch), key.Degree(note.Pitch)));
        }

        return sum;
    }
}
