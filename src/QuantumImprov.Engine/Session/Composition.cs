using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Session;

/// <summary>
/// Writes a piece of a given length from what was learned: phrase after phrase of up to four bars, each in the rhythm of a learned phrase and with an ending of
/// its own, the last on the tonic.
/// </summary>
public static class Composition
{
    private const int PhraseBars = 4;

    /// <summary>
    /// <paramref name="bars"/> bars (1 to 10,000) from <paramref name="start"/> on. Rhythms are taken from <paramref name="models"/> of the timeline's metre when
    /// there are any, else from all of them, else plain beats. <paramref name="continued"/> is where the line comes from; null: it begins in the key of its first
    /// model. <paramref name="banked"/> chooses from a bank of shots where it can. With a <paramref name="chart"/> it is written over those chords.
    /// </summary>
    public static ImmutableArray<AheadNote> Compose(
        LearnedMusic learned, Preset preset, ImmutableArray<LearnedPhrase> models, MelodicLine? continued, int bars, Beats start, Timeline timeline, ulong seed, BankedChoosing? banked = null, ChordChart? chart = null)
    {
        learned.PlayWith(preset);
        var answering = new Answering(learned, preset, seed) { Banked = banked, Chart = chart };
        var random = new Xoshiro(Xoshiro.Derive(seed, ulong.MaxValue));
        var usable = models.Where(m => m.Metre == timeline.Metre && m.Notes.Length > 2).ToImmutableArray();
        if (usable.IsEmpty) usable = [.. models.Where(m => m.Notes.Length > 2)];
        var notes = new List<AheadNote>();
        var call = new Call();
        Key? key = answering.FixedKey ?? continued?.Key.Key;
        answering.StandAt(continued ?? learned.Members.NewLine());
        timeline = timeline with { BarOrigin = start };
        for (var written = 0; written < bars;)
        {
            var length = Math.Min(PhraseBars, bars - written);
            var model = usable.IsEmpty ? null : usable[random.NextInt(usable.Length)];
            call.Take(OnTimeline(model, start));
            key ??= answering.FixedKey ?? KeyOf(model);
            var last = written + length == bars;
            answering.Continue(call, length, start + timeline.Metre.Bar * written, timeline, key.Value, last ? 0 : null, notes);
            written += length;
        }

        return [.. notes];
    }

    private static CallNote[] OnTimeline(LearnedPhrase? model, Beats start) =>
        model is null ? [] : [.. model.Notes.Select(n => new CallNote(start + n.Onset, n.Duration, (byte)n.Pitch.Number, n.Velocity))];

    private static Key KeyOf(LearnedPhrase? model)
    {
        var finding = new KeyFinding();
        foreach (var note in model?.Notes ?? []) finding.Hear(note.Pitch.Number, note.Duration.Quarters);
        return finding.Key;
    }
}
