namespace QuantumImprov.Audio;

/// <summary>What the musician wants to hear the partner with. The defaults need nothing installed.</summary>
public sealed record SoundChoice
{
    /// <summary>Which synth; default the built-in one.</summary>
    public SoundSource Source { get; init; } = SoundSource.BuiltIn;

    /// <summary>The SoundFont file (.sf2, or .sf3 where FluidSynth can); null = the first one found in the usual folders. Only for <see cref="SoundSource.SoundFont"/>.</summary>
    public string? SoundFont { get; init; }

    /// <summary>Loudness as a factor, 0 to 10; default 1, a usual level for either synth.</summary>
    public double Gain { get; init; } = 1;

    /// <summary>General MIDI program every channel but percussion begins with, 0 to 127, counted from 0; default 0, piano.</summary>
    public int Program { get; init; }

    /// <summary>Bank of that program, 0 to 16383; default 0. Only for <see cref="SoundSource.SoundFont"/>.</summary>
    public int Bank { get; init; }

    /// <summary>What is wrong with it, a sentence each; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (!(Gain is >= 0 and <= 10)) faults.Add($"The gain is {Gain}; 0 to 10 are allowed.");
        if (Program is < 0 or > 127) faults.Add($"The program is {Program}; 0 to 127 are allowed.");
        if (Bank is < 0 or > 16383) faults.Add($"The bank is {Bank}; 0 to 16383 are allowed.");
        return faults;
    }
}
