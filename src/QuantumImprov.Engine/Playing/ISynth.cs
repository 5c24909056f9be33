using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Playing;

/// <summary>
/// Turns messages into sound, one stereo block after the other. Real-time safe after construction: both members run in the audio callback and neither
/// allocates, locks nor waits. Used by one thread at a time.
/// </summary>
public interface ISynth
{
    /// <summary>Frames a second this synth was made for.</summary>
    int SampleRate { get; }

    /// <summary>Obeys <paramref name="message"/> from the next rendered frame on; what it does not know it ignores.</summary>
    void Handle(ShortMessage message);

    /// <summary>Writes (not adds) the next <paramref name="left"/>.Length frames, each in -1 to 1; both spans are equally long.</summary>
    void Render(Span<float> left, Span<float> right);
}
