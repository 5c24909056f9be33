using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Live;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Host.Replaying;

/// <summary>What came of playing a session again from its journal.</summary>
/// <param name="Identical">Whether the partner plays the same notes at the same instants; null: it cannot be played again.</param>
/// <param name="Sentence">That, and where and why not, in one sentence.</param>
public sealed record ReplayVerdict(bool? Identical, string Sentence)
{
    /// <summary>Notes of the partner in the journal.</summary>
    public int PartnerNotes { get; private init; }

    /// <summary>Of them, those that were cut short.</summary>
    public int CutShort { get; private init; }

    /// <summary>Of them, those of a voice that follows keys.</summary>
    public int Followed { get; private init; }

    /// <summary>Of them, those that shots of a device chose, or of a simulated one.</summary>
    public int FromDevice { get; private init; }

    /// <summary>Notes with which the machine did not keep up.</summary>
    public int Late { get; private init; }

    /// <summary>Where the first difference is, in seconds from the journal's clock origin; null: there is none.</summary>
    public double? DiffersAt { get; private init; }

    /// <summary>The line of the journal where the first difference or the first damage is; null: there is none.</summary>
    public int? Line { get; private init; }

    /// <summary>What the partner sends in the replay.</summary>
    public ImmutableArray<TimedMessage> Partner { get; private init; } = [];

    /// <summary>Plays <paramref name="record"/> again and compares. Takes a core for some seconds, most of them to learn what was known at the start. [worker]</summary>
    public static ReplayVerdict Of(SessionRecord record)
    {
        try
        {
            using var replay = SessionReplay.Play(record);
            return Of(record, replay, ReplayComparison.Of(record, replay));
        }
        catch (Refusal refusal)
        {
            return new ReplayVerdict(null, $"It cannot be played again: {refusal.Message.TrimEnd('.')}.");
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            // A journal that nobody wrote as a session can ask for what no session does.
            return new ReplayVerdict(null, "It cannot be played again: its journal asks for what no session of this version does.");
        }
    }

    private static ReplayVerdict Of(SessionRecord record, SessionReplay replay, ReplayComparison compared)
    {
        var (first, reasons) = (compared.First ?? compared.FirstLate, Reasons(record, replay).ToList());
        var identical = first is null && record.Damage.IsWhole;
        var (place, why) = (first is null ? "" : $"at {compared.Seconds(first.At)} s{(first.Line > 0 ? $", line {first.Line}," : "")} {first.Words}", string.Concat(reasons.Select(reason => "; " + reason)));
        var sentence = identical ? $"Identical: {Played(record, compared)}."
            : compared.First is not null ? $"Not identical: {place}{why}."
            : first is not null ? $"The same notes, but the machine did not keep up then with {(compared.Late == 1 ? "one" : $"{compared.Late}")} of them: {place}{why}."
            : $"What can be read is identical ({Played(record, compared)}), but {string.Join(", and ", reasons)}.";
        return new ReplayVerdict(identical, sentence)
        {
            PartnerNotes = compared.Notes,
            CutShort = compared.CutShort,
            Followed = compared.Followed,
            FromDevice = compared.FromDevice,
            Late = compared.Late,
            DiffersAt = first is null ? null : Math.Round(first.At.SecondsSince(record.Header.ClockOrigin), 6),
            Line = first is { Line: > 0 } ? first.Line : record.FirstDamagedLine > 0 ? record.FirstDamagedLine : null,
            Partner = replay.Partner,
        };
    }

    private static string Played(SessionRecord record, ReplayComparison compared) =>
        $"the replay plays {(compared.Notes == 1 ? "the partner's one note" : $"all {compared.Notes} notes of the partner")} at the same instants"
        + (compared.FromDevice > 0 ? $", {compared.FromDevice} of them chosen by shots of {string.Join(" and ", Devices(record))}" : "")
        + (compared.CutShort > 0 ? $", {compared.CutShort} of them cut short by the player's next period then as now" : "")
        + (compared.Overdue > 0 ? $", {compared.Overdue} of them, which a beat found anew had moved, at once" : "")
        + (compared.Followed > 0 ? $", {compared.Followed} of them with the same keys by a voice that follows" : "");

    private static IEnumerable<string> Devices(SessionRecord record) => record.Draws.Select(draw => draw.Law).OfType<RecordedLaw>().Select(law => law.Vendor == "local" ? law.Device : $"{law.Vendor} {law.Device}").Distinct();

    // What may have made the difference, the likeliest first.
    private static IEnumerable<string> Reasons(SessionRecord record, SessionReplay replay)
    {
        if (record.FirstDamagedLine > 0) yield return $"line {record.FirstDamagedLine} of the journal is damaged{(record.Damage.DamagedLines > 1 ? $", as are {record.Damage.DamagedLines - 1} more" : "")}";
        if (record.Damage.LostEntries > 0) yield return $"{record.Damage.LostEntries} entries of the journal were lost when they were to be written";
        if (record.Damage.MissingHeaderLines > 0) yield return $"{record.Damage.MissingHeaderLines} lines of the journal's header are missing";
        if (record.Remarks.FirstOrDefault(r => r.Text.StartsWith("fault ", StringComparison.Ordinal)) is { } fault) yield return FormattableString.Invariant($"a fault was caught then at {fault.At.SecondsSince(record.Header.ClockOrigin):0.000} s");
        foreach (var doubt in replay.Doubts) yield return doubt;
        if (record.Header.ProductVersion != Product.Version) yield return $"version {record.Header.ProductVersion} played it and this is {Product.Version}";
        else if (record.Header.Given.FirstOrDefault(g => g.Name == SessionGiven.Build)?.Text is var build && build != Product.Build) yield return $"another build played it ({build ?? "not named"}; this is {Product.Build})";
    }
}
