using System.Collections.Immutable;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Parameters;

/// <summary>All parameters, in the order hosts show them. What every format says of parameters is made from this table. [any]</summary>
internal static class ParameterTable
{
    // Numbers stand in hosts' projects: a dial keeps its own for ever.
    private static readonly (string Name, uint Id)[] DialIds =
        [("coherence", 1), ("phase", 2), ("novelty", 3), ("motif", 4), ("cadence", 5), ("patience", 6), ("density", 7), ("register", 8), ("loudness", 9), ("dynamics", 13), ("swing", 14), ("quantise", 15), ("variation", 16), ("responsiveness", 17), ("lookahead", 18)];

    /// <summary>
    /// The session's dials. The first three stand where the parameter says; the others in the middle where the preset puts them, and from there all the way to either end.
    /// </summary>
    internal static ImmutableArray<Parameter> Dials { get; } = [.. Dial.All.Select((dial, i) => new Parameter(DialIds.Single(d => d.Name == dial.Name).Id, dial.Name, dial.Title, "Dials", ParameterKind.Share, i < Absolute ? dial.Help : $"{dial.Help} 50 %: as the preset.")
    {
        Default = i < Absolute ? dial.Read(LiveSettings.Of(new Preset())) : .5,
    })];

    /// <summary>So many of <see cref="Dials"/>, the first, are absolute.</summary>
    internal const int Absolute = 3;

    internal static Parameter Coherence => Dials[0];

    internal static Parameter Phase => Dials[1];

    internal static Parameter Novelty => Dials[2];

    internal static Parameter Preset { get; } = new(10, "preset", "Preset", "Partner", ParameterKind.Choice, "How the partner listens, answers and chooses; coherence, phase and novelty stay where they are.")
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

    internal static Parameter Channel { get; } = new(12, "channel", "Channel", "Partner", ParameterKind.Whole, "The MIDI channel the partner plays on; a preset's further voices play on those after it.") { Least = 1, Most = 16, Default = 1 };

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

    internal static Parameter Shots { get; } = new(70, "shots", "Device Shots", "Partner", ParameterKind.Switch, "With Seed 0, shots of a quantum device that were handed over choose the notes, while there are any.");

    internal static Parameter NotesByShots { get; } = new(71, "notes_by_shots", "Notes by Shots", "Partner", ParameterKind.Share, "How many of the leading voice's last 64 notes were chosen by shots.") { IsMeter = true, IsAutomatable = false };

    internal static Parameter ShotsLeft { get; } = new(72, "shots_left", "Shots Left", "Partner", ParameterKind.Whole, "Shots handed over when the host began to play, less those this instance has used.") { IsMeter = true, IsAutomatable = false, Most = 9_999_999 };

    /// <summary>All of them, <see cref="Dials"/> first.</summary>
    internal static ImmutableArray<Parameter> All { get; } = [.. Dials, Preset, Way, Channel, Mute, TakeOver, EndCall, Mutate, Panic, Freeze, Forget, Seed, Sound, Volume, Thru, Bypass, Shots, NotesByShots, ShotsLeft];

    /// <summary>The place of the one with <paramref name="id"/> in <see cref="All"/>; -1 when there is none.</summary>
    internal static int IndexOf(uint id)
    {
        for (var i = 0; i < All.Length; i++)
        {
            if (All[i].Id == id) return i;
        }

        return -1;
    }

    /// <summary>Whether the one at <paramref name="index"/> of <see cref="All"/> is a dial.</summary>
    internal static bool IsDial(int index) => index < Dials.Length;

    /// <summary>The settings of a session that plays <paramref name="preset"/> with the dials where <paramref name="values"/> say. Allocates nothing. [any]</summary>
    internal static LiveSettings Settings(Preset preset, ParameterValues values)
    {
        var settings = LiveSettings.Of(preset);
        for (var i = 0; i < Dials.Length; i++)
        {
            var (dial, value) = (Dial.All[i], values[i]);
            // In the middle of the knob the preset's own place, exactly.
            if (i < Absolute) settings = dial.Turn(settings, value);
            else if (value != .5) settings = dial.Turn(settings, Between(dial.Read(settings), value));
        }

        return settings;
    }

    private static double Between(double own, double knob) => knob < .5 ? own * 2 * knob : own + (1 - own) * (2 * knob - 1);

    /// <summary>The place of <paramref name="parameter"/> in <see cref="All"/>.</summary>
    internal static int IndexOf(Parameter parameter) => IndexOf(parameter.Id);
}
