#pragma warning disable RS0030
using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>The viewpoints of councils that know the rhythm: <see cref="Pitch"/> foretells pitches, <see cref="Onset"/> onset intervals, <see cref="Duration"/> durations, in units of <see cref="NoteTime.Unit"/>.</summary>
public static class TimedViewpoints
{
    private const int Lengths = 2048, Places = 192, Short = 96;
    private static readonly Viewpoint Place = Viewpoint.Known("place", Places, static c => c.Now!.Place);
    private static readonly Viewpoint BeatPlace = Viewpoint.Known("beat", 48, static c => c.Now!.Place < 0 ? -1 : c.Now.Place % c.Now.Beat);
    private static readonly Viewpoint PlaceBefore = Viewpoint.Known("from", Places, static c => c.Now!.PlaceBefore);
    private static readonly Viewpoint Gap = Viewpoint.Known("gap", Short, static c => c.Now!.Gap);
    private static readonly Viewpoint Held = Viewpoint.Known("held", Short, static c => c.Now!.Duration);

    /// <summary>The onset interval, or the duration, itself; what is longer than 85 quarters counts as that.</summary>
    public static Viewpoint Length { get; } = new("length", 2 * Lengths, ContextTree.MaxOrder, static (c, value) => Math.Min(value, Lengths - 1) + (c.AtStart ? Lengths : 0));

    private static readonly Viewpoint EchoStep = Viewpoint.From("echo", 128, static c => c.Now!.EchoPitch);
    private static readonly Viewpoint EchoFit = Viewpoint.Known("fit", 8, static c => c.Now!.EchoTrust * 2 + (c.Now.EchoDuration >= 0 && c.Now.EchoDuration == c.Now.Duration ? 1 : 0));
    private static readonly Viewpoint Scale = new("scale", 2 * 12 * 12, ContextTree.MaxOrder, static (c, pitch) => KeyOf(c) is var key ? (((pitch - key.Tonic + 12) / 12) * 12 + key.Degree(pitch)) * 2 + (int)key.Mode : 0);
    private static readonly Viewpoint OnBeat = Scale.Threaded("beats", static c => c.Now!.Place % c.Now.Beat == 0);
    private static readonly Viewpoint OnBar = Scale.Threaded("bars", static c => c.Now!.Place == 0);

    /// <summary>For the pitch of a note whose onset and duration are known.</summary>
    public static ImmutableArray<Viewpoint> Pitch { get; } = Choose("VP", [
        Viewpoint.Pitch, Viewpoint.Interval, Viewpoint.IntervalAndDegree, Viewpoint.IntervalAndOrigin, Viewpoint.Degree, Viewpoint.PitchShort, Viewpoint.IntervalShort,
        Viewpoint.Interval.Linked(Held), // 7
        Viewpoint.Interval.Linked(Gap), // 8
        Viewpoint.Interval.Linked(Place), // 9
        Viewpoint.Pitch.Linked(Place), // 10
        Scale.Linked(Place), // 11
        Scale.Linked(Place).Within(3), // 12
        EchoStep.Linked(EchoFit).Within(8), // 13
        OnBeat, // 14
        OnBar, // 15
        EchoStep.Linked(EchoFit).Within(3), // 16
        Scale, // 17
        Viewpoint.Interval.Linked(BeatPlace), // 18
        Scale.Linked(Held), // 19
        Viewpoint.Interval.Linked(EchoStep).Within(4), // 20
        Scale.Linked(EchoStep).Within(3), // 21
        EchoStep.Linked(Place).Within(8), // 22
    ]);

    /// <summary>For the onset interval after the last note; at the start, for the place in the bar.</summary>
    public static ImmutableArray<Viewpoint> Onset { get; } = Choose("VO", [
        Length,
        PlaceBefore.Linked(Length),
        Viewpoint.From("rest", Lengths, static c => c.AtStart ? -1 : c.Now!.DurationBefore),
        Viewpoint.From("echo", Lengths, static c => c.Now!.EchoGap),
        Length.Within(2),
    ]);

    /// <summary>For the duration of a note whose onset is known.</summary>
    public static ImmutableArray<Viewpoint> Duration { get; } = Choose("VD", [
        Length,
        Place.Linked(Length),
        BeatPlace.Linked(Length),
        Gap.Linked(Length),
        Viewpoint.From("echo", Lengths, static c => c.Now!.EchoDuration),
        Place.Linked(Length).Within(2),
        Length.Within(2),
        Viewpoint.From("echo", Lengths, static c => c.Now!.EchoDuration).Linked(EchoTrusted).Within(4),
    ]);

    private static Viewpoint EchoTrusted => Viewpoint.Known("trust", 4, static c => c.Now!.EchoTrust);

    private static Key KeyOf(MelodicContext context) => context.Now!.Signature ?? context.Key;

    private static ImmutableArray<Viewpoint> Choose(string name, ImmutableArray<Viewpoint> all) =>
        System.Environment.GetEnvironmentVariable(name) is { } text ? [.. text.Split(',').Select(t => all[int.Parse(t, System.Globalization.CultureInfo.InvariantCulture)])] : all;
}
