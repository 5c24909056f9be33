using System.Numerics;

namespace QuantumImprov.Audio.Tests.Measuring;

/// <summary>What a level meter, a tuner and an oscilloscope would show.</summary>
internal static class Meter
{
    public static double Rms(ReadOnlySpan<float> sound)
    {
        var sum = 0.0;
        foreach (var sample in sound) sum += (double)sample * sample;
        return Math.Sqrt(sum / Math.Max(1, sound.Length));
    }

    public static double Decibels(double level) => 20 * Math.Log10(Math.Max(level, 1e-12));

    /// <summary>Of both channels together, per channel.</summary>
    public static double RmsDecibels(ReadOnlySpan<float> left, ReadOnlySpan<float> right) =>
        Decibels(Math.Sqrt((Math.Pow(Rms(left), 2) + Math.Pow(Rms(right), 2)) / 2));

    public static float Peak(ReadOnlySpan<float> sound)
    {
        var peak = 0f;
        foreach (var sample in sound) peak = float.IsNaN(sample) ? float.NaN : Math.Max(peak, Math.Abs(sample));
        return peak;
    }

    /// <summary>The largest step from one sample to the next.</summary>
    public static float Jump(ReadOnlySpan<float> sound)
    {
        var jump = 0f;
        for (var i = 1; i < sound.Length; i++) jump = Math.Max(jump, Math.Abs(sound[i] - sound[i - 1]));
        return jump;
    }

    /// <summary>The strength of <paramref name="frequency"/>: one windowed Fourier sum.</summary>
    public static Complex Tone(ReadOnlySpan<float> sound, double frequency, int sampleRate)
    {
        var sum = Complex.Zero;
        var turn = Complex.FromPolarCoordinates(1, -2 * Math.PI * frequency / sampleRate);
        var windowTurn = Complex.FromPolarCoordinates(1, 2 * Math.PI / sound.Length);
        Complex at = 1, windowAt = 1;
        foreach (var sample in sound)
        {
            sum += sample * (0.5 - 0.5 * windowAt.Real) * at;
            at *= turn;
            windowAt *= windowTurn;
        }

        return sum * (4.0 / sound.Length);
    }

    /// <summary>The frequency of the sine near <paramref name="guess"/>: how far its phase runs on between two windows, against the guess.</summary>
    public static double Frequency(ReadOnlySpan<float> sound, double guess, int sampleRate)
    {
        for (var round = 0; round < 3; round++)
        {
            var window = sound.Length * 3 / 4;
            var shift = Math.Min(sound.Length - window, (int)(sampleRate / 10.0));
            var first = Tone(sound[..window], guess, sampleRate).Phase;
            var second = Tone(sound.Slice(shift, window), guess, sampleRate).Phase;
            var onward = Math.IEEERemainder(second - first - 2 * Math.PI * guess * shift / sampleRate, 2 * Math.PI);
            guess += onward / (2 * Math.PI) * sampleRate / shift;
        }

        return guess;
    }

    public static double Cents(double frequency, double reference) => 1200 * Math.Log2(frequency / reference);

    public static double Hertz(int key) => 440 * Math.Pow(2, (key - 69) / 12.0);
}
