using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.Stage.Ports;

namespace QuantumImprov.Host.Live;

/// <summary>Which channels are heard, played on and passed through, in words for the pages.</summary>
public static class RoutingView
{
    /// <summary>The routes of <paramref name="preset"/> and, where ports pass anything, of <paramref name="thru"/>.</summary>
    public static IEnumerable<StageRoute> Of(Preset preset, IReadOnlyList<ThroughRoute> thru)
    {
        var usual = new Preset();
        var split = preset.HeardLow == usual.HeardLow && preset.HeardHigh == usual.HeardHigh ? "" : $", {preset.HeardLow} to {preset.HeardHigh}";
        yield return new StageRoute("You are heard on", (preset.HeardChannel == 0 ? "every channel" : $"channel {preset.HeardChannel}") + split);
        if (preset.ChordChannel > 0) yield return new StageRoute("Chords are held on", $"channel {preset.ChordChannel}");
        yield return new StageRoute("The partner plays on", $"channel {preset.Channel}");
        for (var number = 2; number <= VoiceRules.Most; number++)
        {
            if (preset.Voice(number) is { IsOn: true } voice) yield return new StageRoute($"Its voice {number} plays on", $"channel {voice.Channel}");
        }

        foreach (var route in thru)
        {
            var from = route.Channels == ushort.MaxValue ? "every channel" : $"channel {System.Numerics.BitOperations.TrailingZeroCount(route.Channels) + 1}";
            yield return new StageRoute("You pass through from", from + (route.Channel is { } to ? $" to channel {to + 1}" : ""));
        }
    }
}
