using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Stage.Archive;

/// <summary>
/// The recordings that pages may list, hear and take away. A name that is none of <see cref="List"/>'s is answered with null, whatever it looks like. Calls take as long as
/// the disk does, come from server threads, and throw nothing for what is on the disk. [worker]
/// </summary>
public interface IStageArchive
{
    /// <summary>The finished recordings, the newest first.</summary>
    IReadOnlyList<StageRecording> List();

    /// <summary>The messages of both parts in order, times in seconds from the first; null when there is no such recording.</summary>
    IReadOnlyList<(StagePart Part, double Seconds, ShortMessage Message)>? Notes(string name);

    /// <summary>The Standard MIDI File; null when there is no such recording.</summary>
    byte[]? Midi(string name);

    /// <summary>Writes the sound as a WAV file to a temporary one that is gone when the stream is closed; null when there is no such recording.</summary>
    Stream? Wav(string name);

    /// <summary>Plays it again from its journal and says whether the partner plays the same; null when there is no such recording. Takes a core for a while.</summary>
    StageReplay? Replay(string name);
}
