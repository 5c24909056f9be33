using System.Text.Json;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Session.Control;

namespace QuantumImprov.Host.Stage;

/// <summary>Writes of each state what has changed since the one before. [one thread]</summary>
internal sealed class StateWriter(StageClock clock, Utf8JsonWriter json)
{
    private StageState? _before;

    /// <summary>Adds the changed fields to the object that is open; false when there are none.</summary>
    public bool Write(StageState state)
    {
        var before = _before;
        _before = state;
        if (before == state) return false;
        if (before?.Turn != state.Turn) json.WriteString("turn"u8, state.Turn switch { StageTurn.Listening => "listening", StageTurn.Answering => "answering", _ => "idle" });
        if (before?.Plan != state.Plan) json.WriteString("plan"u8, PageWriter.Short(state.Plan));
        if (before is null || before.Tempo != state.Tempo) Number("tempo", state.Tempo is { } tempo ? Math.Round(tempo.BeatsPerMinute, 4) : null);
        if (before?.TempoKnown != state.TempoKnown) json.WriteBoolean("tempoKnown"u8, state.TempoKnown);
        if (before is null || before.Time != state.Time || before.Rolls != state.Rolls) WriteTime(state.Time, state.Rolls);
        if (before?.Metre != state.Metre)
        {
            json.WriteString("metre"u8, state.Metre.ToString());
            Number("beat", state.Metre.Beat.Quarters);
        }

        if (before is null || before.BarLine != state.BarLine) Time("barLine", state.BarLine);
        if (before is null || before.Chart != state.Chart) WriteChart(state.Chart);
        if (before is null || before.Key != state.Key) json.WriteString("key"u8, PageWriter.Short(state.Key));
        if (before?.PhrasesHeard != state.PhrasesHeard) json.WriteNumber("phrasesHeard"u8, state.PhrasesHeard);
        if (before?.NotesLearned != state.NotesLearned) json.WriteNumber("notesLearned"u8, state.NotesLearned);
        if (before?.Repertoire != state.Repertoire) json.WriteNumber("repertoire"u8, state.Repertoire);
        if (before is null || before.Preset != state.Preset) json.WriteString("preset"u8, PageWriter.Short(state.Preset));
        if (before is null || before.Consensus != state.Consensus) Number("consensus", state.Consensus is { } consensus and >= 0 and <= 1 ? Math.Round(consensus, 3) : null);
        if (before is null || before.JackClient != state.JackClient) json.WriteString("jackClient"u8, PageWriter.Short(state.JackClient));
        if (before?.Way != state.Way) json.WriteString("way"u8, state.Way.ToString().ToLowerInvariant());
        if (before?.Settings != state.Settings) WriteDials(state);
        if (before?.Muted != state.Muted) json.WriteBoolean("muted"u8, state.Muted);
        if (before?.Frozen != state.Frozen) json.WriteBoolean("frozen"u8, state.Frozen);
        if (before?.TakenOver != state.TakenOver) json.WriteBoolean("takenOver"u8, state.TakenOver);
        if (before is null || before.Phrase != state.Phrase) WritePhrase(state.Phrase);
        if (before is null || before.Answer != state.Answer) WriteAnswer(state.Answer);
        if (before is null || before.Favoured != state.Favoured) WriteFavoured(state);
        if (before?.Decisions != state.Decisions) json.WriteNumber("decisions"u8, state.Decisions);
        return true;
    }

    private void WriteTime(in TimeView time, bool? rolls)
    {
        json.WriteStartObject("time"u8);
        json.WriteString("keeper"u8, time.Keeper.ToString().ToLowerInvariant());
        json.WriteBoolean("steady"u8, time.IsSteady);
        Number("uneven", time.Uneven is { } uneven ? Math.Round(uneven, 1) : null);
        json.WriteNumber("follows"u8, (int)time.Follows);
        if (rolls is { } rolling) json.WriteBoolean("rolls"u8, rolling);
        else json.WriteNull("rolls"u8);
        json.WriteEndObject();
    }

    private void WriteFavoured(StageState state)
    {
        json.WriteStartArray("favoured"u8);
        foreach (var number in state.Favoured) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private void WriteDials(StageState state)
    {
        json.WriteStartObject("dials"u8);
        foreach (var dial in Dial.All) json.WriteNumber(dial.Name, Math.Round(dial.Read(state.Settings), 4));
        json.WriteEndObject();
    }

    private void WriteChart(ChordChart? chart)
    {
        if (chart is null)
        {
            json.WriteNull("chart"u8);
            return;
        }

        json.WriteStartArray("chart"u8);
        foreach (var bar in chart.Bars)
        {
            json.WriteStartArray();
            foreach (var chord in bar) json.WriteStringValue(chord.Text);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private void WritePhrase(PhraseSpan? phrase)
    {
        if (phrase is not { } span)
        {
            json.WriteNull("phrase"u8);
            return;
        }

        json.WriteStartObject("phrase"u8);
        json.WriteNumber("number"u8, span.Number);
        Time("from", span.Begins);
        Time("to", span.Ends);
        Time("openingTo", span.OpeningEnds);
        json.WriteEndObject();
    }

    private void WriteAnswer(AnswerView? answer)
    {
        if (answer is null)
        {
            json.WriteNull("answer"u8);
            return;
        }

        json.WriteStartObject("answer"u8);
        json.WriteNumber("number"u8, answer.Number);
        Time("from", answer.Timeline.ToHost(answer.Start));
        Time("to", answer.Timeline.ToHost(answer.End));
        Time("motifTo", answer.MotifEnds is { } ends ? answer.Timeline.ToHost(ends) : null);
        var motif = answer.Motif.ToString();
        json.WriteString("motif"u8, char.ToLowerInvariant(motif[0]) + motif[1..]);
        json.WriteStartArray("notes"u8);
        for (var i = 0; i < answer.Notes.Length; i++) WriteNote(answer, answer.Notes[i], i < answer.Decisions.Length ? answer.Decisions[i] : 0);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // On, off, pitch, velocity, consensus, where it was chosen, by which decision.
    private void WriteNote(AnswerView answer, in AheadNote note, long decision)
    {
        json.WriteStartArray();
        json.WriteNumberValue(clock.ToMilliseconds(answer.SoundOf(note)));
        json.WriteNumberValue(clock.ToMilliseconds(answer.Timeline.ToHost(note.Off)));
        json.WriteNumberValue(note.Pitch);
        json.WriteNumberValue(note.Velocity);
        if (note.Consensus is >= 0 and <= 1) json.WriteNumberValue(MathF.Round(note.Consensus, 3));
        else json.WriteNullValue();
        json.WriteStringValue(note.Origin.Label);
        json.WriteNumberValue(decision);
        json.WriteEndArray();
    }

    private void Time(string name, HostTime? time) => Number(name, time is { } at ? clock.ToMilliseconds(at) : null);

    private void Number(string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
