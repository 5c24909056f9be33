using System.Collections.Immutable;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Synth;

/// <summary>A sound: which sines a key sets going, and how they start, fade and end. Immutable. [any]</summary>
internal sealed record Patch
{
    /// <summary>How many sines a patch may have.</summary>
    public const int MaxPartials = 24;

    /// <summary>What a musician would call it.</summary>
    public required string Name { get; init; }

    /// <summary>Its sines, lowest first; 1 to <see cref="MaxPartials"/>.</summary>
    [RealTime]
    public required ImmutableArray<Partial> Partials { get; init; }

    /// <summary>Amplitude of a note of velocity 127 at full volume, as the root mean square at its start.</summary>
    [RealTime]
    public required double Level { get; init; }

    /// <summary>Seconds from silence to full level; at least .001, so that no onset clicks.</summary>
    [RealTime]
    public double Attack { get; init; } = 0.002;

    /// <summary>Seconds a released key takes to fall by 60 dB.</summary>
    [RealTime]
    public double Release { get; init; } = 0.35;

    /// <summary>How much duller a soft note is: the exponent of frequency taken away at velocity 0.</summary>
    [RealTime]
    public double Softening { get; init; } = 1.5;

    /// <summary>How much duller a high key is: the exponent of frequency taken away an octave above middle C.</summary>
    [RealTime]
    public double Tilt { get; init; } = 0.7;

    /// <summary>Octaves by which a key's fading is shortened for each octave it lies higher.</summary>
    [RealTime]
    public double Tracking { get; init; } = 0.7;

    /// <summary>Depth of the patch's own vibrato, cents; it sets in over the first .6 s.</summary>
    [RealTime]
    public double Vibrato { get; init; }
}
