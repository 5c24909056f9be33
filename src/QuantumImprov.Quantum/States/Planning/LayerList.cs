namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// Puts gates into the earliest layer that keeps their order on every qubit. A qubit's level is 3 x layer + (0 move, 1 phase, 2 turn) of its last gate; gates of one kind on one qubit share a layer.
/// </summary>
internal sealed class LayerList(int qubits)
{
    private const int Move = 0, Phases = 1, Turn = 2;
    private readonly int[] _level = new int[qubits];

    internal List<Layer> Layers { get; } = [];

    /// <summary>The phase that all amplitudes share.</summary>
    internal LinearAngle Global { get; } = new();

    internal bool IsEmpty => Layers.Count == 0 && Global.Terms.Count == 0 && Global.Constant == 0;

    internal void Flip(int qubit) => Place(Move, 1 << qubit).Map.Flip(qubit);

    internal void FlipWhere(int control, int target) => Place(Move, (1 << control) | (1 << target)).Map.FlipWhere(control, target);

    internal void Exchange(int a, int b) => Place(Move, (1 << a) | (1 << b)).Map.Exchange(a, b);

    internal void Phase(int qubit, Share angle) => Place(Phases, 1 << qubit).Phase(qubit, angle);

    internal void Rotate(int qubit, Share angle) => Place(Turn, 1 << qubit).Turn(qubit, angle);

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
