namespace QuantumImprov.Plugin.Processing;

/// <summary>What a host says of its song at one sample. What it does not say is NaN, or 0 where it counts.</summary>
/// <param name="Tempo">Quarters a minute.</param>
/// <param name="Seconds">Seconds from the song's start.</param>
/// <param name="Quarters">Quarters from the song's start.</param>
/// <param name="BarStart">Quarters from the song's start to the bar line last passed.</param>
/// <param name="Numerator">Units in a bar.</param>
/// <param name="Denominator">The unit.</param>
/// <param name="IsPlaying">Whether the song runs; null when the host has no transport.</param>
internal readonly record struct HostTransport(double Tempo, double Seconds, double Quarters, double BarStart, int Numerator, int Denominator, bool? IsPlaying)
{
    /// <summary>A host that says nothing.</summary>
    internal static HostTransport None => new(double.NaN, double.NaN, double.NaN, double.NaN, 0, 0, null);
}
