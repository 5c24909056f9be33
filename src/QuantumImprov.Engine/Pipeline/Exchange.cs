using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Everything learned, being made anew by a worker to take the place of what there is. It begins at one musical moment, between two phrases; whatever is heard before it is ready is heard again by the new, so that it
/// stands as if it had been there from that moment on, however long the worker took. [engine]
/// </summary>
internal sealed class Exchange(IWorker worker)
{
    private IWork<LearnedMusic>? _work;
    private int _from;

    /// <summary>Whether something is being made.</summary>
    internal bool IsPending => _work is not null;

    /// <summary>Begins to make what takes the place of <paramref name="present"/>, in which no phrase is open.</summary>
    internal void Begin(LearnedMusic present, Func<LearnedMusic> make)
    {
        _from = present.Heard.Count;
        _work = worker.Begin(make);
    }

    /// <summary>What takes the place of <paramref name="present"/>, when it is ready or may be waited for; else null.</summary>
    internal LearnedMusic? Take(LearnedMusic present, bool wait)
    {
        if (_work is not { } work || !(wait || work.IsDone)) return null;
        _work = null;
        var music = work.Take();
        music.Chords = present.Chords;
        for (var phrase = _from; phrase < present.Heard.Count; phrase++)
        {
            if (present.Heard.BeginsAnew(phrase)) music.Pause();
            foreach (var note in present.Heard.Notes(phrase)) music.Hear(note);
            if (phrase >= present.Heard.Ended) continue;
            music.EndPhrase(present.Archive.Phrase(present.Archive.Count - present.Heard.Ended + phrase));
        }

        return music;
    }
}
