namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// Puts gates into the earliest layer that keeps their order on every qubit. A qubit's level is 3 x layer + (0 move, 1 phase, 2 turn) of its last gate; gates of one kind on one qubit share a layer.
/// A fixed phase after a turn (the last part of H, SX, RX) waits: it passes the control of a CX, and on its target becomes phases on both and on the pair, so that it does not cost the CX a layer of its own.
/// </summary>
internal sealed class LayerList(int qubits)
{
    private const int Move = 0, Phases = 1, Turn = 2, WidestWaiting = 3;
    private readonly int[] _level = new int[qubits];
    private readonly List<(int Mask, double Angle)> _waiting = [];

    internal List<Layer> Layers { get; } = [];

    /// <summary>The phase that all amplitudes share.</summary>
    internal LinearAngle Global { get; } = new();

    internal bool IsEmpty => Layers.Count == 0 && _waiting.Count == 0 && Global.Terms.Count == 0 && Global.Constant == 0;

    internal void Flip(int qubit)
    {
        Settle(1 << qubit);
        Place(Move, 1 << qubit).Map.Flip(qubit);
    }

    internal void FlipWhere(int control, int target)
    {
        Carry(control, target);
        Place(Move, (1 << control) | (1 << target)).Map.FlipWhere(control, target);
    }

    internal void Exchange(int a, int b)
    {
        Settle((1 << a) | (1 << b));
        Place(Move, (1 << a) | (1 << b)).Map.Exchange(a, b);
    }

    internal void Phase(int qubit, Share angle)
    {
        if (angle.Parameter < 0 && _level[qubit] % 3 == Turn) _waiting.Add((1 << qubit, angle.Factor));
        else Place(Phases, 1 << qubit).Phase(qubit, angle);
    }

    internal void Rotate(int qubit, Share angle)
    {
        Settle(1 << qubit);
        Place(Turn, 1 << qubit).Turn(qubit, angle);
    }

    /// <summary>Places the phases that still wait.</summary>
    internal void Close() => Settle(-1);

    internal void Phase(PhaseTerm term)
    {
        if ((term.Mask & (term.Mask - 1)) != 0)
        {
            Place(Phases, term.Mask).Terms.Add(term);
            return;
        }

        // A phase on the 0 of a single qubit is one on everything, taken back from the 1.
        var qubit = System.Numerics.BitOperations.TrailingZeroCount(term.Mask);
        if (term.Value != 0)
        {
            Phase(qubit, term.Angle);
            return;
        }

        Global.Add(term.Angle);
        Phase(qubit, term.Angle.Times(-1));
    }

    // Phases on these qubits must happen now.
    private void Settle(int mask)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            var (on, angle) = _waiting[i];
            if ((on & mask) == 0) continue;
            _waiting.RemoveAt(i);
            var layer = Place(Phases, on);
            if ((on & (on - 1)) == 0) layer.Phase(System.Numerics.BitOperations.TrailingZeroCount(on), Share.Fixed(angle));
            else layer.Terms.Add(new PhaseTerm(on, on, Share.Fixed(angle)));
        }
    }

    // After the CX a bit t of the product that a phase hangs on reads t + c - 2 t c.
    private void Carry(int control, int target)
    {
        var (c, t) = (1 << control, 1 << target);
        if (_waiting.Any(w => (w.Mask & t) != 0 && System.Numerics.BitOperations.PopCount((uint)(w.Mask | c)) > WidestWaiting))
        {
            Settle(t);
            return;
        }

        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            var (on, angle) = _waiting[i];
            if ((on & t) == 0) continue;
            if ((on & c) != 0)
            {
                _waiting[i] = (on, -angle);
                _waiting.Add((on & ~t, angle));
                continue;
            }

            _waiting.Add(((on & ~t) | c, angle));
            _waiting.Add((on | c, -2 * angle));
        }
    }

    private Layer Place(int kind, int mask)
    {
        var level = 0;
        for (var q = 0; q < _level.Length; q++)
        {
            if ((mask >> q & 1) != 0) level = Math.Max(level, _level[q]);
        }

        var layer = (level / 3) + (kind < level % 3 ? 1 : 0);
        for (var q = 0; q < _level.Length; q++)
        {
            if ((mask >> q & 1) != 0) _level[q] = (3 * layer) + kind;
        }

        while (Layers.Count <= layer) Layers.Add(new Layer(_level.Length));
        return Layers[layer];
    }
}
