using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// How melodies move through the degrees of their key, on which they end and where in the bar, counted by mode. Steps are counted apart by the weight of the place they lead to (bar line,
/// beat, between beats), so that the backward messages made of them lead a line through metre and cadence together:
/// h_t(a) = sum_b T_w(a,b) h_t+1(b) / sum_b T_w(a,b), w the weight of place t+1. Allocates nothing after construction. [engine]
/// </summary>
public sealed class DegreeFlow
{
    /// <summary>How many notes before the end the line begins to feel it.</summary>
    public const int Reach = 8;

    private const double UnseenStep = .05, UnseenEnding = .2;

    // A young repertoire knows no places: strong ones have this head start.
    private const double StrongPlace = 2;
    private const int MostBeats = 32;
    private readonly double[][] _steps = [.. Enumerable.Range(0, 6).Select(_ => new double[144])];
    private readonly double[][] _endings = [new double[12], new double[12]];
    private readonly double[] _places = new double[(MostBeats + 1) * MostBeats];

    /// <summary>Counts a step in <paramref name="key"/> from a pitch to another at <paramref name="time"/>.</summary>
    public void HearStep(Key key, int from, int to, in NoteTime time) => Steps(key.Mode, WeightOf(time))[key.Degree(from) * 12 + key.Degree(to)]++;

    /// <summary>Takes back exactly what <see cref="HearStep"/> counted.</summary>
    public void TakeBackStep(Key key, int from, int to, in NoteTime time) => Steps(key.Mode, WeightOf(time))[key.Degree(from) * 12 + key.Degree(to)]--;

    /// <summary>Counts that a phrase in <paramref name="key"/> ended on <paramref name="pitch"/> at <paramref name="time"/>.</summary>
    public void HearEnding(Key key, int pitch, in NoteTime time) => CountEnding(key, pitch, time, 1);

    /// <summary>Takes back what <see cref="HearEnding"/> counted.</summary>
    public void TakeBackEnding(Key key, int pitch, in NoteTime time) => CountEnding(key, pitch, time, -1);

    /// <summary>How often phrases in <paramref name="mode"/> ended on <paramref name="degree"/>, never 0.</summary>
    public double Endings(Mode mode, int degree) => _endings[(int)mode][degree] + UnseenEnding;

    /// <summary>The share of the phrases of both modes that are in <paramref name="mode"/> and end on <paramref name="degree"/>, above 0.</summary>
    public double EndingShare(Mode mode, int degree)
    {
        var total = 24 * UnseenEnding;
        foreach (var endings in _endings)
        {
            foreach (var count in endings) total += count;
        }

        return Endings(mode, degree) / total;
    }

    /// <summary>The probability of a step from degree <paramref name="from"/> to <paramref name="to"/> at a place of <paramref name="weight"/>, above 0.</summary>
    public double Step(Mode mode, int weight, int from, int to) => Count(mode, weight, from, to) / Total(mode, weight, from);

    /// <summary>What <see cref="Step"/> divides.</summary>
    internal double Count(Mode mode, int weight, int from, int to) => Blend(Steps(mode, weight), Steps(mode, 1), from, to);

    /// <summary>What <see cref="Step"/> divides by.</summary>
    internal double Total(Mode mode, int weight, int from)
    {
        var (steps, plain) = (Steps(mode, weight), Steps(mode, 1));
        var total = 0.0;
        for (var b = 0; b < 12; b++) total += Blend(steps, plain, from, b);
        return total;
    }

    /// <summary>How often phrases ended on felt beat <paramref name="beat"/> (0 = the bar line) of bars of <paramref name="beats"/> beats; strong beats have a head start.</summary>
    public double EndingsAt(int beats, int beat) => beats > MostBeats ? beat == 0 ? 1 : 0 : _places[beats * MostBeats + beat] + (IsStrong(beats, beat) ? StrongPlace : 0);

    /// <summary>Whether felt beat <paramref name="beat"/> of a bar of <paramref name="beats"/> is strong: the first, and the middle of a bar that has one.</summary>
    public static bool IsStrong(int beats, int beat) => beat == 0 || (beats % 2 == 0 && beat == beats / 2);

    /// <summary>The weight of a place: 0 on a bar line, 1 on a beat, 2 between beats.</summary>
    public static int WeightOf(in NoteTime time) => time.Place == 0 ? 0 : time.Place % time.Beat == 0 ? 1 : 2;

    /// <summary>
    /// The message one place earlier: how well each degree leads to what <paramref name="next"/> says of the place of <paramref name="weight"/> after it, into
    /// <paramref name="messages"/>, scaled so that the greatest is 1.
    /// </summary>
    public void WriteBefore(Mode mode, int weight, ReadOnlySpan<double> next, Span<double> messages)
    {
        var (steps, plain) = (Steps(mode, weight), Steps(mode, 1));
        var greatest = 0.0;
        for (var a = 0; a < 12; a++)
        {
            double total = 0, led = 0;
            for (var b = 0; b < 12; b++)
            {
                var step = Blend(steps, plain, a, b);
                total += step;
                led += step * next[b];
            }

            messages[a] = led / total;
            greatest = Math.Max(greatest, led / total);
        }

        for (var a = 0; a < 12; a++) messages[a] /= greatest;
    }

    // What was counted at other weights says a little as well.
    private static double Blend(double[] steps, double[] plain, int from, int to) => steps[from * 12 + to] + .1 * plain[from * 12 + to] + UnseenStep;

    private double[] Steps(Mode mode, int weight) => _steps[(int)mode * 3 + weight];

    private void CountEnding(Key key, int pitch, in NoteTime time, int by)
    {
        _endings[(int)key.Mode][key.Degree(pitch)] += by;
        var beats = time.Bar / time.Beat;
        if (beats is > 0 and <= MostBeats && time.Place / time.Beat < beats) _places[beats * MostBeats + time.Place / time.Beat] += by;
    }
}
