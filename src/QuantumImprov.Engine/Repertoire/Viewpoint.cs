using System.Collections.Immutable;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// One way of looking at a melody: it turns each note, in its context, into a symbol. Within one context different pitches always give different symbols, so that
/// a law over symbols is a law over pitches.
/// </summary>
/// <param name="Name">A short name for displays and files.</param>
/// <param name="Symbols">How many symbols there are; symbols are 0 to this, exclusive.</param>
/// <param name="MaxOrder">The longest context looked at, at most <see cref="ContextTree.MaxOrder"/>.</param>
/// <param name="Of">The symbol of a pitch in a context. Pure; allocates nothing.</param>
public sealed record Viewpoint(string Name, int Symbols, int MaxOrder, Func<MelodicContext, int, int> Of)
{
    private const int Intervals = 255, Pitches = 128;

    /// <summary>The pitch itself.</summary>
    public static Viewpoint Pitch { get; } = new("pitch", Pitches, ContextTree.MaxOrder, static (_, pitch) => pitch);

    /// <summary>The step from the pitch before; a line's first note is its pitch.</summary>
    public static Viewpoint Interval { get; } = new("interval", Intervals + Pitches, ContextTree.MaxOrder, IntervalOf);

    /// <summary>The interval linked with the scale degree it arrives on.</summary>
    public static Viewpoint IntervalAndDegree { get; } =
        new("interval+degree", Intervals * 12 + Pitches, ContextTree.MaxOrder, static (c, pitch) => c.AtStart ? Intervals * 12 + pitch : IntervalOf(c, pitch) * 12 + c.Key.Degree(pitch));

    /// <summary>The interval linked with the pitch class counted from the line's first note.</summary>
    public static Viewpoint IntervalAndOrigin { get; } =
        new("interval+origin", Intervals * 12 + Pitches, ContextTree.MaxOrder, static (c, pitch) => c.AtStart ? Intervals * 12 + pitch : IntervalOf(c, pitch) * 12 + (pitch - c.First + 132) % 12);

    /// <summary>The scale degree in its mode and octave, in contexts of up to five notes.</summary>
    public static Viewpoint Degree { get; } =
        new("degree", 2 * 12 * 12, 5, static (c, pitch) => (((pitch - c.Key.Tonic + 12) / 12) * 12 + c.Key.Degree(pitch)) * 2 + (int)c.Key.Mode);

    /// <summary>The pitch after at most two others.</summary>
    public static Viewpoint PitchShort { get; } = Pitch with { Name = "pitch-2", MaxOrder = 2 };

    /// <summary>The interval after at most two others.</summary>
    public static Viewpoint IntervalShort { get; } = Interval with { Name = "interval-2", MaxOrder = 2 };

    /// <summary>The viewpoints of the default council, in the order of its members.</summary>
    public static ImmutableArray<Viewpoint> Default { get; } = [Pitch, Interval, IntervalAndDegree, IntervalAndOrigin, Degree, PitchShort, IntervalShort];

    private static int IntervalOf(MelodicContext context, int pitch) => context.AtStart ? Intervals + pitch : pitch - context.Previous + 127;
}
