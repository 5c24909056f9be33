using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Something other than a note that is to change everything learned: a phrase forgotten, a repertoire loaded. Immutable. What cannot be done at once says what a worker has to make of things as they are now.
/// </summary>
public sealed class MusicChange
{
    private readonly Func<LearnedMusic, Preset, RepertoireHistory, Func<LearnedMusic>?> _prepare;

    private MusicChange(Func<LearnedMusic, Preset, RepertoireHistory, Func<LearnedMusic>?> prepare) => _prepare = prepare;

    /// <summary>
    /// Forgets the phrase the performer played last in this session, since the last other change: it leaves no trace. Of the last <see cref="LearnedMusic.MostForgotten"/> the amplitudes forget what they learned from them too.
    /// </summary>
    public static MusicChange ForgetLast { get; } = new(PrepareForgetting);

    /// <summary>
    /// The last other change is taken back, and what was heard since is heard again by what there was before it: everything stands as if it had never been asked for. Up to <see cref="RepertoireHistory.Depth"/> changes
    /// can be taken back one after the other; does nothing when there is none.
    /// </summary>
    public static MusicChange Undo { get; } = new((_, _, _) => null) { IsUndo = true };

    /// <summary>Back to what a fresh install knows.</summary>
    public static MusicChange Clear { get; } = new((_, preset, _) => () => Playing(ShippedRepertoire.Learn(), preset));

    /// <summary>
    /// Of all the performer's phrases, of this session and of earlier ones, keeps the last <paramref name="phrases"/> (0 or more): members, graph, endings and archive stand as if the others had never been played. What was loaded or
    /// shipped stays, and so do the amplitudes.
    /// </summary>
    public static MusicChange KeepLast(int phrases) => new((music, preset, _) => Keep(music, preset, phrases));

    /// <summary>Knows what <paramref name="content"/> holds and nothing else.</summary>
    public static MusicChange Load(RepertoireContent content) => new((_, preset, _) => () => Playing(LearnedMusic.From(content), preset));

    /// <summary>The same, as another repertoire that is kept by itself: nothing that was done before can be taken back in it.</summary>
    public static MusicChange GoTo(RepertoireContent content) => new((_, preset, _) => () => Playing(LearnedMusic.From(content), preset)) { LeavesThePast = true };

    /// <summary>
    /// The performer likes the phrase that was heard as number <paramref name="number"/> in this session, or with 0 the one heard last; asked once more, he no longer does. Answers take up what he likes (see <see cref="Recollection"/>); nothing is
    /// learned by it. Does nothing when that phrase is not known any more.
    /// </summary>
    public static MusicChange Favour(int number) => new((music, _, history) =>
    {
        if (music.Find(number) is { } phrase)
        {
            history.Favouring(music, phrase);
            music.Archive.Favour(phrase, !music.Archive.IsFavoured(phrase));
        }

        return null;
    })
    {
        OnlyFavours = true,
    };

    internal bool OnlyFavours { get; private init; }

    internal bool IsUndo { get; private init; }

    internal bool LeavesThePast { get; private init; }

    /// <summary>Does at once what can be done at once, and returns null then; else what a worker has to do; <paramref name="history"/> is told of what is gone. [engine]</summary>
    internal Func<LearnedMusic>? Prepare(LearnedMusic music, Preset preset, RepertoireHistory history) => _prepare(music, preset, history);

    private static Func<LearnedMusic>? PrepareForgetting(LearnedMusic music, Preset preset, RepertoireHistory history)
    {
        if (music.Heard.Ended == 0) return null;
        if (music.Forgettable > 0)
        {
            history.Forgetting(music);
            music.TryForgetPhrase();
            return null;
        }

        var (view, heard, amplitudes) = (music.Archive.View(), music.Heard.From(0), Copy(music.Amplitudes));
        return () =>
        {
            var phrases = view.ToPhrases();
            var taught = phrases.Length - heard.Length;
            return Rebuild(phrases[..taught], phrases[taught..^1], heard.AsSpan(0, heard.Length - 1), amplitudes, preset);
        };
    }

    private static Func<LearnedMusic> Keep(LearnedMusic music, Preset preset, int kept)
    {
        var ofSession = Math.Min(kept, music.Heard.Ended);
        var (view, heard, amplitudes) = (music.Archive.View(), music.Heard.From(music.Heard.Ended - ofSession), Copy(music.Amplitudes));
        var taughtCount = view.Count - music.Heard.Ended;
        return () =>
        {
            var phrases = view.ToPhrases();
            var taught = phrases[..taughtCount];
            var dropped = taught.Count(p => p.Source == LearnedPhrase.FromPerformer) - (kept - ofSession);
            return Rebuild([.. taught.Where(p => p.Source != LearnedPhrase.FromPerformer || --dropped < 0)], phrases[^ofSession..], heard, amplitudes, preset);
        };
    }

    internal static LearnedMusic Rebuild(ImmutableArray<LearnedPhrase> taught, ImmutableArray<LearnedPhrase> phrases, ReadOnlySpan<TimedPitch[]> heard, Amplitudes amplitudes, Preset preset)
    {
        var music = new LearnedMusic();
        music.Amplitudes.CopyFrom(amplitudes);
        music.Teach(taught);
        music.CalibrateDials();
        music.PlayWith(preset);
        for (var i = 0; i < phrases.Length; i++)
        {
            foreach (var note in heard[i]) music.Hear(note, rate: 0);
            music.EndPhrase(phrases[i]);
        }

        return music;
    }

    private static LearnedMusic Playing(LearnedMusic music, Preset preset)
    {
        music.PlayWith(preset);
        return music;
    }

    internal static Amplitudes Copy(Amplitudes amplitudes)
    {
        var copy = new Amplitudes(amplitudes.Members, amplitudes.Classes);
        copy.CopyFrom(amplitudes);
        return copy;
    }
}
