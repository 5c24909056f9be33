namespace QuantumImprov.Audio.Files;

/// <summary>A sound file could not be written. The message is one sentence for the musician: what was found, and what is allowed.</summary>
public sealed class AudioFileException(string message, Exception? cause = null) : Exception(message, cause);
