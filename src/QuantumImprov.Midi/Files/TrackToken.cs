using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Files;

/// <summary>An event still in the file: where its data lies, nothing copied.</summary>
internal readonly record struct TrackToken(long Tick, ShortMessage Head, int DataStart, int DataLength);
