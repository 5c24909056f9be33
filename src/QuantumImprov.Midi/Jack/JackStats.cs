using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Jack;

/// <summary>What happened on the JACK client since it was opened, over all servers it has met.</summary>
public readonly record struct JackStats
{
    /// <summary>Periods processed.</summary>
    public long Periods { get; init; }

    /// <summary>Overruns and underruns the server reported, ours or another client's.</summary>
    public long Xruns { get; init; }

    /// <summary>When the last of them was reported; meaningless while there are none.</summary>
    public HostTime LastXrun { get; init; }

    /// <summary>Notes that reached the player after their instant.</summary>
    public long LateNotes { get; init; }

    /// <summary>Messages for which the output port had no room; they went out at the start of a later period.</summary>
    public long DelayedWrites { get; init; }

    /// <summary>Messages that could not even wait for a later period.</summary>
    public long LostWrites { get; init; }

    /// <summary>Messages written to the output port.</summary>
    public long Written { get; init; }

    /// <summary>Input that found no room, in the server or in our ring.</summary>
    public long LostInput { get; init; }

    /// <summary>System exclusive messages passed over.</summary>
    public long SkippedExclusives { get; init; }

    /// <summary>Input events that were no MIDI message.</summary>
    public long Malformed { get; init; }

    /// <summary>Periods without the player's turn, because another thread still had it.</summary>
    public long MissedTurns { get; init; }

    /// <summary>Exceptions caught in the process callback, or in the thread that renders for it; each cost one period's sound.</summary>
    public long Faults { get; init; }

    /// <summary>Frames of the synth that were silent because they were not rendered in time; only with the native callback, where a thread of its own renders.</summary>
    public long LateAudio { get; init; }

    /// <summary>Bytes the process callback, or the thread that renders for it, allocated; anything but 0 is a fault of the program.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>The longest the process callback took, interruptions included.</summary>
    public TimeSpan LongestPeriod { get; init; }
}
