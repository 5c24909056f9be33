using System.Globalization;
using System.Text;
using QuantumImprov.Engine.Judging;

namespace QuantumImprov.Host.Verbs;

/// <summary>A judgement as <c>judge</c> tells it.</summary>
internal sealed record JudgeReport(Judgement Judgement)
{
    private static readonly (string Name, Func<AnswerFigures, double?> Of)[] Figures =
    [
        ("ends_on_tonic", f => f.EndsOnTonic), ("ends_on_strong_beat", f => f.EndsOnStrongBeat), ("motif_return_4", f => f.MotifReturn4), ("out_of_key", f => f.OutOfKey),
        ("onset_overlap", f => f.OnsetOverlap), ("grooving_similarity", f => f.GroovingSimilarity), ("rest_share", f => f.RestShare), ("pitch_class_entropy", f => f.PitchClassEntropy),
        ("distinct_4", f => f.Distinct4), ("copy_8", f => f.Copy8), ("mean_interval", f => f.MeanInterval), ("response_delay_p90_beats", f => f.ResponseDelayP90Beats),
        ("false_interruptions", f => f.FalseInterruptions),
    ];

    public object ToJson() => new
    {
        calls = Judgement.Calls,
        human = Judgement.Human is { } human ? Of(human) : null,
        partner = Of(Judgement.Partner),
        planned_tonic_kept = Judgement.PlannedTonicKept,
        ending_degree_tv = Judgement.EndingDegrees is { } endings ? new { human = endings.Human, partner = endings.Partner, planned = endings.Planned } : null,
        constrained_bits = Judgement.PartnerBits is { } bits ? new { human = Bits(Judgement.HumanBits!), partner = Bits(bits) } : null,
        key_accuracy = Judgement.Keys is { } keys ? new { partner = keys.Partner, profile = keys.Profile, partner_signature = keys.PartnerSignature, profile_signature = keys.ProfileSignature } : null,
        call_shuffle = Judgement.Shuffle is { } shuffle ? new { human = shuffle.Human, partner = shuffle.Partner, decisions = shuffle.Decisions } : null,
        turn_taking = Judgement.Turns is { } turns
            ? new { ends = turns.Ends, unanswered = turns.Unanswered, delay_p50_beats = turns.DelayP50Beats, delay_p90_beats = turns.DelayP90Beats, delay_max_beats = turns.DelayMaxBeats, interruptions = turns.Interruptions }
            : null,
    };

    public string InWords()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Judgement.Calls} calls.").AppendLine();
        text.AppendLine("                           human  partner");
        foreach (var (name, of) in Figures) Row(name, Judgement.Human is null ? null : of(Judgement.Human), of(Judgement.Partner));
        Row("planned_tonic_kept", null, Judgement.PlannedTonicKept);
        if (Judgement.EndingDegrees is { } endings)
        {
            Row("ending_degree_tv", endings.Human, endings.Partner);
            Row("  in the plans' keys", null, endings.Planned);
        }

        if (Judgement is { PartnerBits: { } partner, HumanBits: { } human })
        {
            Row("bits, free", human.Free, partner.Free);
            Row("bits, constrained", human.Constrained, partner.Constrained);
            Row("  share forbidden", human.Forbidden, partner.Forbidden);
            Row("  share cut as tail", human.Cut, partner.Cut);
        }

        if (Judgement.Shuffle is { } shuffle) Row("call_shuffle", shuffle.Human, shuffle.Partner);
        if (Judgement.Keys is { } keys) text.AppendLine(CultureInfo.InvariantCulture, $"Keys of the whole found from the call: {keys.Partner:0.000}, by a plain profile {keys.Profile:0.000}.");
        if (Judgement.Keys is { PartnerSignature: { } own, ProfileSignature: { } plain }) text.AppendLine(CultureInfo.InvariantCulture, $"Key signatures found: {own:0.000}, by a plain profile {plain:0.000}.");
        if (Judgement.Turns is { } turns)
            text.AppendLine(CultureInfo.InvariantCulture, $"{turns.Ends} phrase ends, {turns.Unanswered} unanswered, {turns.Interruptions} phrases interrupted; delays in quarters: half up to {Figure(turns.DelayP50Beats)}, nine in ten up to {Figure(turns.DelayP90Beats)}, all up to {Figure(turns.DelayMaxBeats)}.");
        return text.ToString();

        void Row(string name, double? human, double? partner)
        {
            if (human is not null || partner is not null) text.AppendLine(CultureInfo.InvariantCulture, $"{name,-24} {Figure(human),7} {Figure(partner),8}");
        }
    }

    private static Dictionary<string, double?> Of(AnswerFigures figures) => Figures.ToDictionary(f => f.Name, f => f.Of(figures));

    private static object Bits(LawBits bits) => new { free = bits.Free, constrained = bits.Constrained, forbidden = bits.Forbidden, cut = bits.Cut };

    private static string Figure(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";
}
