using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Files;

/// <summary>
/// Turns messages into sound as fast as the machine can. Time 0 is the first frame; each message is obeyed at the frame nearest to its time, those of one
/// frame in the order of the list. After the last message it goes on until the sound has died away, at most <see cref="LongestTail"/> seconds. The same
/// list and a fresh synth give the same samples as far as the synth does. Not for the audio callback.
/// </summary>
public static class OfflineRenderer
{
    /// <summary>Seconds a rendering goes on after its last message at most; what still sounds then is faded out in the last tenth of a second.</summary>
    public const double LongestTail = 8;

    /// <summary>Hours a rendering may be long; a later message is an error, not a full disk.</summary>
    public const int LongestHours = 24;

    // Below this (-90 dBFS) for a tenth of a second, the sound has died away.
    private const float Silence = 3.16e-5f;
    private const int BlockFrames = 1024;

    /// <summary>Renders into memory.</summary>
    /// <param name="messages">What is played; times from 0, in any order. An earlier time counts as 0.</param>
    /// <param name="synth">What plays it, fresh.</param>
    /// <param name="progress">Told the share done, 0 to 1, never decreasing, about every second of sound, and 1 at the end; null = nobody is told.</param>
    /// <param name="cancellation">Ends the rendering early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A message later than <see cref="LongestHours"/>.</exception>
    public static StereoSound Render(
        IReadOnlyList<TimedMessage> messages, ISynth synth, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var left = new List<float>();
        var right = new List<float>();
        Run(messages, synth, progress, cancellation, (l, r) =>
        {
            left.AddRange(l);
            right.AddRange(r);
        });
        return new StereoSound(synth.SampleRate, [.. left], [.. right]);
    }

    /// <summary>Renders into a WAV file, which appears whole or not at all.</summary>
    /// <inheritdoc cref="Render"/>
    /// <param name="messages">What is played; times from 0, in any order. An earlier time counts as 0.</param>
    /// <param name="synth">What plays it, fresh.</param>
    /// <param name="path">Where the file shall stand; see <see cref="WavWriter"/>.</param>
    /// <param name="format">How samples are written; default 16-bit.</param>
    /// <param name="progress">Told the share done, 0 to 1, never decreasing, about every second of sound, and 1 at the end; null = nobody is told.</param>
    /// <param name="cancellation">Ends the rendering early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="AudioFileException">The file cannot be written.</exception>
    public static void RenderToFile(
        IReadOnlyList<TimedMessage> messages,
        ISynth synth,
        string path,
        WavFormat format = WavFormat.Pcm16,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        using var writer = new WavWriter(path, synth.SampleRate, format);
        Run(messages, synth, progress, cancellation, writer.Write);
        writer.Complete();
    }

    private delegate void Take(ReadOnlySpan<float> left, ReadOnlySpan<float> right);

    private static void Run(
        IReadOnlyList<TimedMessage> messages, ISynth synth, IProgress<double>? progress, CancellationToken cancellation, Take take)
    {
        // OrderBy keeps messages of one frame in the order of the list.
        var due = messages.Select(m => (Frame: FrameOf(m.At, synth.SampleRate), m.Message)).OrderBy(m => m.Frame).ToArray();
        var lastFrame = due.Length > 0 ? due[^1].Frame : 0;
        var tailFrames = (long)(LongestTail * synth.SampleRate);
        var fadeFrames = synth.SampleRate / 10;
        var left = new float[BlockFrames];
        var right = new float[BlockFrames];
        long frame = 0, quiet = 0, told = 0;
        var next = 0;
        progress?.Report(0);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            while (next < due.Length && due[next].Frame == frame) synth.Handle(due[next++].Message);
            var until = next < due.Length ? due[next].Frame : lastFrame + tailFrames;
            var frames = (int)Math.Min(BlockFrames, until - frame);
            if (frames == 0 || (next == due.Length && quiet >= fadeFrames) || due.Length == 0) break;
            var l = left.AsSpan(0, frames);
            var r = right.AsSpan(0, frames);
            synth.Render(l, r);
            if (next == due.Length)
            {
                Fade(l, r, until - frame, fadeFrames);
                quiet = IsQuiet(l, r) ? quiet + frames : 0;
            }

            take(l, r);
            frame += frames;
            if (progress is null || frame - told < synth.SampleRate) continue;
            told = frame;
            progress.Report(Math.Min(0.999, frame / (double)(lastFrame + tailFrames)));
        }

        progress?.Report(1);
    }

    private static long FrameOf(HostTime at, int sampleRate)
    {
        if (at.Nanoseconds > LongestHours * 3_600_000_000_000L)
            throw new ArgumentException($"A message stands at {at.Nanoseconds / 3.6e12:0} hours; at most {LongestHours} hours can be rendered.");
        return at.Nanoseconds <= 0 ? 0 : (long)(((Int128)at.Nanoseconds * sampleRate + 500_000_000) / 1_000_000_000);
    }

    private static bool IsQuiet(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (Math.Abs(left[i]) > Silence || Math.Abs(right[i]) > Silence) return false;
        }

        return true;
    }

    private static void Fade(Span<float> left, Span<float> right, long remaining, int fadeFrames)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (remaining - i > fadeFrames) continue;
            var gain = (remaining - i) / (float)(fadeFrames + 1);
            left[i] *= gain;
            right[i] *= gain;
        }
    }
}
