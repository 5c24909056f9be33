namespace QuantumImprov.Audio.Files;

/// <summary>A finished rendering.</summary>
/// <param name="SampleRate">Frames a second.</param>
/// <param name="Left">The left channel, each sample in -1 to 1.</param>
/// <param name="Right">The right channel, as long as the left.</param>
public sealed record StereoSound(int SampleRate, float[] Left, float[] Right)
{
    /// <summary>Its length in seconds.</summary>
    public double Seconds => Left.Length / (double)SampleRate;
}
