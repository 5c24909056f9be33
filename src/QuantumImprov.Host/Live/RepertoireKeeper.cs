using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Storage.Repertoires;

namespace QuantumImprov.Host.Live;

/// <summary>Loads the session's repertoire at the start and saves it every minute, soon after something was forgotten or loaded, and at the end; stores and recalls it, and goes to another, when it is asked to. [owner]</summary>
public sealed class RepertoireKeeper
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const string StoredExtension = ".stored", NothingKept = "Nothing is kept in this session: there is no data folder and no --repertoire.";
    private readonly string? _first;
    private readonly List<(string Path, RepertoireContent Content)> _owed = [];
    private string? _path;
    private int _number;
    private long _savedNotes;
    private int _savedChanges;

    /// <summary>Keeps repertoire 0 at <paramref name="path"/>, and number N at the same place with <c>-N</c> before the extension; null: keeps none.</summary>
    public RepertoireKeeper(string? path) => _first = _path = path;

    /// <summary>What there is to say about loading or the last save; null when all is well.</summary>
    public string? Remark { get; private set; }

    /// <summary>What <see cref="Load"/> found in the file; null: nothing, and the shipped repertoire was taken.</summary>
    public RepertoireContent? Loaded { get; private set; }

    /// <summary>The repertoire in the file; the shipped one when there is none or it cannot be used, with the reason in <see cref="Remark"/>.</summary>
    public LearnedMusic Load()
    {
        switch (_path is null ? new RepertoireLoad.Absent(null) : RepertoireFile.Load(_path))
        {
            case RepertoireLoad.Loaded loaded:
                Loaded = loaded.Content;
                return LearnedMusic.From(loaded.Content);
            case RepertoireLoad.Unusable unusable:
                Remark = $"{unusable.Sentence}{Offer(unusable.BackupPath)} Starting from the shipped repertoire.";
                break;
            case RepertoireLoad.Absent { BackupPath: not null } absent:
                Remark = $"{_path} is missing.{Offer(absent.BackupPath)} Starting from the shipped repertoire.";
                break;
        }

        return ShippedRepertoire.Learn();
    }

    /// <summary>Where <see cref="Store"/> puts what is known and <see cref="Recall"/> finds it: FILE.stored beside the session's own; null when nothing is kept.</summary>
    public string? StorePath => _path is null ? null : _path + StoredExtension;

    /// <summary>Whether something other than notes was changed since the last save: what was forgotten is to be gone from the disk soon.</summary>
    public bool IsBehind(SessionSnapshot now) => _path is not null && now.Changes != _savedChanges && !now.ChangePending;

    /// <summary>Saves what <paramref name="engine"/>'s session knows, when it has learned since the last time. Waits for the disk, never for the engine's music.</summary>
    public void Save(EngineLoop engine)
    {
        var now = engine.Snapshot;
        PayOwed();
        if (_path is null || now.ChangePending || (now.NotesHeard, now.Changes) == (_savedNotes, _savedChanges)) return;
        if (Look(engine) is { } content) Save(content(), now.NotesHeard, now.Changes);
    }

    /// <summary>Saves <paramref name="session"/> after the engine has ended.</summary>
    public void Save(ImprovSession session)
    {
        var (notes, changes) = (session.Learned.NotesHeard, session.Pipeline.Changes);
        PayOwed();
        if (_path is not null && (notes, changes) != (_savedNotes, _savedChanges)) Save(session.Learned.ToContent(), notes, changes);
    }

    /// <summary>Saves what the session knows now under <see cref="StorePath"/>, to be recalled.</summary>
    public void Store(EngineLoop engine)
    {
        if (StorePath is not { } store) Remark = NothingKept;
        else if (Look(engine) is not { } content) Remark = "Nothing was stored: a change is under way; try again.";
        else Remark = RepertoireFile.Save(store, content()) is RepertoireSave.NotSaved failed ? failed.Sentence : $"Stored in {store}.";
    }

    /// <summary>What was stored last; null, with the reason in <see cref="Remark"/>, when there is nothing to recall.</summary>
    public RepertoireContent? Recall()
    {
        if (StorePath is not { } store)
        {
            Remark = NothingKept;
            return null;
        }

        var load = RepertoireFile.Load(store);
        Remark = load switch
        {
            RepertoireLoad.Loaded => $"Recalled from {store}.",
            RepertoireLoad.Unusable unusable => $"{unusable.Sentence}{Offer(unusable.BackupPath)}",
            RepertoireLoad.Absent { BackupPath: not null } absent => $"{store} is missing.{Offer(absent.BackupPath)}",
            _ => "Nothing was stored yet.",
        };
        return (load as RepertoireLoad.Loaded)?.Content;
    }

    /// <summary>
    /// Goes to the repertoire that was asked for, when the performer is in no phrase: what is known is saved where it belongs, and what is learned from then on belongs to the other. One that is not there yet begins as a fresh install. Waits for the disk,
    /// never for the engine's music. False when nothing was to be done.
    /// </summary>
    public bool Tend(EngineLoop engine)
    {
        var now = engine.Snapshot;
        if (now.RepertoireAsked is not { } number || now.ChangePending || now.Turn == Turn.Listening) return false;
        if (Read(number) is not { } content)
        {
            engine.Ask(
                session =>
                {
                    session.GiveUpRepertoire(number);
                    return true;
                },
                Patience);
            return true;
        }

        // A phrase may have begun meanwhile: then at its end.
        var (notes, changes) = (0L, 0);
        var before = engine.Ask(
            session =>
            {
                (notes, changes) = (session.Learned.NotesHeard, session.Pipeline.Changes);
                return session.TryGoTo(number, content, PathOf(number));
            },
            Patience);
        if (before is null) return false;
        Remark = null;
        // Where nothing was learned nothing is written: who passes by on his way to another number leaves no file.
        if ((notes, changes) != (_savedNotes, _savedChanges)) _owed.Add((_path!, before()));
        PayOwed();
        (_path, _number) = (PathOf(number), number);
        (_savedNotes, _savedChanges) = (0, changes + 1);
        Remark ??= $"Plays with repertoire {number}, {_path}.";
        return true;
    }

    // What is known, of the repertoire that is kept now; null while another is on its way, which only the engine's thread can tell.
    private Func<RepertoireContent>? Look(EngineLoop engine) => engine.Ask(session => session.Pipeline.ChangePending || session.Repertoire != _number ? null : session.Learned.View(), Patience);

    // What could not be saved when its repertoire was left is tried again.
    private void PayOwed()
    {
        for (var i = _owed.Count - 1; i >= 0; i--)
        {
            if (RepertoireFile.Save(_owed[i].Path, _owed[i].Content) is RepertoireSave.NotSaved failed) Remark = failed.Sentence;
            else _owed.RemoveAt(i);
        }
    }

    private string PathOf(int number) => number == 0 ? _first! : Path.Combine(Path.GetDirectoryName(_first) ?? "", $"{Path.GetFileNameWithoutExtension(_first)}-{number}{Path.GetExtension(_first)}");

    // What repertoire number holds; null, with the reason, when that cannot be told.
    private RepertoireContent? Read(int number)
    {
        if (_first is null)
        {
            Remark = NothingKept;
            return null;
        }

        var file = PathOf(number);
        if (_owed.FindLastIndex(o => o.Path == file) is >= 0 and var unsaved) return _owed[unsaved].Content;
        switch (RepertoireFile.Load(file))
        {
            case RepertoireLoad.Loaded loaded:
                return loaded.Content;
            case RepertoireLoad.Unusable unusable:
                Remark = $"{unusable.Sentence}{Offer(unusable.BackupPath)} The repertoire stays as it is.";
                return null;
            case RepertoireLoad.Absent { BackupPath: not null } absent:
                Remark = $"{file} is missing.{Offer(absent.BackupPath)} The repertoire stays as it is.";
                return null;
            default:
                return ShippedRepertoire.Learn().ToContent();
        }
    }

    private static string Offer(string? backup) => backup is null ? "" : $" A usable backup is at {backup}; give it with --repertoire.";

    private void Save(RepertoireContent content, long notes, int changes)
    {
        if (RepertoireFile.Save(_path!, content) is RepertoireSave.NotSaved failed)
        {
            Remark = failed.Sentence;
            return;
        }

        Remark = null;
        (_savedNotes, _savedChanges) = (notes, changes);
    }
}
