namespace QuantumImprov.Audio;

/// <summary>Where sound comes from.</summary>
public enum SoundSource
{
    /// <summary>The built-in synth: always there, the same everywhere.</summary>
    BuiltIn,

    /// <summary>FluidSynth with a SoundFont; needs both installed.</summary>
    SoundFont,
}
