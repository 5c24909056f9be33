using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>Music that is written down rather than played.</summary>
public sealed partial class Answering
{
    // Plans of a written answer until its chords have room.
    private const int PlanningTrials = 4;

    private PlanAhead? _sheet;

    /// <summary>
    /// The same answer as a list, with exactly <paramref name="count"/> notes (1 to <see cref="AnswerPlan.Capacity"/>) in as many bars as they take, those of chords among them where the call has chords and the preset plays them; the leading voice
    /// alone. Allocates.
    /// </summary>
    public void Reply(Call call, int count, Beats start, in Timeline timeline, Key key, ICollection<AheadNote> notes)
    {
        var together = preset.Chords ? FullChords.NotesAnOnset(call) : 1;
        PlanReply(call, 0, Math.Max(1, (int)Math.Round(count / together)), start, timeline, key, []);
        // The same draw with more places or fewer, until those with the call's chords in theirs have as many notes as there may be.
        for (var trial = 0; together > 1 && trial < PlanningTrials && NotesOf(Plan, _taken!, together) is var planned && planned != count; trial++)
        {
            var places = Math.Clamp((int)Math.Round(Plan.Count * count / (double)planned), 1, count);
            if (places == Plan.Count) break;
            (_drawn, _answers) = (_drawn - 1, _answers - 1);
            PlanReply(call, 0, places, start, timeline, key, [], again: true);
        }

        if (together == 1)
        {
            AddTo(notes);
            return;
        }

        var chords = new FullChords(preset.Low.Number);
        for (var i = 0; i < Plan.Count; i++)
        {
            if (Lead.Choose(i, _answers) is { } note) chords.Add(note, Lead.ChordBeside(i, note, out var off), off);
        }

        chords.WriteTo(notes, count);
    }

    // Where no place of the call says how many notes the chord has, as at the ending, as many as the call's have in the mean.
    private static int NotesOf(AnswerPlan plan, Call call, double together)
    {
        var notes = (double)plan.Count;
        foreach (var slot in plan.Slots) notes += !slot.Chord ? 0 : slot.Source >= 0 ? (int)UInt128.PopCount(call.Notes[slot.Source].Beside) : Math.Max(1, together - 1);
        return (int)Math.Round(notes);
    }

    /// <summary>
    /// Goes on with the partner's own lines for <paramref name="bars"/> bars in the manner of <paramref name="model"/>, into <paramref name="notes"/>; the lines were
    /// set by <see cref="StandAt"/> or by what was played last. Allocates as the list does.
    /// </summary>
    public void Continue(Call model, int bars, Beats start, in Timeline timeline, Key key, int? ending, ICollection<AheadNote> notes)
    {
        Draw();
        PlayOver(start, start, start, timeline, key);
        Lead.Planning.Plan(Plan, model, model, bars, start, timeline, key, ending, _learned.Flow, _learned.Motifs.Share, 0, Lead.Random);
        // A written piece stays in its key: of the model's colours only those a scale of that key can have.
        var heard = 0;
        for (var pitchClass = 0; pitchClass < 12; pitchClass++) heard |= key.Holds(pitchClass) ? model.Classes & (1 << pitchClass) : 0;
        Lead.GoOn(model, heard);
        if (!HasOthers)
        {
            AddTo(notes);
            return;
        }

        for (var i = 1; i < _voices.Length; i++)
        {
            if (!Plays(i)) continue;
            PlanVoice(_voices[i]!, i, model, model, timeline, 0);
            _voices[i]!.GoOn(model, heard);
        }

        var sheet = _sheet ??= new PlanAhead(new Player());
        Fill(sheet, default, timeline, chords: false);
        foreach (var note in sheet.Notes) notes.Add(note);
    }

    /// <summary>Puts the partner's lines where <paramref name="line"/> is.</summary>
    public void StandAt(MelodicLine line)
    {
        foreach (var voice in _voices)
        {
            voice?.StandAt(line);
            voice?.Restart();
        }
    }

    private void AddTo(ICollection<AheadNote> notes)
    {
        for (var i = 0; i < Plan.Count; i++)
        {
            if (Lead.Choose(i, _answers) is { } note) notes.Add(note);
        }
    }
}
