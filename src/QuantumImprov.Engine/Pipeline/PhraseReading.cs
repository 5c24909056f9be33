using System.Collections.Immutable;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>Listens to a whole performance and keeps its phrases: how files are learned. Phrases end by silence alone, because nobody waits for an answer.</summary>
public static class PhraseReading
{
    /// <summary>
    /// The melody phrases of <paramref name="performance"/> in order of time, each on the grid of its metre, onsets counted from the bar line before its first note.
    /// </summary>
    public static ImmutableArray<LearnedPhrase> Read(Performance performance, MelodyVoice voice, PhraseGap gap, string source)
    {
        var phrases = ImmutableArray.CreateBuilder<LearnedPhrase>();
        var listener = new Listener(voice, gap);
        var call = new Call();
        var map = performance.Map;
        foreach (var message in performance.Messages)
        {
            var at = map.ToHost(message.At);
            Settle(at);
            listener.Follow(map.At(message.At), known: true);
            var key = listener.Hear(new TimedMessage(at, message.Message));
            if (key.Change == KeyChange.Down && listener.PhraseTaken) listener.BeginPhrase();
            // A phrase as long as the listener can hold is cut, so that nothing of a long piece without breath is lost.
            if (listener.Phrase.Notes.Length >= Phrase.Capacity / 2) Cut(at);
        }

        var end = map.ToHost(performance.End);
        for (var channel = 0; channel < 16; channel++) listener.Hear(new TimedMessage(end, ShortMessage.Control(channel, 123, 0)));
        Settle(HostTime.Never.Plus(-1));
        return phrases.ToImmutable();

        void Settle(HostTime now)
        {
            while (listener.Due is var due && due <= now)
            {
                if (!listener.SettleChord(due, out _) && listener.TakePhraseEnd(due)) Keep(due);
            }
        }

        void Cut(HostTime now)
        {
            Keep(now);
            listener.BeginPhrase();
        }

        void Keep(HostTime now)
        {
            var notes = listener.Phrase.Notes;
            if (notes.IsEmpty) return;
            var timeline = map.At(notes[0].On);
            call.Read(notes, timeline, now);
            var first = call.Notes[0].Onset;
            var origin = first - timeline.InBar(first);
            var learned = ImmutableArray.CreateBuilder<LearnedNote>(call.Notes.Length);
            foreach (var note in call.Notes) learned.Add(new LearnedNote(note.Onset - origin, note.Duration, new Pitch(note.Pitch), note.Velocity));
            phrases.Add(new LearnedPhrase(learned.ToImmutable(), timeline.Metre, source));
        }
    }
}
