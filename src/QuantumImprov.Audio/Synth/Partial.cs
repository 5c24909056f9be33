using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Synth;

/// <summary>One sine of a sound.</summary>
/// <param name="Ratio">Its frequency as a multiple of the key's; above 0.</param>
/// <param name="Level">Its amplitude beside the others, at middle C struck with full force; only ratios matter.</param>
/// <param name="Decay">Seconds it takes to fall by 60 dB at middle C; 0 = it stays.</param>
/// <param name="Pan">Where it stands, -1 (left) to 1 (right).</param>
internal readonly record struct Partial(
    [property: RealTime] double Ratio,
    [property: RealTime] double Level,
    [property: RealTime] double Decay,
    [property: RealTime] double Pan);
