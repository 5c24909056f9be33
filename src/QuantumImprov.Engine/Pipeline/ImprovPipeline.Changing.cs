using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>Changes everything learned, between two phrases.</summary>
public sealed partial class ImprovPipeline
{
    private readonly Exchange _exchange;
    private readonly Queue<MusicChange> _changes = new();
    private readonly RepertoireHistory _history = new();
    private Preset _exchangedFor;
    private bool _exchangeUndoes, _exchangeLeaves;

    private HostTime _reached = new(long.MinValue);

    /// <summary>
    /// Tells, where nobody may be kept waiting, that what a worker had made took the place of what was known: after everything up to the instant told was done, and before anything later. The pipeline does the same again when the worker is
    /// ready then. [engine]
    /// </summary>
    public event Action<HostTime>? Exchanged;

    /// <summary>How many changes other than notes were made to what is learned.</summary>
    public int Changes { get; private set; }

    /// <summary>Whether a change is waiting for the end of a phrase, or for a worker.</summary>
    public bool ChangePending => _exchange.IsPending || _changes.Count > 0;

    /// <summary>
    /// Changes what is learned, now or, while the performer is in the middle of a phrase, at its end, after it was answered. What a worker has to make counts from that moment on; it is there at the end of the next
    /// phrase at the latest, or, live, of the first one after which it is ready. The phrase before the change does not go on after it.
    /// </summary>
    public void Change(MusicChange change)
    {
        _changes.Enqueue(change);
        CarryOutChanges(_worker.MayBeWaitedFor);
    }

    // In order, each on what the one before has left; in the middle of a phrase they wait for its end.
    private void CarryOutChanges(bool wait)
    {
        while (_changes.Count > 0 && !IsPhraseOpen)
        {
            if (_exchange.IsPending && !(wait && TakeExchanged(wait: true))) return;
            var change = _changes.Dequeue();
            _phraseClosed = true;
            // What is known stays the same when a phrase is only favoured.
            if (!change.OnlyFavours && !(change.IsUndo && _history.LastOnlyFavours))
            {
                Answering.ChooseRest();
                _key = null;
            }

            if (Prepare(change) is not { } make)
            {
                Changes++;
                continue;
            }

            _exchange.Begin(Learned, make);
            _exchangedFor = _preset;
        }
    }

    // Does what can be done at once.
    private Func<LearnedMusic>? Prepare(MusicChange change)
    {
        (_exchangeUndoes, _exchangeLeaves) = (change.IsUndo, change.LeavesThePast);
        if (!change.IsUndo) return change.Prepare(Learned, _preset, _history);
        _history.TryUndo(Learned, _preset, out var make);
        return make;
    }

    // Live a worker's product enters here and nowhere else, so that an instant says when.
    private void TakeWhatIsReady()
    {
        if (!_exchange.IsPending || !TakeExchanged(wait: false)) return;
        Exchanged?.Invoke(_reached);
        CarryOutChanges(wait: false);
    }

    // At the end of a phrase it is waited for where that may be.
    private void AwaitExchanged()
    {
        if (_worker.MayBeWaitedFor) TakeExchanged(wait: true);
    }

    private bool TakeExchanged(bool wait)
    {
        if (_exchange.Take(Learned, wait) is not { } music) return false;
        Answering.ChooseRest();
        if (!ReferenceEquals(_exchangedFor, _preset)) music.PlayWith(_preset);
        if (_exchangeLeaves) _history.Clear();
        else if (!_exchangeUndoes) _history.Exchanged(Learned, music, _preset);
        Learned = music;
        Answering.Learned = music;
        Changes++;
        return true;
    }
}
