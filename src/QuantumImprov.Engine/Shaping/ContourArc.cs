using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>How an answer's line relates to the call's.</summary>
public enum ContourRelation
{
    /// <summary>It goes on in the call's direction before it turns home.</summary>
    Continues,

    /// <summary>It moves the other way.</summary>
    Mirrors,

    /// <summary>It leads from where the call ended straight home.</summary>
    Completes,
}

/// <summary>The height an answer's line is drawn to, gently: from where the call ended over one peak, or one valley, to its ending.</summary>
/// <param name="Relation">To the call.</param>
/// <param name="From">The pitch it leaves from.</param>
/// <param name="Peak">The pitch of its turn.</param>
/// <param name="Home">The pitch it ends on, about.</param>
public readonly record struct ContourArc(ContourRelation Relation, double From, double Peak, double Home)
{
    /// <summary>Where the turn lies, as a share of the answer.</summary>
    public const double PeakAt = .6;

    // Half the candidates' favour at 9 semitones from the arc: a leaning, no rail.
    private const double Width = 7.6;

    /// <summary>How much a pitch at <paramref name="position"/> (0 the first note, 1 the last) is favoured, 0 to 1.</summary>
    public double Favour(double position, int pitch)
    {
        var height = position < PeakAt ? From + (Peak - From) * position / PeakAt : Peak + (Home - Peak) * (position - PeakAt) / (1 - PeakAt);
        var apart = (pitch - height) / Width;
        return Math.Exp(-.5 * apart * apart);
    }

    /// <summary>The relation in words.</summary>
    public string InWords() => Relation switch
    {
        ContourRelation.Continues => Peak >= From ? "goes on upwards" : "goes on downwards",
        ContourRelation.Mirrors => Peak >= From ? "turns upwards" : "turns downwards",
        _ => "leads home",
    };

    /// <summary>The arc of <paramref name="relation"/> for an answer to <paramref name="call"/> that ends on <paramref name="degree"/> of <paramref name="key"/> within <paramref name="range"/>; <paramref name="rise"/> (-1 to 1) lifts its turn by up to an octave.</summary>
    public static ContourArc For(ContourRelation relation, Call call, Key key, int degree, (int Low, int High) range, double rise)
    {
        var middle = (range.Low + range.High) / 2.0;
        double from = call.Notes.IsEmpty ? middle : Into(call.Notes[^1].Pitch, range);
        var rises = call.Notes.Length < 2 || call.Notes[^1].Pitch >= call.Notes[0].Pitch;
        if (relation == ContourRelation.Mirrors) rises = !rises;
        var span = Math.Max(4, (range.High - range.Low) / 4.0);
        var peak = relation == ContourRelation.Completes ? (from + middle) / 2 : from + (rises ? span : -span);
        peak = Math.Clamp(peak + 12 * rise, range.Low, range.High);
        return new ContourArc(relation, from, peak, NearestOf(key, degree, middle));
    }

    private static int Into(int pitch, (int Low, int High) range)
    {
        while (pitch > range.High) pitch -= 12;
        while (pitch < range.Low) pitch += 12;
        return pitch;
    }

    private static double NearestOf(Key key, int degree, double to)
    {
        var lowest = key.Tonic + degree;
        return lowest + 12 * Math.Round((to - lowest) / 12);
    }
}
