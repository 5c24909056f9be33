using System.Collections.Immutable;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// One way of looking at a melody: it turns each note, in its context, into a symbol. What is foretold is a pitch, an onset interval or a duration; below it is called the value. Within one
/// context different values give different symbols, so that a law over symbols is a law over values; where they do not (<see cref="Shares"/>) they share its mass evenly.
/// <para>Base viewpoints give the value itself, derived ones relate it to the past (<see cref="From"/>), linked ones are products of two (<see cref="Linked"/>), of which one may be
/// something known beforehand (<see cref="Known"/>), and threaded ones see only certain notes (<see cref="Threaded"/>).</para>
/// </summary>
/// <param name="Name">A short name for displays and files.</param>
/// <param name="Symbols">How many symbols there are; symbols are 0 to this, exclusive.</param>
/// <param name="MaxOrder">The longest context looked at, at most <see cref="ContextTrie.MaxOrder"/>.</param>
/// <param name="Of">The symbol of a value in a context. Pure; allocates nothing.</param>
public sealed record Viewpoint(string Name, int Symbols, int MaxOrder, Func<MelodicContext, int, int> Of)
{
    private const int Intervals = 255, Pitches = 128;

    /// <summary>Which notes it sees and foretells, asked before the value is known; null: all. Of others it knows nothing.</summary>
    public Func<MelodicContext, bool>? Sees { get; init; }

    /// <summary>Whether several values may have the same symbol.</summary>
    public bool Shares { get; init; }

    /// <summary>A derived viewpoint: the value less a reference below <paramref name="values"/>, such as the pitch before; where the reference is below 0, the value itself as a symbol of its own.</summary>
    public static Viewpoint From(string name, int values, Func<MelodicContext, int> reference) => new(
        name, 3 * values, ContextTrie.MaxOrder, (context, value) => reference(context) is var from and >= 0 ? Math.Clamp(value - from, -values, values - 1) + values : 2 * values + Math.Min(value, values - 1));

    /// <summary>What is known before the value: a part to link others with. Values beyond the last count as the last, those below 0 as one more.</summary>
    public static Viewpoint Known(string name, int values, Func<MelodicContext, int> of) => new(
        name, values + 1, ContextTrie.MaxOrder, (context, _) => of(context) is var known and >= 0 ? Math.Min(known, values - 1) : values) { Shares = true };

    /// <summary>A linked viewpoint: the pair of what both see. It shares symbols only where both do.</summary>
    public Viewpoint Linked(Viewpoint other)
    {
        var (mine, theirs, symbols) = (Of, other.Of, other.Symbols);
        return new Viewpoint($"{Name}*{other.Name}", Symbols * symbols, Math.Min(MaxOrder, other.MaxOrder), (context, value) => mine(context, value) * symbols + theirs(context, value)) { Shares = Shares && other.Shares };
    }

    /// <summary>A threaded viewpoint: the same, only at notes where <paramref name="sees"/> holds.</summary>
    public Viewpoint Threaded(string where, Func<MelodicContext, bool> sees) => this with { Name = $"{Name} at {where}", Sees = sees };

    /// <summary>Whether it sees the note that comes in this context.</summary>
    public bool SeesNote(MelodicContext context) => Sees is not { } sees || sees(context);

    /// <summary>The same in contexts of at most <paramref name="notes"/> notes.</summary>
    public Viewpoint Within(int notes) => this with { Name = $"{Name}-{notes}", MaxOrder = Math.Min(MaxOrder, notes) };

    /// <summary>The pitch itself.</summary>
    public static Viewpoint Pitch { get; } = new("pitch", Pitches, ContextTrie.MaxOrder, static (_, pitch) => pitch);

    /// <summary>The step from the pitch before; a line's first note is its pitch.</summary>
    public static Viewpoint Interval { get; } = new("interval", Intervals + Pitches, ContextTrie.MaxOrder, IntervalOf);

    /// <summary>The interval linked with the scale degree it arrives on.</summary>
    public static Viewpoint IntervalAndDegree { get; } =
        new("interval+degree", Intervals * 12 + Pitches, ContextTrie.MaxOrder, static (c, pitch) => c.AtStart ? Intervals * 12 + pitch : IntervalOf(c, pitch) * 12 + c.Key.Degree(pitch));

    /// <summary>The interval linked with the pitch class counted from the line's first note.</summary>
    public static Viewpoint IntervalAndOrigin { get; } =
        new("interval+origin", Intervals * 12 + Pitches, ContextTrie.MaxOrder, static (c, pitch) => c.AtStart ? Intervals * 12 + pitch : IntervalOf(c, pitch) * 12 + (pitch - c.First + 132) % 12);

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
