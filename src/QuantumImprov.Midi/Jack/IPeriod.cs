using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// What JACK's real-time thread runs once a period, for one opening of the client: <see cref="Period"/> is managed, <see cref="Native.NativePeriod"/> is not.
/// Silent until it is given a scale. Disposed of after the client is closed. [owner]
/// </summary>
internal interface IPeriod : IDisposable
{
    /// <summary>How frames are read; while null the period is silent. [owner, libjack's thread]</summary>
    FrameScale? Scale { get; set; }

    /// <summary>What sounds; it does so only at its own sample rate. A synth that was replaced is still used for a period. [owner]</summary>
    ISynth? Synth { get; set; }

    /// <summary>The follower of this opening's frames. [any]</summary>
    FrameTracker Tracker { get; }

    /// <summary>How many frames later than MIDI the synth sounds. [any]</summary>
    int AudioLatency { get; }

    /// <summary>Frames of the synth that were silent because they were not rendered in time. [any]</summary>
    long LateAudio { get; }

    /// <summary>Sets the process and xrun callbacks of <paramref name="client"/>, before it is activated; <paramref name="owner"/> is a handle to its <see cref="JackClient"/>.</summary>
    void Install(nint client, nint owner);
}
