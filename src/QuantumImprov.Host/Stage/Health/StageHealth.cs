using System.Collections.Immutable;

namespace QuantumImprov.Host.Stage.Health;

/// <summary>How well the machine keeps up, for the pages: counts since the start. Immutable.</summary>
public sealed record StageHealth
{
    /// <summary>How MIDI and sound are had, such as "JACK, 128 frames at 48000 Hz", with a sound device's frames and drift; empty when only pages are there.</summary>
    public string Ports { get; init; } = "";

    /// <summary>What is wrong now, a sentence; null when nothing is.</summary>
    public string? Trouble { get; init; }

    /// <summary>Periods that JACK lost; null without JACK.</summary>
    public long? Xruns { get; init; }

    /// <summary>Periods whose turn the player missed; null without JACK.</summary>
    public long? MissedTurns { get; init; }

    /// <summary>Messages that came in and found no room.</summary>
    public long LostInput { get; init; }

    /// <summary>Notes that were handed to the player after their time.</summary>
    public long LateNotes { get; init; }

    /// <summary>Moves and presses of controls that were passed over because too many came.</summary>
    public long ControlsThinned { get; init; }

    /// <summary>Notes that slow pages missed.</summary>
    public long MissedByPages { get; init; }

    /// <summary>Messages of pages dropped because there were too many.</summary>
    public long Flooded { get; init; }

    /// <summary>Garbage collections, by generation.</summary>
    public ImmutableArray<int> Collections { get; init; } = [];

    /// <summary>How long collections have stopped the program in all, in milliseconds.</summary>
    public double PausedMilliseconds { get; init; }

    /// <summary>From a key that was played to the engine that heard it, by the steps of <see cref="LatencyHistogram.Ends"/>.</summary>
    public ImmutableArray<long> Heard { get; init; } = [];

    /// <summary>From one round of the engine to the next, likewise; it should be within 8 ms.</summary>
    public ImmutableArray<long> Rounds { get; init; } = [];
}
