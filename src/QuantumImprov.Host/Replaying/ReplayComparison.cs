using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Host.Replaying;

/// <summary>
/// Holds what a journal says that the partner sent against what its replay handed to the player. Every planned note must be there at its very instant, with its pitch, velocity, channel and end. What only the player's own period decided cannot
/// be held to the nanosecond and is held to what can be said of it: a note that was made stale ended, or stayed away, at some period after that instant and not before it; one that a beat found anew had moved to the present or before went out with
/// the next; a second voice that follows keys sounded with the same keys.
/// </summary>
internal sealed class ReplayComparison
{
    // A voice that follows keys of a page is up to a few periods later than the key, and so is what is overdue; a note that began late is looked for this far. A journal that was not closed lacks its last second.
    private const long NextPeriods = 250_000_000, LateWithin = 2_000_000_000, LastSecond = 1_100_000_000;

    private readonly SessionRecord _record;
    private readonly List<JournalledNote> _notes;
    private readonly IReadOnlyList<HandedNote> _handed;
    private readonly bool[] _found;
    private readonly List<ReplayDifference> _differences = [];
    private readonly ILookup<(int Channel, int Pitch), HostTime> _begins;

    private ReplayComparison(SessionRecord record, SessionReplay replay)
    {
        (_record, _handed, _found) = (record, replay.Handed, new bool[replay.Handed.Count]);
        _notes = JournalledNote.Of(record.Steps.Where(s => s.Kind == JournalStepKind.Partner).Select(s => (record.Partner[s.Index], s.Line)));
        _begins = _notes.ToLookup(n => (n.Channel, n.Pitch), n => n.On);
        Compare(replay);
    }

    /// <summary>Notes of the partner in the journal.</summary>
    internal int Notes => _notes.Count;

    /// <summary>Of them, those that ended when the performer or a command cut them off.</summary>
    internal int CutShort { get; private set; }

    /// <summary>Of them, those of a voice that follows keys.</summary>
    internal int Followed { get; private set; }

    /// <summary>Of them, those that shots of a device chose, or of a simulated one.</summary>
    internal int FromDevice { get; private set; }

    /// <summary>Of them, those that were overdue when they were handed over and went out with the player's next period.</summary>
    internal int Overdue { get; private set; }

    /// <summary>Notes with which the machine did not keep up: they went out late, or ended or were left out where the player stood still.</summary>
    internal int Late { get; private set; }

    /// <summary>The first of <see cref="Late"/>; null: none was.</summary>
    internal ReplayDifference? FirstLate { get; private set; }

    /// <summary>The earliest place at which they differ otherwise; null: none.</summary>
    internal ReplayDifference? First => _differences.MinBy(d => d.At);

    /// <summary>Compares <paramref name="record"/> with its <paramref name="replay"/>.</summary>
    internal static ReplayComparison Of(SessionRecord record, SessionReplay replay) => new(record, replay);

    private void Compare(SessionReplay replay)
    {
        var planned = new Dictionary<(HostTime, int, int, int), Queue<int>>();
        for (var i = 0; i < _handed.Count; i++)
        {
            var note = _handed[i].Note;
            var key = (note.On, (int)note.Channel, (int)note.Pitch, (int)note.Velocity);
            if (!planned.TryGetValue(key, out var queue)) planned[key] = queue = new Queue<int>();
            queue.Enqueue(i);
        }

        var instants = planned.Keys.ToHashSet();
        var others = new List<JournalledNote>();
        foreach (var note in _notes)
        {
            if (planned.TryGetValue((note.On, note.Channel, note.Pitch, note.Velocity), out var queue) && queue.TryDequeue(out var index)) Match(note, index);
            else others.Add(note);
        }

        // What the replay sent and nobody planned follows keys.
        var overdue = _handed.Where(h => h.IsOverdue).ToList();
        var followed = JournalledNote.Of(replay.Partner.Select(m => (m, 0))).Where(n => !instants.Contains((n.On, n.Channel, n.Pitch, n.Velocity)) && !TakeOverdue(n, overdue)).ToList();
        foreach (var note in others)
        {
            if (TakeFollowed(note, followed)) Followed++;
            else if (FindLate(note) is { } late) Match(note, late);
            else Differ(note);
        }

        foreach (var missing in followed.Where(n => n.On.Plus(NextPeriods) < _record.Latest))
            _differences.Add(new ReplayDifference(missing.On, 0, $"the journal lacks {Named(missing.Pitch, missing.Velocity, missing.Channel)} of the voice that follows keys"));
        for (var i = 0; i < _handed.Count; i++)
        {
            var (note, _, _, cut) = _handed[i];
            if (_found[i] || note.On >= cut || note.On >= End) continue;
            if (StoodStill(note.On, cut)) TellLate(note.On, 0, $"{Named(note.Pitch, note.Velocity, note.Channel)} did not begin before it was cut off");
            else _differences.Add(new ReplayDifference(note.On, 0, $"the journal lacks {Named(note.Pitch, note.Velocity, note.Channel)}, which the replay has"));
        }
    }

    // A player that stands still ends what was cut off meanwhile where it had come to, which is before the cut.
    private static bool StoodStill(HostTime at, HostTime cut) => cut != HostTime.Never && at < cut && cut.Since(at) <= LateWithin;

    private void TellLate(HostTime at, int line, string words)
    {
        Late++;
        if (FirstLate is null || at < FirstLate.At) FirstLate = new ReplayDifference(at, line, words);
    }

    private HostTime End => _record.ClosedProperly ? _record.Latest : _record.Latest.Plus(-LastSecond);

    private void Match(JournalledNote note, int index)
    {
        _found[index] = true;
        var (planned, at, fromDevice, cut) = _handed[index];
        if (fromDevice) FromDevice++;
        var overdue = _handed[index].IsOverdue && note.On.Since(at) <= NextPeriods;
        if (overdue && note.On != planned.On) Overdue++;
        if (note.On != planned.On && !overdue)
        {
            TellLate(note.On, note.Line, FormattableString.Invariant($"{Named(note.Pitch, note.Velocity, note.Channel)} was {note.On.SecondsSince(planned.On) * 1000:0.0} ms late"));
        }

        // The end of what began late is late too.
        var ends = HostTime.Max(planned.Off, note.On.Plus(1));
        if (note.Off == ends || (note.On != planned.On && !overdue)) return;
        if (note.Off >= cut && note.On <= cut.Plus(NextPeriods) && (note.Off < ends || (note.Off == HostTime.Never && planned.Off >= End)))
        {
            CutShort++;
            return;
        }

        // Struck again, or nobody was there any more to see it end.
        if (note.Off < ends && _begins[(note.Channel, note.Pitch)].Contains(note.Off)) return;
        if (note.Off == HostTime.Never && planned.Off >= End) return;
        if (StoodStill(note.Off, cut))
        {
            TellLate(note.Off, note.EndLine, FormattableString.Invariant($"{Named(note.Pitch, note.Velocity, note.Channel)} ended {cut.SecondsSince(note.Off) * 1000:0.0} ms before it was cut off"));
            return;
        }

        _differences.Add(new ReplayDifference(HostTime.Min(note.Off, planned.Off), note.EndLine, $"{Named(note.Pitch, note.Velocity, note.Channel)} ends {(note.Off == HostTime.Never ? "never" : $"at {Seconds(note.Off)} s")} in the journal and at {Seconds(planned.Off)} s in the replay"));
    }

    private static bool IsAlike(in PlannedNote planned, in JournalledNote note) => (planned.Channel, planned.Pitch, planned.Velocity) == (note.Channel, note.Pitch, note.Velocity);

    private static bool TakeOverdue(JournalledNote note, List<HandedNote> overdue)
    {
        var index = overdue.FindIndex(h => h.Note.On <= note.On && IsAlike(h.Note, note));
        if (index >= 0) overdue.RemoveAt(index);
        return index >= 0;
    }

    private static bool TakeFollowed(JournalledNote note, List<JournalledNote> followed)
    {
        var nearest = -1;
        for (var i = 0; i < followed.Count; i++)
        {
            if ((followed[i].Channel, followed[i].Pitch, followed[i].Velocity) != (note.Channel, note.Pitch, note.Velocity) || Math.Abs(followed[i].On.Since(note.On)) > NextPeriods) continue;
            if (nearest < 0 || Math.Abs(followed[i].On.Since(note.On)) < Math.Abs(followed[nearest].On.Since(note.On))) nearest = i;
        }

        if (nearest >= 0) followed.RemoveAt(nearest);
        return nearest >= 0;
    }

    private int? FindLate(JournalledNote note)
    {
        for (var i = 0; i < _handed.Count; i++)
        {
            var planned = _handed[i].Note;
            if (!_found[i] && IsAlike(planned, note) && planned.On < note.On && note.On.Since(planned.On) <= LateWithin && planned.On > _record.Header.ClockOrigin) return i;
        }

        return null;
    }

    private void Differ(JournalledNote note)
    {
        for (var i = 0; i < _handed.Count; i++)
        {
            var planned = _handed[i].Note;
            if (_found[i] || planned.On != note.On) continue;
            _found[i] = true;
            _differences.Add(new ReplayDifference(note.On, note.Line, $"the journal has {Named(note.Pitch, note.Velocity, note.Channel)} where the replay has {Named(planned.Pitch, planned.Velocity, planned.Channel)}"));
            return;
        }

        _differences.Add(new ReplayDifference(note.On, note.Line, $"the journal has {Named(note.Pitch, note.Velocity, note.Channel)}, which the replay lacks"));
    }

    internal string Seconds(HostTime at) => FormattableString.Invariant($"{at.SecondsSince(_record.Header.ClockOrigin):0.000}");

    private static string Named(int pitch, int velocity, int channel) => $"{new Pitch(pitch)} at velocity {velocity} on channel {channel + 1}";
}
