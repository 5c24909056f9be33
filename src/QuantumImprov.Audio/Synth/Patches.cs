using System.Collections.Immutable;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Synth;

/// <summary>
/// The sounds of the built-in synth and the General MIDI programs that choose them. All are sums of damped or steady sines, so they bend, pan and end
/// smoothly and need no sample data.
/// </summary>
internal static class Patches
{
    /// <summary>Struck strings, two for each of the lower modes: one rings short, its slightly mistuned twin long.</summary>
    [RealTime]
    public static Patch Struck { get; } = new()
    {
        Name = "struck strings",
        Partials = StruckStrings(),
        Level = 0.48,
        Attack = 0.0015,
        Release = 0.3,
        Softening = 0.9,
        Tilt = 0.65,
        Tracking = 0.75,
    };

    /// <summary>An electric piano: a nearly pure tone under a short tine.</summary>
    [RealTime]
    public static Patch Electric { get; } = new()
    {
        Name = "electric piano",
        Partials =
        [
            new(0.9996, 0.70, 7, -0.35), new(1.0004, 0.70, 7, 0.35), new(2.0006, 0.30, 4, -0.2), new(3.0, 0.17, 2.6, 0.2),
            new(4.0, 0.07, 1.8, -0.3), new(5.0, 0.04, 1.2, 0.3), new(6.99, 0.10, 0.5, 0), new(13.9, 0.07, 0.22, 0.15),
        ],
        Level = 0.4,
        Attack = 0.002,
        Release = 0.35,
        Softening = 2.2,
        Tilt = 0.5,
        Tracking = 0.5,
    };

    /// <summary>Struck bars over tubes.</summary>
    [RealTime]
    public static Patch Mallet { get; } = new()
    {
        Name = "mallets",
        Partials = [new(1, 1, 4.5, 0), new(2.0, 0.06, 2, 0.2), new(3.98, 0.28, 1.1, -0.25), new(9.2, 0.12, 0.3, 0.25)],
        Level = 0.58,
        Attack = 0.0015,
        Release = 0.6,
        Softening = 1.2,
        Tilt = 0.4,
        Tracking = 0.6,
    };

    /// <summary>Drawbars.</summary>
    [RealTime]
    public static Patch Organ { get; } = new()
    {
        Name = "drawbar organ",
        Partials =
        [
            new(0.5, 0.45, 0, -0.1), new(1.0, 1.1, 0, 0), new(1.4983, 0.2, 0, 0.15),
            new(2.001, 0.45, 0, 0.35), new(2.9966, 0.3, 0, -0.3), new(4.0, 0.22, 0, 0.3), new(5.9932, 0.1, 0, -0.2), new(8.0, 0.1, 0, 0.2),
        ],
        Level = 0.35,
        Attack = 0.006,
        Release = 0.09,
        Softening = 0.5,
        Tilt = 0.35,
    };

    /// <summary>A plucked string, pulled at a fifth of its length.</summary>
    [RealTime]
    public static Patch Plucked { get; } = new()
    {
        Name = "plucked strings",
        Partials = PluckedString(count: 18, at: 0.2, decay: 4.2, slope: 1.3),
        Level = 0.6,
        Attack = 0.001,
        Release = 0.22,
        Softening = 1.2,
        Tilt = 0.6,
        Tracking = 0.6,
    };

    /// <summary>A plucked bass string.</summary>
    [RealTime]
    public static Patch Bass { get; } = new()
    {
        Name = "bass",
        Partials = PluckedString(count: 14, at: 0.28, decay: 2.6, slope: 1.9),
        Level = 0.68,
        Attack = 0.002,
        Release = 0.12,
        Softening = 1.4,
        Tilt = 0.5,
        Tracking = 0.5,
    };

    /// <summary>A slow ensemble: each mode twice, apart in tune and place.</summary>
    [RealTime]
    public static Patch Pad { get; } = new()
    {
        Name = "soft pad",
        Partials = Ensemble(count: 10, cents: 4.5, slope: 1.6),
        Level = 0.5,
        Attack = 0.16,
        Release = 0.9,
        Softening = 0.8,
        Tilt = 0.5,
        Vibrato = 3,
    };

    /// <summary>Brass and reeds: many harmonics, brighter when blown harder.</summary>
    [RealTime]
    public static Patch Blown { get; } = new()
    {
        Name = "reeds and brass",
        Partials = Ensemble(count: 12, cents: 1.2, slope: 1.1),
        Level = 0.36,
        Attack = 0.03,
        Release = 0.16,
        Softening = 1.5,
        Tilt = 0.7,
        Vibrato = 7,
    };

    /// <summary>A flute.</summary>
    [RealTime]
    public static Patch Flute { get; } = new()
    {
        Name = "flute",
        Partials = [new(1, 1, 0, 0), new(2, 0.22, 0, -0.15), new(3, 0.1, 0, 0.15), new(4, 0.03, 0, 0), new(2.997, 0.12, 0.25, 0)],
        Level = 0.42,
        Attack = 0.045,
        Release = 0.16,
        Softening = 1.2,
        Tilt = 0.4,
        Vibrato = 9,
    };

    private static readonly ImmutableArray<Patch> ByFamily =
    [
        Struck, Mallet, Organ, Plucked, Bass, Pad, Pad, Blown, Blown, Flute, Blown, Pad, Pad, Plucked, Mallet, Pad,
    ];

    /// <summary>Every patch once.</summary>
    public static ImmutableArray<Patch> All { get; } = [Struck, Electric, Mallet, Organ, Plucked, Bass, Pad, Blown, Flute];

    /// <summary>The patch of General MIDI program <paramref name="program"/> (0 to 127, counted from 0): eight programs a family, with a few of their own.</summary>
    [RealTime]
    public static Patch Of(int program) => program switch
    {
        >= 4 and <= 5 => Electric,
        6 or 7 or 45 or 46 => Plucked,
        47 => Mallet,
        _ => ByFamily[(program & 127) >> 3],
    };

    private static ImmutableArray<Partial> StruckStrings()
    {
        // A hammer of some width that strikes near an eighth of the string: the spectrum falls gently up to the seventh mode, then fast. Stiffness
        // widens the upper modes (inharmonicity .0004, a middling upright's middle C).
        var partials = ImmutableArray.CreateBuilder<Partial>();
        for (var n = 1; n <= 16; n++)
        {
            var ratio = n * Math.Sqrt((1 + 0.0004 * n * n) / 1.0004);
            var level = (0.1 + Math.Abs(Elementary.Sine(n * 0.118 / 2))) * Elementary.Exp2(-0.1 * (n - 1)) / n;
            var decay = 7 / (1 + 0.25 * (n - 1));
            var side = n % 2 == 0 ? 1 : -1;
            if (n <= 8)
            {
                partials.Add(new(ratio * 0.99975, level * 0.75, decay * 0.45, side * -0.3));
                partials.Add(new(ratio * 1.0002, level * 0.5, decay, side * 0.3));
            }
            else
            {
                partials.Add(new(ratio, level, decay * 0.5, side * 0.2));
            }
        }

        return partials.ToImmutable();
    }

    private static ImmutableArray<Partial> PluckedString(int count, double at, double decay, double slope)
    {
        var partials = ImmutableArray.CreateBuilder<Partial>();
        for (var n = 1; n <= count; n++)
        {
            // A pluck near a node still excites its mode a little: a finger is not a point.
            var level = (0.08 + Math.Abs(Elementary.Sine(n * at / 2))) * Elementary.Exp2(-slope * Elementary.Log2(n));
            var ratio = n * Math.Sqrt((1 + 0.00006 * n * n) / 1.00006);
            partials.Add(new(ratio, level, decay / (1 + 0.22 * (n - 1)), n == 1 ? 0 : n % 2 == 0 ? 0.25 : -0.25));
        }

        return partials.ToImmutable();
    }

    private static ImmutableArray<Partial> Ensemble(int count, double cents, double slope)
    {
        var partials = ImmutableArray.CreateBuilder<Partial>();
        for (var n = 1; n <= count; n++)
        {
            // The upper modes are mistuned by the same few hertz rather than cents, or they would flutter.
            var apart = Elementary.Exp2(cents / 1200 / Math.Sqrt(n));
            var level = Elementary.Exp2(-slope * Elementary.Log2(n));
            partials.Add(new(n / apart, level, 0, -0.6));
            partials.Add(new(n * apart, level, 0, 0.6));
        }

        return partials.ToImmutable();
    }
}
