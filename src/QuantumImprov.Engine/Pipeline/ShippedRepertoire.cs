using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Notation;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Repertoire.Shipped;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>What a fresh install knows: the shipped tunes, and amplitudes learned from them.</summary>
public static class ShippedRepertoire
{
    /// <summary>The shipped tunes as phrases, one a tune.</summary>
    public static ImmutableArray<LearnedPhrase> Phrases { get; } = [.. ShippedTunes.All.Select(ToPhrase)];

    /// <summary>The shipped repertoire: its phrases learned anew, the amplitudes ready-made. Deterministic.</summary>
    public static LearnedMusic Learn()
    {
        var learned = LearnedMusic.From(new RepertoireContent(Phrases, ShippedAmplitudes.Own.Table));
        learned.Amplitudes.AdoptMoments(ShippedAmplitudes.Own.Moments.AsSpan());
        return learned;
    }

    // The top note of each onset, counted from the bar line before the tune begins.
    private static LearnedPhrase ToPhrase(Tune tune)
    {
        var behindBar = tune.PickUp > Beats.Zero ? tune.Metre.Bar - tune.PickUp : Beats.Zero;
        var notes = tune.Notes
            .GroupBy(n => n.Onset)
            .OrderBy(g => g.Key)
            .Select(g => g.MaxBy(n => n.Pitch)!)
            .Select(n => new LearnedNote(n.Onset + behindBar, n.Duration, n.Pitch, n.Velocity));
        return new LearnedPhrase([.. notes], tune.Metre, LearnedPhrase.FromShipped);
    }
}
