namespace QuantumImprov.Engine.Playing;

/// <summary>
/// What waits for its instant: a binary heap by start; of equal starts the lower pitch first, so that the order does not depend on the order of handing over.
/// </summary>
public sealed partial class Player
{
    [RealTime]
    private static bool Before(in PlannedNote a, in PlannedNote b) =>
        a.On != b.On ? a.On < b.On : a.Channel != b.Channel ? a.Channel < b.Channel : a.Pitch < b.Pitch;

    [RealTime]
    private void Push(PlannedNote note)
    {
        var at = State.PendingCount;
        Volatile.Write(ref State.PendingCount, at + 1);
        while (at > 0 && Before(note, _pending[(at - 1) / 2]))
        {
            _pending[at] = _pending[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _pending[at] = note;
    }

    [RealTime]
    private PlannedNote Pop()
    {
        var first = _pending[0];
        var last = State.PendingCount - 1;
        Volatile.Write(ref State.PendingCount, last);
        _pending[0] = _pending[last];
        SiftDown(0);
        return first;
    }

    [RealTime]
    private void SiftDown(int at)
    {
        while (true)
        {
            var child = 2 * at + 1;
            if (child >= State.PendingCount) return;
            if (child + 1 < State.PendingCount && Before(_pending[child + 1], _pending[child])) child++;
            if (!Before(_pending[child], _pending[at])) return;
            (_pending[at], _pending[child]) = (_pending[child], _pending[at]);
            at = child;
        }
    }
}
