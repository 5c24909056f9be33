using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// The viewpoints of councils that know the rhythm: <see cref="Pitch"/> foretells pitches, <see cref="Onset"/> onset intervals and <see cref="Duration"/> durations, both in units of
/// <see cref="NoteTime.Unit"/>. All ask <see cref="MelodicContext.Now"/>, which must be there.
/// </summary>
public static class TimedViewpoints
{
    private const int Lengths = 2048, Places = 192, Short = 96, BeatPlaces = 48, Octaves = 12;

    private static readonly Viewpoint Place = Viewpoint.Known("place", Places, static c => c.Now!.Place);
    private static readonly Viewpoint PlaceBefore = Viewpoint.Known("from", Places, static c => c.Now!.PlaceBefore);
    private static readonly Viewpoint BeatPlace = Viewpoint.Known("beat", BeatPlaces, static c => c.Now!.Place < 0 ? -1 : c.Now.Place % c.Now.Beat);
    private static readonly Viewpoint Gap = Viewpoint.Known("gap", Short, static c => c.Now!.Gap);
    private static readonly Viewpoint Held = Viewpoint.Known("held", Short, static c => c.Now!.Duration);
    private static readonly Viewpoint Trust = Viewpoint.Known("trust", 4, static c => c.Now!.EchoTrust);
    private static readonly Viewpoint Fit = Viewpoint.Known("fit", 8, static c => c.Now!.EchoTrust * 2 + (c.Now.EchoDuration >= 0 && c.Now.EchoDuration == c.Now.Duration ? 1 : 0));
    private static readonly Viewpoint EchoedLength = Viewpoint.From("echo", Lengths, static c => c.Now!.EchoDuration);

    /// <summary>The onset interval, or the duration, itself; what is longer than 85 quarters counts as that.</summary>
    public static Viewpoint Length { get; } = new("length", 2 * Lengths, ContextTrie.MaxOrder, static (c, value) => Math.Min(value, Lengths - 1) + (c.AtStart ? Lengths : 0)) { Shares = true };

    /// <summary>The scale degree in its octave and mode, in the key the piece is written in or, where it does not say, in the running key.</summary>
    public static Viewpoint Scale { get; } = new("scale", 2 * 12 * Octaves, ContextTrie.MaxOrder, static (c, pitch) => InKey(c.Now!.Signature ?? c.Key, pitch));

    /// <summary>The pitch relative to what sounded at the same place of an earlier bar, with how far that is to be trusted.</summary>
    public static Viewpoint Echo { get; } = Viewpoint.From("echo", 128, static c => c.Now!.EchoPitch).Linked(Fit).Within(8);

    /// <summary>For the pitch of a note whose onset and duration are known.</summary>
    public static ImmutableArray<Viewpoint> Pitch { get; } =
    [
        Viewpoint.Pitch,
        Viewpoint.Interval,
        Viewpoint.IntervalAndDegree,
        Viewpoint.Interval.Linked(Held),
        Viewpoint.Interval.Linked(Place),
        Scale.Linked(Place),
        Echo,
        Scale.Threaded("beats", static c => c.Now!.Place % c.Now.Beat == 0),
    ];

    /// <summary>For the onset interval after the last note; at the start, for the place in the bar.</summary>
    public static ImmutableArray<Viewpoint> Onset { get; } =
    [
        Length,
        PlaceBefore.Linked(Length),
        Viewpoint.From("rest", Lengths, static c => c.AtStart ? -1 : c.Now!.DurationBefore) with { Shares = true },
        Viewpoint.From("echo", Lengths, static c => c.Now!.EchoGap) with { Shares = true },
        Length.Within(2),
    ];

    /// <summary>For the duration of a note whose onset is known.</summary>
    public static ImmutableArray<Viewpoint> Duration { get; } =
    [
        Length,
        Place.Linked(Length),
        BeatPlace.Linked(Length),
        Gap.Linked(Length),
        EchoedLength with { Shares = true },
        Place.Linked(Length).Within(2),
        Length.Within(2),
        (EchoedLength with { Shares = true }).Linked(Trust).Within(4),
    ];

    private static int InKey(Key key, int pitch) => ((pitch - key.Tonic + 12) / 12 * 12 + key.Degree(pitch)) * 2 + (int)key.Mode;
}
