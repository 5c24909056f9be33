using QuantumImprov.Quantum.Preparation;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// Shots whose selector was measured between SELECT and PREP inverse. Nothing acts on the note register any more, so it may be read with the selector. The table is built when the first
/// such shot is taken.
/// </summary>
internal sealed class DephasedShots
{
    private readonly ShotTable _table;
    private readonly double[] _column;
    private bool _ready;

    internal DephasedShots(int maxMembers, int maxCandidates)
    {
        var rows = 1 << CouncilTree.QubitsFor(maxMembers);
        _table = new ShotTable(rows << CouncilTree.QubitsFor(maxCandidates));
        _column = new double[rows];
    }

    /// <summary>The tree holds another council now.</summary>
    internal void Reset() => _ready = false;

    /// <summary>Which member the dephasing read, the note, and what the selector reads after PREP inverse.</summary>
    internal (int Member, int Symbol, int Selector) Draw(CouncilTree tree, Xoshiro random)
    {
        if (!_ready)
        {
            _table.BuildFromReal(tree.Loaded);
            _ready = true;
        }

        var code = _table.Draw(random);
        var (rows, member) = (tree.Rows, code >> tree.NoteQubits);
        var column = _column.AsSpan(0, rows);
        column.Clear();
        column[member] = 1;
        for (var level = tree.SelectorQubits - 1; level >= 0; level--)
            RotationTree.TurnBack(column, tree.HalfAngles, level, tree.SelectorQubits, 1);

        var at = random.NextDouble();
        var selector = 0;
        for (double upTo = 0; selector < rows - 1; selector++)
        {
            upTo += column[selector] * column[selector];
            if (at < upTo) break;
        }

        return (member, code & (tree.Width - 1), selector);
    }
}
