using System.Numerics;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Preparation;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>Writes a prepared council down as a circuit of gates of the table.</summary>
internal sealed class CouncilCircuit
{
    private readonly CouncilTree _tree;
    private readonly SelectPlan _select;
    private readonly MemoryOperators? _operators;
    private readonly double _coherence;
    private readonly bool _mixed;
    private readonly int[] _note, _memory, _ancilla, _selector;
    private readonly int _coin;
    private readonly CircuitBuilder _circuit;

    internal CouncilCircuit(CouncilTree tree, SelectPlan select, double coherence)
    {
        (_tree, _select, _coherence) = (tree, select, coherence);
        _operators = select.MemoryQubits > 0 ? select.Operators() : null;
        _note = From(0, Math.Max(1, tree.NoteQubits));
        _memory = From(_note.Length, select.MemoryQubits);
        _ancilla = From(_note.Length + _memory.Length, _operators is { NeedAncilla: true } ? 1 : 0);
        _selector = From(_note.Length + _memory.Length + _ancilla.Length, tree.SelectorQubits);
        _mixed = coherence < 1 && _selector.Length + _memory.Length > 0 && !tree.Empty;
        _coin = _note.Length + _ancilla.Length + _selector.Length;
        _circuit = new CircuitBuilder(_coin + _memory.Length, _coin + (_mixed ? 1 + _selector.Length + _memory.Length : 0));
    }

    internal Circuit Build(ReadOnlySpan<Complex> memory)
    {
        if (_mixed) _circuit.RY(2 * Math.Atan2(Math.Sqrt(1 - _coherence), Math.Sqrt(_coherence)), 0).Measure(0, _coin).Reset(0).Barrier();
        if (memory.Length > 1) _circuit.Prepare(memory, _memory);
        if (!_tree.Empty)
        {
            var spare = _coin + 1 + _selector.Length;
            Destroy(_memory, spare);
            for (var level = 0; level < _tree.SelectorQubits + _tree.NoteQubits; level++) AddLevel(level, +1);
            AddPhases();
            if (_operators is not null) BlockEncoding.Add(_circuit, _operators, _memory, _ancilla, _selector);
            Destroy(_selector, _coin + 1);
            Destroy(_memory, spare);
            for (var level = _tree.SelectorQubits - 1; level >= 0; level--) AddLevel(level, -1);
        }

        var bit = 0;
        foreach (var q in (int[])[.. _note, .. _ancilla, .. _selector]) _circuit.Measure(q, bit++);
        return _circuit.Build();
    }

    // When the coin fell so, the register is read and what it read is thrown away.
    private void Destroy(int[] register, int bit)
    {
        if (!_mixed) return;
        foreach (var q in register) _circuit.If(_coin).Measure(q, bit++);
    }

    private void AddLevel(int level, int sign)
    {
        var angles = new double[1 << level];
        for (var node = 0; node < angles.Length; node++) angles[node] = sign * RotationTree.Angle(_tree.HalfAngles, (1 << level) + node);

        // The tree runs through the selector and then the note, whichever qubits lie between.
        int[] order = [.. _selector.Reverse(), .. From(0, _tree.NoteQubits).Reverse()];
        _circuit.MultiplexedRY(angles, order[level], [.. order[..level].Reverse()]);
    }

    private void AddPhases()
    {
        int[] qubits = _select.TurnsCandidates ? [.. From(0, _tree.NoteQubits), .. _selector] : _selector;
        if (qubits.Length == 0) return;
        var phases = new double[1 << qubits.Length];
        var mask = _select.TurnsCandidates ? _tree.Width - 1 : 0;
        for (var i = 0; i < phases.Length; i++) phases[i] = mask == 0 ? _select.Phase(i, 0) : _select.Phase(i / _tree.Width, i & mask);
        if (Array.Exists(phases, p => p != 0)) _circuit.Diagonal(phases, qubits);
    }

    private static int[] From(int first, int count) => [.. Enumerable.Range(first, count)];
}
