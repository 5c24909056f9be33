using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Presets;

/// <summary>What a preset says about one of the partner's voices beside the leading one.</summary>
/// <param name="Channel">Its MIDI channel, 1 to 16; 0: there is no such voice.</param>
/// <param name="PresetName">Name of the shipped preset that it plays by; empty: the leading voice's.</param>
/// <param name="Low">The lowest pitch it plays.</param>
/// <param name="High">The highest pitch, at least an octave above the lowest.</param>
/// <param name="Density">How many notes it has beside the call's rhythm, 0 to 1; .5: as many.</param>
/// <param name="Loudness">Velocity relative to the performer's, .25 to 2.</param>
/// <param name="Program">General MIDI program, 1 to 128, sent on its channel; 0: none is sent.</param>
/// <param name="Delay">Bars by which it enters after the leading voice, 0 to 4.</param>
/// <param name="Interval">For <see cref="WayOfPlaying.Follow"/>: steps of the key between a key and this voice, -14 to 14.</param>
public readonly record struct VoiceRules(int Channel, string PresetName, Pitch Low, Pitch High, double Density, double Loudness, int Program, int Delay, int Interval)
{
    /// <summary>How many voices a partner can have, the leading one among them.</summary>
    public const int Most = PlanAhead.MostVoices;

    /// <summary>No voice.</summary>
    public static VoiceRules Off => new(0, "", new Pitch(36), new Pitch(84), .5, .8, 0, 0, 4);

    /// <summary>Whether there is such a voice.</summary>
    public bool IsOn => Channel > 0;

    /// <summary>The preset it plays by, where <see cref="PresetName"/> names another than the leading voice's; null: that one's. Its way of playing and its own voices are not looked at.</summary>
    public Preset? Plays { get; init; }
}
