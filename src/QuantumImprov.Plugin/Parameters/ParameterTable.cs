using System.Collections.Immutable;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Parameters;

/// <summary>All parameters, in the order hosts show them. What every format says of parameters is made from this table. [any]</summary>
internal static class ParameterTable
{
    internal static Parameter Coherence { get; } = new(1, "coherence", "Coherence", "Dials", ParameterKind.Share, "How far what was learned interferes: 100 % fully, 0 % not at all.") { Default = 1 };

    internal static Parameter Phase { get; } = new(2, "phase", "Phase", "Dials", ParameterKind.Share, "Turns one half of what was learned against the other.");

    internal static Parameter Novelty { get; } = new(3, "novelty", "Novelty", "Dials", ParameterKind.Share, "Makes the unlikely likelier.");

    internal static Parameter Preset { get; } = new(10, "preset", "Preset", "Partner", ParameterKind.Choice, "How the partner listens, answers and chooses; the dials stay where they are.")
    {
        Choices = [.. ShippedPresets.All.Select(p => p.Name)],
        Most = ShippedPresets.All.Length - 1,
        Default = ShippedPresets.All.IndexOf(ShippedPresets.All.First(p => p.Name == "answer")),
    };

    internal static Parameter Way { get; } = new(11, "way", "Way of Playing", "Partner", ParameterKind.Choice, "Whether the partner answers, trades bars, plays along, doubles your keys or goes on in your place; or does what the preset says.")
    {
        Choices = ["as the preset", .. Enum.GetValues<WayOfPlaying>().Select(w => w.ToString().ToLowerInvariant())],
        Most = Enum.GetValues<WayOfPlaying>().Length,
    };

    internal static Parameter Channel { get; } = new(12, "channel", "Channel", "Partner", ParameterKind.Whole, "The MIDI channel the partner plays on.") { Least = 1, Most = 16, Default = 1 };

    internal static Parameter Mute { get; } = new(20, "mute", "Mute", "Performing", ParameterKind.Switch, "Silences the partner, which listens and learns on.");

    internal static Parameter TakeOver { get; } = new(21, "take_over", "Take Over", "Performing", ParameterKind.Switch, "The partner plays on in your place.");

    internal static Parameter EndCall { get; } = new(22, "end_call", "Answer Now", "Performing", ParameterKind.Press, "Your phrase is over: it is answered at the next beat.");

    internal static Parameter Mutate { get; } = new(23, "mutate", "Mutate", "Performing", ParameterKind.Press, "Draws the answer anew and plays it from the next strong beat on.");

    internal static Parameter Panic { get; } = new(24, "panic", "Panic", "Performing", ParameterKind.Press, "Silences everything.");

    internal static Parameter Freeze { get; } = new(30, "freeze", "Freeze", "Learning", ParameterKind.Switch, "Nothing is learned.");

    internal static Parameter Forget { get; } = new(31, "forget", "Forget Phrase", "Learning", ParameterKind.Press, "Forgets your last phrase.");

    internal static Parameter Seed { get; } = new(40, "seed", "Seed", "Learning", ParameterKind.Whole, "0: every pass of the song goes on learning and is another. Any other number: every pass is the same.") { Most = 9999, IsAutomatable = false };

    internal static Parameter Sound { get; } = new(50, "sound", "Sound", "Sound", ParameterKind.Switch, "Plays the partner with the built-in synth.");

    internal static Parameter Volume { get; } = new(51, "volume", "Volume", "Sound", ParameterKind.Share, "How loud the built-in synth is.") { Default = .7 };

    internal static Parameter Thru { get; } = new(60, "thru", "Notes Through", "Sound", ParameterKind.Switch, "Your own notes go out too.");

    internal static Parameter Bypass { get; } = new(61, "bypass", "Bypass", "Sound", ParameterKind.Switch, "Only passes your notes through.") { IsBypass = true };

    /// <summary>All of them.</summary>
    internal static ImmutableArray<Parameter> All { get; } = [Coherence, Phase, Novelty, Preset, Way, Channel, Mute, TakeOver, EndCall, Mutate, Panic, Freeze, Forget, Seed, Sound, Volume, Thru, Bypass];

    /// <summary>The place of the one with <paramref name="id"/> in <see cref="All"/>; -1 when there is none.</summary>
    internal static int IndexOf(uint id)
    {
        for (var i = 0; i < All.Length; i++)
        {
            if (All[i].Id == id) return i;
        }

        return -1;
    }

    /// <summary>The place of <paramref name="parameter"/> in <see cref="All"/>.</summary>
    internal static int IndexOf(Parameter parameter) => IndexOf(parameter.Id);
}
