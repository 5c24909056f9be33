using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Repertoire.Shipped;

/// <summary>The performance that the demo answers: a shanty played call by call, with room for the partner after each. Thread-safe.</summary>
public static class DemoPerformance
{
    /// <summary>The bars of one call.</summary>
    public const int CallBars = 2;

    private const ulong Seed = 1840;

    /// <summary>
    /// The performance: one track "performer" on channel 0, tempo and metre stated, about a minute. The notes are those of the written calls, moved by
    /// <see cref="Touch"/> from a fixed seed, so that every load gives the same messages. It ends with the rest after the last call.
    /// </summary>
    public static Performance Load() => Touch.Humanise(ShippedTunes.Read("Demo/drunken-sailor-calls.tune"), Seed).ToPerformance("performer");
}
