using System.Collections.Immutable;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// The last changes of everything learned, each with what is needed to take it back. What a worker had replaced is kept as it was; a phrase that was forgotten at once is kept by itself. [engine]
/// </summary>
internal sealed class RepertoireHistory
{
    /// <summary>How many changes can be taken back. Each may keep a whole repertoire in memory.</summary>
    internal const int Depth = 4;

    private readonly List<Step> _steps = [];

    /// <summary>Nothing can be taken back any more.</summary>
    internal void Clear() => _steps.Clear();

    /// <summary>A phrase is about to be forgotten: the last of <paramref name="music"/>.</summary>
    internal void Forgetting(LearnedMusic music)
    {
        var last = music.Heard.Count - 1;
        Push(new Step(last, new Past(music.Heard.Notes(last).ToArray(), Archived(music, last)), null, null));
    }

    /// <summary>Phrase <paramref name="archived"/> of the archive is favoured from now on, or no longer.</summary>
    internal void Favouring(LearnedMusic music, int archived) => Push(new Step(music.Heard.Ended, null, null, null, archived));

    /// <summary>Whether the last change only favoured a phrase, or favours one no longer.</summary>
    internal bool LastOnlyFavours => _steps is [.., { Favoured: not null }];

    /// <summary><paramref name="after"/> has taken the place of <paramref name="before"/>, which was played with <paramref name="preset"/>.</summary>
    internal void Exchanged(LearnedMusic before, LearnedMusic after, Preset preset) => Push(new Step(after.Heard.Ended, null, before, preset));

    /// <summary>
    /// Takes the last change of <paramref name="music"/>, in which no phrase is open, back at once, or says what a worker has to do; false when there is none.
    /// </summary>
    internal bool TryUndo(LearnedMusic music, Preset preset, out Func<LearnedMusic>? make)
    {
        make = null;
        if (_steps.Count == 0) return false;
        var step = _steps[^1];
        _steps.RemoveAt(_steps.Count - 1);
        if (step.Favoured is { } archived)
        {
            // Whatever was changed after it is taken back by now: it stands where it stood.
            music.Archive.Favour(archived, !music.Archive.IsFavoured(archived));
            return true;
        }

        var since = Enumerable.Range(step.Since, music.Heard.Ended - step.Since).Select(i => new Past(music.Heard.Notes(i).ToArray(), Archived(music, i), music.Heard.BeginsAnew(i))).ToArray();
        if (step.Before is { } before) make = () => GoOn(before, since, ReferenceEquals(step.Preset, preset) ? null : preset);
        else if (music.Forgettable >= since.Length && !since.Any(p => p.Anew)) Remember(music, step.Forgotten!, since);
        else make = Insert(music, step, since, preset);
        return true;
    }

    // As far back as the phrase, and forward again with it.
    private static void Remember(LearnedMusic music, Past forgotten, Past[] since)
    {
        foreach (var _ in since) music.TryForgetPhrase();
        foreach (var phrase in since.Prepend(forgotten)) phrase.HearIn(music, 0);
    }

    // Too much was heard since: everything is made anew around the phrase; the amplitudes stay as they are.
    private static Func<LearnedMusic> Insert(LearnedMusic music, Step step, Past[] since, Preset preset)
    {
        var (view, earlier, amplitudes) = (music.Archive.View(), music.Heard.From(0).Take(step.Since).ToArray(), MusicChange.Copy(music.Amplitudes));
        var taught = view.Count - music.Heard.Ended;
        return () =>
        {
            var phrases = view.ToPhrases();
            return MusicChange.Rebuild(
                phrases[..taught],
                [.. phrases[taught..(taught + step.Since)], step.Forgotten!.Phrase, .. since.Select(p => p.Phrase)],
                (TimedPitch[][])[.. earlier, step.Forgotten.Notes, .. since.Select(p => p.Notes)],
                amplitudes,
                preset);
        };
    }

    // A phrase that was open when the change came in is known in part.
    private static LearnedMusic GoOn(LearnedMusic before, Past[] since, Preset? preset)
    {
        if (preset is not null) before.PlayWith(preset);
        var known = before.Heard.IsOpen ? before.Heard.Notes(before.Heard.Count - 1).Length : 0;
        foreach (var phrase in since)
        {
            phrase.HearIn(before, known);
            known = 0;
        }

        return before;
    }

    private static LearnedPhrase Archived(LearnedMusic music, int heard) => music.Archive.Phrase(music.Archive.Count - music.Heard.Ended + heard);

    private void Push(Step step)
    {
        if (_steps.Count == Depth) _steps.RemoveAt(0);
        _steps.Add(step);
    }

    private sealed record Past(TimedPitch[] Notes, LearnedPhrase Phrase, bool Anew = false)
    {
        internal void HearIn(LearnedMusic music, int known)
        {
            if (Anew && known == 0) music.Pause();
            foreach (var note in Notes.AsSpan(known)) music.Hear(note);
            music.EndPhrase(Phrase);
        }
    }

    private sealed record Step(int Since, Past? Forgotten, LearnedMusic? Before, Preset? Preset, int? Favoured = null);
}
