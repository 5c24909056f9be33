using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Storage.Repertoires;

namespace QuantumImprov.Host.Live;

/// <summary>Loads the session's repertoire at the start and saves it every minute and at the end, if anything was learned since. [owner]</summary>
public sealed class RepertoireKeeper(string? path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private long _savedNotes;

    /// <summary>What there is to say about loading or the last save; null when all is well.</summary>
    public string? Remark { get; private set; }

    /// <summary>The repertoire in the file; the shipped one when there is none or it cannot be used, with the reason in <see cref="Remark"/>.</summary>
    public LearnedMusic Load()
    {
        switch (path is null ? new RepertoireLoad.Absent(null) : RepertoireFile.Load(path))
        {
            case RepertoireLoad.Loaded loaded:
                return LearnedMusic.From(loaded.Content);
            case RepertoireLoad.Unusable unusable:
                Remark = $"{unusable.Sentence}{Offer(unusable.BackupPath)} Starting from the shipped repertoire.";
                break;
            case RepertoireLoad.Absent { BackupPath: not null } absent:
                Remark = $"{path} is missing.{Offer(absent.BackupPath)} Starting from the shipped repertoire.";
                break;
        }

        return ShippedRepertoire.Learn();
    }

    /// <summary>Saves what <paramref name="engine"/>'s session knows, when it has learned since the last time. Waits for the disk, never for the engine's music.</summary>
    public void Save(EngineLoop engine)
    {
        if (path is null || engine.Snapshot.NotesHeard == _savedNotes) return;
        var notes = engine.Snapshot.NotesHeard;
        if (engine.Ask(session => session.Learned.ToContent(), Patience) is { } content) Save(content, notes);
    }

    /// <summary>Saves <paramref name="learned"/> after the engine has ended.</summary>
    public void Save(LearnedMusic learned)
    {
        if (path is not null && learned.NotesHeard != _savedNotes) Save(learned.ToContent(), learned.NotesHeard);
    }

    private static string Offer(string? backup) => backup is null ? "" : $" A usable backup is at {backup}; give it with --repertoire.";

    private void Save(RepertoireContent content, long notes)
    {
        if (RepertoireFile.Save(path!, content) is RepertoireSave.NotSaved failed)
        {
            Remark = failed.Sentence;
            return;
        }

        Remark = null;
        _savedNotes = notes;
    }
}
