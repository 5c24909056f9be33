using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Judging;

/// <summary>How often the key of an answer's plan, which was found from the call, is right; and that of a plain profile over the call.</summary>
/// <param name="Partner">Share of plans in the key of the whole melody.</param>
/// <param name="Profile">Share of calls whose own <see cref="WholeKey"/> is that of the whole melody.</param>
/// <param name="PartnerSignature">Of the melodies that state a key signature, the share of plans with the same accidentals; null when none does.</param>
/// <param name="ProfileSignature">The same of the calls' own keys.</param>
public sealed record KeyAccuracy(double Partner, double Profile, double? PartnerSignature, double? ProfileSignature)
{
    /// <summary>The tonic of the major key with the same accidentals as <paramref name="key"/>, 0 to 11.</summary>
    public static int Accidentals(Key key) => key.Mode == Mode.Major ? key.Tonic : (key.Tonic + 3) % 12;

    /// <summary>The shares over <paramref name="keys"/>, at least one: of the whole, as written, of the plan, of the call.</summary>
    public static KeyAccuracy Of(IReadOnlyList<(Key Whole, Key? Written, Key Plan, Key Call)> keys)
    {
        var written = keys.Where(k => k.Written is not null).ToList();
        return new KeyAccuracy(
            Share(keys, k => k.Plan == k.Whole)!.Value,
            Share(keys, k => k.Call == k.Whole)!.Value,
            Share(written, k => Accidentals(k.Plan) == Accidentals(k.Written!.Value)),
            Share(written, k => Accidentals(k.Call) == Accidentals(k.Written!.Value)));
    }

    private static double? Share<T>(IReadOnlyList<T> all, Func<T, bool> holds) => all.Count == 0 ? null : all.Average(x => holds(x) ? 1.0 : 0);
}
