using System.Collections.Immutable;
using QuantumImprov.Engine.Session;

namespace QuantumImprov.Engine.Session.Control;

/// <summary>Something a controller can move or ask for. Immutable.</summary>
/// <param name="Name">What profiles call it.</param>
/// <param name="Help">One line on what it does.</param>
/// <param name="Command">What is asked of the session.</param>
/// <param name="Form">How it is moved unless a binding says otherwise.</param>
public sealed record ControlTarget(string Name, string Help, CommandKind Command, ControlForm Form)
{
    /// <summary>What a dial says at the controller's 0 and at its 127.</summary>
    public (double Low, double High) Range { get; init; } = (0, 1);

    /// <summary>What a press says when the binding gives no number; a switch that is turned over says less than 0.</summary>
    public double Value { get; init; }

    /// <summary>The forms a binding may give it.</summary>
    public ImmutableArray<ControlForm> Forms => Form switch
    {
        ControlForm.Hold or ControlForm.Toggle => [ControlForm.Hold, ControlForm.Toggle],
        _ => [Form],
    };

    /// <summary>All there are, in the order of the manual.</summary>
    public static ImmutableArray<ControlTarget> All { get; } =
    [
        .. Dial.All.Select(d => new ControlTarget(d.Name, d.Help, CommandKind.Dial, ControlForm.Dial)),
        new("tempo", "Sets the tempo, 40 to 240 quarters a minute.", CommandKind.Tempo, ControlForm.Dial) { Range = (40, 240) },
        new("panic", "Silences everything.", CommandKind.Panic, ControlForm.Press),
        new("reset", "Stops the partner and begins anew with your next key; what was learned stays.", CommandKind.Reset, ControlForm.Press),
        new("takeover", "The partner plays on in your place.", CommandKind.TakeOver, ControlForm.Hold),
        new("endcall", "Your phrase is over: it is answered at the next beat.", CommandKind.EndCall, ControlForm.Press),
        new("mutate", "Draws the answer anew and plays it from the next strong beat on.", CommandKind.Mutate, ControlForm.Press),
        new("mute", "Silences the partner, which learns on.", CommandKind.Mute, ControlForm.Toggle),
        new("freeze", "Nothing is learned.", CommandKind.Freeze, ControlForm.Toggle),
        new("forget", "Forgets your last phrase.", CommandKind.Forget, ControlForm.Press),
        new("keep", "Of your phrases keeps the last ones, four unless the binding gives another number.", CommandKind.Keep, ControlForm.Press) { Value = 4 },
        new("favour", "Takes up your last phrase, or that of the binding's number, more often; again: no longer.", CommandKind.Favour, ControlForm.Press),
        new("clear", "Goes back to what a fresh install knows.", CommandKind.Clear, ControlForm.Press),
        new("undo", "Takes the last of forget, keep, favour, clear and recall back.", CommandKind.Undo, ControlForm.Press),
        new("repertoire", "Goes to the repertoire of the binding's number; 0 is the one the session began with.", CommandKind.Repertoire, ControlForm.Press),
        new("tap", "A beat of the tempo; the first of a series is a bar line.", CommandKind.Tap, ControlForm.Press),
        new("sync", "Follows the time of the binding's number: 0 nobody's but its own, 1 a MIDI clock's, 2 JACK's transport's, 3 whoever keeps it; without a number each in turn.", CommandKind.Sync, ControlForm.Press) { Value = -1 },
        new("nextpreset", "Plays with the next preset.", CommandKind.NextPreset, ControlForm.Press),
        new("preset", "Plays with the preset of the binding's number, counted from 0.", CommandKind.Program, ControlForm.Press),
    ];

    /// <summary>Their names in a sentence.</summary>
    public static string Names { get; } = string.Join(", ", All.Take(All.Length - 1).Select(t => t.Name)) + " or " + All[^1].Name;

    /// <summary>The one of that name; null when there is none.</summary>
    public static ControlTarget? Find(string? name)
    {
        foreach (var target in All)
        {
            if (target.Name == name) return target;
        }

        return null;
    }
}
