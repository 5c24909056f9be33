using System.Collections.Immutable;
using QuantumImprov.Engine.Pipeline;

namespace QuantumImprov.Engine.Session.Control;

/// <summary>Something that is turned while playing, from 0 to 1: by a knob, on the page, or by a parameter of a host. Immutable. [any]</summary>
/// <param name="Name">What it is called in messages, profiles and recordings.</param>
/// <param name="Title">What it is called where it is shown.</param>
/// <param name="Low">What it means to turn it down.</param>
/// <param name="High">What it means to turn it up.</param>
/// <param name="Help">One line on what it does.</param>
/// <param name="Read">Where it stands.</param>
/// <param name="Turn">The settings with it turned to another place, 0 to 1.</param>
public sealed record Dial(string Name, string Title, string Low, string High, string Help, Func<LiveSettings, double> Read, Func<LiveSettings, double, LiveSettings> Turn)
{
    private const int MostOctaves = 3;
    private const double Softest = .25, LoudnessSpan = 8;

    /// <summary>All there are, in the order they are shown in.</summary>
    public static ImmutableArray<Dial> All { get; } =
    [
        new("coherence", "Coherence", "classical", "quantum", "How much of what was learned interferes.", s => s.Law.Coherence, (s, v) => s with { Law = s.Law with { Coherence = v } }),
        new("phase", "Phase", "in step", "opposed", "How far one half of the members is turned against the other.", s => s.Law.Phase, (s, v) => s with { Law = s.Law with { Phase = v } }),
        new("novelty", "Novelty", "as learned", "unlikely", "How far the unlikely is made likelier.", s => s.Law.Novelty, (s, v) => s with { Law = s.Law with { Novelty = v } }),
        new("motif", "Motif", "something else", "your own", "How much of your phrase returns in the answer.", s => s.Shape.Motif, (s, v) => s with { Shape = s.Shape with { Motif = v } }),
        new("cadence", "Cadence", "open", "led home", "How strictly an answer is led to its ending.", s => s.Shape.Cadence, (s, v) => s with { Shape = s.Shape with { Cadence = v } }),
        new("patience", "Patience", "comes in soon", "waits", "How sure the partner must be that your phrase is over.", s => s.Patience, (s, v) => s with { Patience = v }),
        new("density", "Density", "strong beats", "divided", "How many notes an answer has beside your rhythm, which is the middle.", s => s.Shape.Density, (s, v) => s with { Shape = s.Shape with { Density = v } }),
        new("register", "Register", "lower", "higher", "Octaves from your register, three down to three up.", s => (s.Shape.OctaveShift + MostOctaves) / (2.0 * MostOctaves),
            (s, v) => s with { Shape = s.Shape with { OctaveShift = (int)Math.Round(v * 2 * MostOctaves) - MostOctaves } }),
        new("loudness", "Loudness", "softer", "louder", "How loud the partner plays beside you, a quarter to double.", s => Math.Log(s.Shape.Loudness / Softest) / Math.Log(LoudnessSpan),
            (s, v) => s with { Shape = s.Shape with { Loudness = Softest * Math.Pow(LoudnessSpan, v) } }),
        new("dynamics", "Dynamics", "even", "as you play", "How far the partner's loudness follows yours.", s => s.Shape.Dynamics, (s, v) => s with { Shape = s.Shape with { Dynamics = v } }),
        new("swing", "Swing", "as played", "last third", "How far the second half of a beat is delayed.", s => s.Shape.Swing, (s, v) => s with { Shape = s.Shape with { Swing = v } }),
        new("quantise", "Quantise", "your timing", "on the beat", "How far notes are drawn to their place in the metre.", s => s.Shape.Quantise, (s, v) => s with { Shape = s.Shape with { Quantise = v } }),
        new("variation", "Variation", "your rhythm", "borrowed", "How far the rhythm of a bar is borrowed from other bars of yours and from what is known.", s => s.Shape.Variation, (s, v) => s with { Shape = s.Shape with { Variation = v } }),
        new("responsiveness", "Responsiveness", "stays as it is", "goes along", "How far answers go along when you build up or let go.", s => s.Shape.Responsiveness, (s, v) => s with { Shape = s.Shape with { Responsiveness = v } }),
        new("lookahead", "Lookahead", "a quarter", "the whole answer", "How far ahead of the music notes are chosen.", s => s.Lookahead, (s, v) => s with { Lookahead = v }),
    ];

    /// <summary>Their names in a sentence.</summary>
    public static string Names { get; } = string.Join(", ", All.Take(All.Length - 1).Select(d => d.Name)) + " or " + All[^1].Name;

    /// <summary>The one of that name; null when there is none.</summary>
    public static Dial? Find(string? name)
    {
        foreach (var dial in All)
        {
            if (dial.Name == name) return dial;
        }

        return null;
    }
}
