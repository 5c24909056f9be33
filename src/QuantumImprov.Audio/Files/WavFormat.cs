namespace QuantumImprov.Audio.Files;

/// <summary>How samples stand in a WAV file.</summary>
public enum WavFormat
{
    /// <summary>16-bit integers, as on a CD; every player reads them.</summary>
    Pcm16,

    /// <summary>32-bit floating point numbers; nothing is rounded.</summary>
    Float32,
}
