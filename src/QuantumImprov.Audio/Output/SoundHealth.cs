namespace QuantumImprov.Audio.Output;

/// <summary>How a sound device fares. Immutable.</summary>
/// <param name="Device">Which it is and how it is driven, for people.</param>
/// <param name="PlayedFrames">Frames it has played since it was opened, by its own count (an ASIO driver has none: frames rendered for it); 0 while it is away.</param>
/// <param name="SampleRate">Frames a second, as it says.</param>
/// <param name="MeasuredRate">Frames a second by the session's clock.</param>
/// <param name="Late">Messages that came after their frame was rendered.</param>
public sealed record SoundHealth(string Device, long PlayedFrames, int SampleRate, double MeasuredRate, long Late)
{
    private const double Settled = 10;

    /// <summary>How much faster than it says its clock goes by ours, in millionths; null in the first ten seconds, which are too short to tell.</summary>
    public double? Drift => PlayedFrames < Settled * SampleRate ? null : (MeasuredRate / SampleRate - 1) * 1e6;

    /// <summary>In a few words.</summary>
    public string Words => FormattableString.Invariant($"{Device}, {PlayedFrames} frames played{(Drift is { } drift ? $", clock {drift:+0;-0;0} ppm" : "")}{(Late > 0 ? $", {Late} messages late" : "")}");

    /// <summary>How <paramref name="output"/> fares now. Allocates. [owner]</summary>
    public static SoundHealth Of(ISoundOutput output) => new(output.Device, output.PlayedFrames, output.Stream.SampleRate, output.Stream.MeasuredRate, output.Stream.Late);
}
