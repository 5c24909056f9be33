using System.Collections.Immutable;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>What answering as a preset says needs. [engine]</summary>
internal sealed class PresetTools
{
    internal PresetTools(Preset preset, bool leads = true)
    {
        Preset = preset;
        (Favouring, Copying) = (new Favouring(preset.KeyLock, preset.Leap), new CopyLimit(preset.MaxCopy));
        Voices = leads ? [.. Enumerable.Range(2, VoiceRules.Most - 1).Select(voice => preset.Voice(voice).IsOn ? new PresetTools(preset.PlayedBy(voice), leads: false) : null)] : [];
    }

    internal Preset Preset { get; }

    internal Favouring Favouring { get; }

    internal CopyLimit Copying { get; }

    /// <summary>The same for the voices beside the leading one; null for one there is not.</summary>
    internal ImmutableArray<PresetTools?> Voices { get; }
}
