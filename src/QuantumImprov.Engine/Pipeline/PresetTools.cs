using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>What answering as a preset says needs. [engine]</summary>
internal sealed class PresetTools(Preset preset)
{
    internal Preset Preset { get; } = preset;

    internal Favouring Favouring { get; } = new(preset.KeyLock, preset.Leap);

    internal CopyLimit Copying { get; } = new(preset.MaxCopy);
}
