using System.Runtime.Intrinsics;

namespace QuantumImprov.Audio.Synth;

/// <summary>Where voices meet between two ticks: sums of four lanes each, added up across lanes once for all voices. Taken at construction. [player]</summary>
internal sealed class MixBus
{
    /// <summary>Frames from tick to tick: how often envelopes' ends, wheels and gains are looked at.</summary>
    public const int TickFrames = 32;

    public readonly Vector128<float>[] Left = new Vector128<float>[TickFrames];
    public readonly Vector128<float>[] Right = new Vector128<float>[TickFrames];
    public readonly Vector128<float>[] Room = new Vector128<float>[TickFrames];
    public readonly Vector128<float>[] VoiceLeft = new Vector128<float>[TickFrames];
    public readonly Vector128<float>[] VoiceRight = new Vector128<float>[TickFrames];
}
