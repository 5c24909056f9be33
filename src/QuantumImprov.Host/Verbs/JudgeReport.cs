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
    };

    public string InWords()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Judgement.Calls} calls.").AppendLine();
        text.AppendLine("                           human  partner");
        foreach (var (name, of) in Figures)
        {
            if (of(Judgement.Partner) is null && (Judgement.Human is null || of(Judgement.Human) is null)) continue;
            text.AppendLine(CultureInfo.InvariantCulture, $"{name,-24} {Figure(Judgement.Human is null ? null : of(Judgement.Human)),7} {Figure(of(Judgement.Partner)),8}");
        }

        if (Judgement.PlannedTonicKept is { } kept) text.AppendLine(CultureInfo.InvariantCulture, $"planned_tonic_kept               {Figure(kept),8}");
        return text.ToString();
    }

    private static Dictionary<string, double?> Of(AnswerFigures figures) => Figures.ToDictionary(f => f.Name, f => f.Of(figures));

    private static string Figure(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";
}
