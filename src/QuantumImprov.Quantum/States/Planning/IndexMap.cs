namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// What X, CX and SWAP do to codes: an affine map over bits, kept in both directions. <c>state'[y] = state[Source(y)]</c>, and the amplitude at x goes to <c>Goal(x)</c>.
/// </summary>
internal sealed class IndexMap
{
    private readonly int[] _source, _goal;

    internal IndexMap(int qubits)
    {
        _source = new int[qubits];
        _goal = new int[qubits];
        for (var q = 0; q < qubits; q++) _source[q] = _goal[q] = 1 << q;
    }

    /// <summary>What each goal bit contributes to the source code.</summary>
    internal ReadOnlySpan<int> SourceColumns => _source;

    /// <summary>The source of code 0.</summary>
    internal int SourceOfZero { get; private set; }

    private int GoalOfZero { get; set; }

    internal bool IsIdentity
    {
        get
        {
            for (var q = 0; q < _source.Length; q++)
            {
                if (_source[q] != 1 << q) return false;
            }

            return SourceOfZero == 0;
        }
    }

    internal int Source(int y) => Combined(_source, y) ^ SourceOfZero;

    internal int Goal(int x) => Combined(_goal, x) ^ GoalOfZero;

    internal void Flip(int qubit)
    {
        SourceOfZero ^= _source[qubit];
        GoalOfZero ^= 1 << qubit;
    }

    internal void FlipWhere(int control, int target)
    {
        _source[control] ^= _source[target];
        for (var q = 0; q < _goal.Length; q++) _goal[q] = Flipped(_goal[q], control, target);
        GoalOfZero = Flipped(GoalOfZero, control, target);
    }

    internal void Exchange(int a, int b)
    {
        FlipWhere(a, b);
        FlipWhere(b, a);
        FlipWhere(a, b);
    }

    /// <summary>The same map on qubits that stand elsewhere: qubit q at <paramref name="place"/>[q].</summary>
    internal IndexMap On(int[] place)
    {
        var moved = new IndexMap(_source.Length) { SourceOfZero = Moved(SourceOfZero, place), GoalOfZero = Moved(GoalOfZero, place) };
        for (var q = 0; q < place.Length; q++) (moved._source[place[q]], moved._goal[place[q]]) = (Moved(_source[q], place), Moved(_goal[q], place));
        return moved;
    }

    /// <summary>The map that brings qubits from their places back to their numbers.</summary>
    internal static IndexMap Restoring(int[] place)
    {
        var map = new IndexMap(place.Length);
        for (var q = 0; q < place.Length; q++) (map._source[q], map._goal[place[q]]) = (1 << place[q], 1 << q);
        return map;
    }

    internal static int Moved(int code, int[] place)
    {
        var moved = 0;
        for (var q = 0; q < place.Length; q++) moved |= (code >> q & 1) << place[q];
        return moved;
    }

    private static int Flipped(int code, int control, int target) => code ^ ((code >> control & 1) << target);

    private static int Combined(int[] columns, int code)
    {
        var sum = 0;
        for (var q = 0; q < columns.Length; q++) sum ^= -(code >> q & 1) & columns[q];
        return sum;
    }
}
