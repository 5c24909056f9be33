namespace QuantumImprov.Engine.Presets;

/// <summary>The fields of one of the partner's further voices, the same for each.</summary>
internal static class VoiceFields
{
    /// <summary>The fields of voice <paramref name="number"/>, 2 to <see cref="VoiceRules.Most"/>.</summary>
    internal static IEnumerable<PresetField> Of(int number)
    {
        var group = $"voice{number}";
        yield return PresetFields.Whole(group + ".channel", 0, 16, $"The MIDI channel of the partner's voice {number}, which plays with the leading one; 0: there is none.", p => p.Voice(number).Channel, (p, v) => Set(p, r => r with { Channel = v }));
        yield return PresetFields.Text(group + ".preset", 0, "The shipped preset it plays by: chain, intention and shape of its lines; empty: as the leading voice, whose dials it then follows.", p => p.Voice(number).PresetName, (p, v) => Set(p, r => r with { PresetName = v }));
        yield return PresetFields.Pitch(group + ".low", "Its lowest pitch.", p => p.Voice(number).Low, (p, v) => Set(p, r => r with { Low = v }));
        yield return PresetFields.Pitch(group + ".high", "Its highest pitch; at least an octave above the lowest.", p => p.Voice(number).High, (p, v) => Set(p, r => r with { High = v }));
        yield return PresetFields.Number(group + ".density", 0, 1, "How many notes it has: at .5 the rhythm of the call, at 0 little more than its strong beats, at 1 its long notes divided.", p => p.Voice(number).Density, (p, v) => Set(p, r => r with { Density = v }));
        yield return PresetFields.Number(group + ".loudness", .25, 2, "Its velocity relative to the performer's.", p => p.Voice(number).Loudness, (p, v) => Set(p, r => r with { Loudness = v }));
        yield return PresetFields.Whole(group + ".program", 0, 128, "The General MIDI program sent on its channel; 0: none is sent.", p => p.Voice(number).Program, (p, v) => Set(p, r => r with { Program = v }));
        yield return PresetFields.Whole(group + ".delay", 0, 4, "Bars by which it enters after the leading voice, if the answer is longer.", p => p.Voice(number).Delay, (p, v) => Set(p, r => r with { Delay = v }));
        yield return PresetFields.Whole(group + ".interval", -14, 14, "For follow: steps of the key between a key and this voice.", p => p.Voice(number).Interval, (p, v) => Set(p, r => r with { Interval = v }));

        Preset Set(Preset preset, Func<VoiceRules, VoiceRules> change) => preset.WithVoice(number, change(preset.Voice(number)));
    }
}
