using QuantumImprov.Engine.Music;

namespace QuantumImprov.Plugin.Processing;

/// <summary>
/// The host's samples as the engine's time: sample n is at base + round((n - origin) * 1e9 / rate) nanoseconds. Samples are counted from 0 when the plugin is activated. [audio]
/// </summary>
/// <param name="rate">Samples a second, above 0.</param>
internal sealed class SampleClock(double rate)
{
    private readonly double _nanoseconds = 1e9 / rate;
    private long _origin, _base;

    /// <summary>Samples a second.</summary>
    internal double Rate => rate;

    /// <summary>The instant of a sample.</summary>
    internal HostTime TimeOf(long sample) => new(_base + (long)Math.Round((sample - _origin) * _nanoseconds));

    /// <summary>The last sample that is not after <paramref name="time"/>.</summary>
    internal long SampleAt(HostTime time)
    {
        var sample = _origin + (long)Math.Floor((time.Nanoseconds - _base) / _nanoseconds);
        while (TimeOf(sample + 1) <= time) sample++;
        while (TimeOf(sample) > time) sample--;
        return sample;
    }

    /// <summary>The first sample that is not before <paramref name="time"/>; <see cref="long.MaxValue"/> for never.</summary>
    internal long SampleFrom(HostTime time)
    {
        if (time.Nanoseconds >= long.MaxValue / 2) return long.MaxValue;
        var sample = SampleAt(time);
        return TimeOf(sample) == time ? sample : sample + 1;
    }

    /// <summary>Samples after <paramref name="sample"/> are counted from it, so that two passes of the same music round alike. Its instant stays.</summary>
    internal void Rebase(long sample) => (_base, _origin) = (TimeOf(sample).Nanoseconds, sample);
}
