using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Engine.Tests.Playing;

/// <summary>What a player ought to do, in lists and without haste.</summary>
internal sealed class PlayerModel
{
    private readonly List<PlannedNote> _handed = [], _pending = [], _sounding = [];
    private int _epoch, _panics, _panicsDone;

    public int Late { get; private set; }

    public int Epoch => _epoch;

    public int Sounding => _sounding.Count;

    public int Pending => _pending.Count + _handed.Count;

    public void Hand(PlannedNote note) => _handed.Add(note);

    public void RaiseEpoch() => _epoch++;

    public void Panic()
    {
        _epoch++;
        _panics++;
    }

    public List<TimedMessage> Turn(HostTime from, HostTime until)
    {
        var sent = new List<TimedMessage>();
        foreach (var note in _sounding.Where(n => n.Epoch < _epoch || _panics > _panicsDone).ToList()) End(note, from);
        _pending.RemoveAll(n => n.Epoch < _epoch);
        if (_panics > _panicsDone)
        {
            for (var channel = 0; channel < 16; channel++)
            {
                foreach (var controller in new[] { 64, 123, 120 }) sent.Add(new TimedMessage(from, ShortMessage.Control(channel, controller, 0)));
            }
        }

        _panicsDone = _panics;
        _pending.AddRange(_handed.Where(n => n.Epoch >= _epoch));
        _handed.Clear();
        while (true)
        {
            var offs = _sounding.Select(n => (n.Off, -1, 0, 0, Note: n));
            var ons = _pending.Select(n => (n.On, 1, (int)n.Channel, (int)n.Pitch, Note: n));
            var due = offs.Concat(ons).Where(e => e.Item1 < until).OrderBy(e => e.Item1).ThenBy(e => e.Item2).ThenBy(e => e.Item3).ThenBy(e => e.Item4).ToList();
            if (due.Count == 0) return sent;
            var (at, kind, _, _, note) = due[0];
            at = HostTime.Max(at, from);
            if (kind < 0)
            {
                End(note, at);
                continue;
            }

            _pending.Remove(note);
            if (note.On < from) Late++;
            foreach (var same in _sounding.Where(n => n.Channel == note.Channel && n.Pitch == note.Pitch).ToList()) End(same, at);
            _sounding.Add(note with { Off = HostTime.Max(note.Off, at.Plus(1)) });
            sent.Add(new TimedMessage(at, ShortMessage.NoteOn(note.Channel, note.Pitch, note.Velocity)));
        }

        void End(PlannedNote note, HostTime at)
        {
            _sounding.Remove(note);
            sent.Add(new TimedMessage(at, ShortMessage.NoteOff(note.Channel, note.Pitch)));
        }
    }
}
