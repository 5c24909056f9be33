using System.Collections.Immutable;

namespace QuantumImprov.Engine.Music;

/// <summary>From <paramref name="At"/> on beats pass at <paramref name="Tempo"/>.</summary>
public readonly record struct TempoChange(Beats At, Tempo Tempo);

/// <summary>From <paramref name="At"/>, which is a bar line, on bars are of <paramref name="Metre"/>.</summary>
public readonly record struct MetreChange(Beats At, Metre Metre);

/// <summary>
/// Tempo and metre of a whole performance, as a chain of <see cref="Timeline"/>s. Beat zero is clock time zero. Immutable; may be read from any thread.
/// </summary>
public sealed class TempoMap
{
    private readonly ImmutableArray<Timeline> _timelines;

    /// <summary>120 quarters a minute in 4/4 from beginning to end.</summary>
    public static TempoMap Default { get; } = new([], []);

    /// <summary>A map from changes sorted by time. Before the first tempo change it is 120, before the first metre change 4/4; of changes at one time the last counts.</summary>
    public TempoMap(ImmutableArray<TempoChange> tempos, ImmutableArray<MetreChange> metres)
    {
        (Tempos, Metres) = (tempos, metres);
        var timelines = ImmutableArray.CreateBuilder<Timeline>();
        timelines.Add(default);
        int t = 0, m = 0;
        while (t < tempos.Length || m < metres.Length)
        {
            var last = timelines[^1];
            var takeTempo = t < tempos.Length && (m == metres.Length || tempos[t].At <= metres[m].At);
            var at = takeTempo ? tempos[t].At : metres[m].At;
            var next = last with { BeatOrigin = at, TimeOrigin = last.ToHost(at) };
            next = takeTempo ? next with { Tempo = tempos[t++].Tempo } : next with { Metre = metres[m++].Metre, BarOrigin = at };
            if (last.BeatOrigin == at) timelines[^1] = next;
            else timelines.Add(next);
        }

        _timelines = timelines.ToImmutable();
    }

    /// <summary>The tempo changes, in order of time.</summary>
    public ImmutableArray<TempoChange> Tempos { get; }

    /// <summary>The metre changes, in order of time.</summary>
    public ImmutableArray<MetreChange> Metres { get; }

    /// <summary>The stretches of constant tempo and metre, in order; at least one.</summary>
    public ImmutableArray<Timeline> Timelines => _timelines;

    /// <summary>The timeline in force at <paramref name="beats"/>.</summary>
    public Timeline At(Beats beats) => _timelines[Last(_timelines, t => t.BeatOrigin <= beats)];

    /// <summary>The timeline in force at <paramref name="time"/>.</summary>
    public Timeline At(HostTime time) => _timelines[Last(_timelines, t => t.TimeOrigin <= time)];

    /// <summary>The instant of <paramref name="beats"/>.</summary>
    public HostTime ToHost(Beats beats) => At(beats).ToHost(beats);

    /// <summary>The musical time of <paramref name="time"/>.</summary>
    public Beats ToBeats(HostTime time) => At(time).ToBeats(time);

    private static int Last(ImmutableArray<Timeline> timelines, Func<Timeline, bool> started)
    {
        var low = 0;
        for (var high = timelines.Length; low + 1 < high;)
        {
            var middle = (low + high) / 2;
            if (started(timelines[middle])) low = middle;
            else high = middle;
        }

        return low;
    }
}
