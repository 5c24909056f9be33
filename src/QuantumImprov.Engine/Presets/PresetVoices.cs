using System.Collections.Immutable;

namespace QuantumImprov.Engine.Presets;

/// <summary>Finds the presets that a preset's voices name.</summary>
public static class PresetVoices
{
    /// <summary><paramref name="preset"/> with the presets its voices name among <paramref name="known"/>, and a fault for each that is not there. Names are compared without regard to case.</summary>
    public static Preset Resolve(Preset preset, IReadOnlyCollection<Preset> known, out ImmutableArray<PresetFault> faults)
    {
        var missing = ImmutableArray.CreateBuilder<PresetFault>();
        for (var voice = 2; voice <= VoiceRules.Most; voice++)
        {
            var rules = preset.Voice(voice);
            if (rules.PresetName.Length == 0) continue;
            var plays = known.FirstOrDefault(p => string.Equals(p.Name, rules.PresetName, StringComparison.OrdinalIgnoreCase));
            if (plays is null) missing.Add(new PresetFault($"voice{voice}.preset", $"\"{rules.PresetName}\"", "the name of a shipped preset: " + string.Join(", ", known.Select(p => p.Name))));
            preset = preset.WithVoice(voice, rules with { Plays = plays });
        }

        faults = missing.ToImmutable();
        return preset;
    }
}
