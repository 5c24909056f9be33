using QuantumImprov.Audio.Files;
using QuantumImprov.Audio.Synth;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Tests.Measuring;

/// <summary>Short ways to say what is played.</summary>
internal static class Play
{
    public const int SampleRate = 48_000;

    public static TimedMessage At(double seconds, ShortMessage message) => new(new HostTime((long)Math.Round(seconds * 1e9)), message);

    public static TimedMessage[] Note(double on, double off, int key, int velocity = 80, int channel = 0) =>
        [At(on, ShortMessage.NoteOn(channel, key, velocity)), At(off, ShortMessage.NoteOff(channel, key))];

    public static StereoSound BuiltIn(IEnumerable<TimedMessage> messages, int program = 0) =>
        OfflineRenderer.Render([.. messages], new BuiltInSynth(SampleRate, program));

    /// <summary>Renders <paramref name="frames"/> frames in one block.</summary>
    public static (float[] Left, float[] Right) Frames(this ISynth synth, int frames)
    {
        var left = new float[frames];
        var right = new float[frames];
        synth.Render(left, right);
        return (left, right);
    }

    public static Span<float> Between(this float[] sound, double from, double to) =>
        sound.AsSpan((int)(from * SampleRate), (int)(to * SampleRate) - (int)(from * SampleRate));
}
