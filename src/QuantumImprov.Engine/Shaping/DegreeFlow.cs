using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// How melodies move through the degrees of their key and on which they end, counted by mode. From it come the backward messages that lead a line to its
/// ending without luck: h_t(a) = sum_b T(a,b) h_t+1(b) / sum_b T(a,b). Allocates nothing after construction. [engine]
/// </summary>
public sealed class DegreeFlow
{
    /// <summary>How many notes before the end the line begins to feel it.</summary>
    public const int Reach = 8;

    private const double UnseenStep = .05, UnseenEnding = .2;
    private readonly double[][] _steps = [new double[144], new double[144]];
    private readonly double[][] _endings = [new double[12], new double[12]];

    /// <summary>Counts a step between two pitches in <paramref name="key"/>.</summary>
    public void HearStep(Key key, int from, int to) => _steps[(int)key.Mode][key.Degree(from) * 12 + key.Degree(to)]++;

    /// <summary>Takes back exactly what <see cref="HearStep"/> counted.</summary>
    public void TakeBackStep(Key key, int from, int to) => _steps[(int)key.Mode][key.Degree(from) * 12 + key.Degree(to)]--;

    /// <summary>Counts that a phrase in <paramref name="key"/> ended on <paramref name="pitch"/>.</summary>
    public void HearEnding(Key key, int pitch) => _endings[(int)key.Mode][key.Degree(pitch)]++;

    /// <summary>Takes back what <see cref="HearEnding"/> counted.</summary>
    public void TakeBackEnding(Key key, int pitch) => _endings[(int)key.Mode][key.Degree(pitch)]--;

    /// <summary>How often phrases in <paramref name="mode"/> ended on <paramref name="degree"/>, never 0.</summary>
    public double Endings(Mode mode, int degree) => _endings[(int)mode][degree] + UnseenEnding;

    /// <summary>
    /// Writes the messages for an ending on <paramref name="degree"/>: <paramref name="messages"/>[t * 12 + a] says how well degree a, t notes before the last
    /// (0 to <see cref="Reach"/> - 1), leads there; each t is scaled so that its greatest is 1. At t = 0 only the ending itself is 1.
    /// </summary>
    public void WriteMessages(Mode mode, int degree, Span<double> messages)
    {
        messages.Clear();
        messages[degree] = 1;
        var steps = _steps[(int)mode];
        for (var t = 1; t < Reach; t++)
        {
            var greatest = 0.0;
            for (var a = 0; a < 12; a++)
            {
                double total = 0, led = 0;
                for (var b = 0; b < 12; b++)
                {
                    var step = steps[a * 12 + b] + UnseenStep;
                    total += step;
                    led += step * messages[(t - 1) * 12 + b];
                }

                messages[t * 12 + a] = led / total;
                greatest = Math.Max(greatest, led / total);
            }

            for (var a = 0; a < 12; a++) messages[t * 12 + a] /= greatest;
        }
    }
}
