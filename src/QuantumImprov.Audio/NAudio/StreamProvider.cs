using NAudio.Wave;
using QuantumImprov.Audio.Output;

namespace QuantumImprov.Audio.NAudio;

/// <summary>The stream as NAudio pulls it. A fault in a synth is silence for one request, never an end of the music. [audio callback]</summary>
internal sealed class StreamProvider(SynthStream stream) : ISampleProvider
{
    private long _faults;

    /// <inheritdoc/>
    public WaveFormat WaveFormat { get; } = WaveFormat.CreateIeeeFloatWaveFormat(stream.SampleRate, 2);

    /// <summary>Requests that failed. [any]</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <inheritdoc/>
    public int Read(Span<float> buffer)
    {
        // A whole number of frames; NAudio asks for nothing else.
        var whole = buffer[..(buffer.Length & ~1)];
        try
        {
            stream.Fill(whole);
        }
        catch (Exception)
        {
            whole.Clear();
            Volatile.Write(ref _faults, _faults + 1);
        }

        return whole.Length;
    }
}
