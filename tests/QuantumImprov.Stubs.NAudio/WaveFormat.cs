namespace NAudio.Wave;

public class WaveFormat(int sampleRate, int channels)
{
    public int SampleRate { get; } = sampleRate;

    public int Channels { get; } = channels;

    public int BlockAlign => 4 * Channels;

    public static WaveFormat CreateIeeeFloatWaveFormat(int sampleRate, int channels) => new(sampleRate, channels);
}
