using QuantumImprov.Quantum.Preparation;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// The short way for a council without memory whose weights are real: all amplitudes are real, so the state is one array, and one prepared state serves every shot.
/// </summary>
internal sealed class RealInterference
{
    private readonly double[] _interfered;
    private readonly ShotTable _shots;
    private readonly DephasedShots _dephasedShots;
    private bool _ready;
    private double _coherence;

    internal RealInterference(int maxMembers, int maxCandidates, DephasedShots dephasedShots)
    {
        var codes = 1 << (CouncilTree.QubitsFor(maxMembers) + CouncilTree.QubitsFor(maxCandidates));
        _interfered = new double[codes];
        _shots = new ShotTable(codes);
        _dephasedShots = dephasedShots;
    }

    internal double CoherentKept { get; private set; }

    internal double DephasedKept { get; private set; }

    internal void Prepare(CouncilTree tree, ReadOnlySpan<double> weights, double coherence)
    {
        _coherence = coherence;
        _ready = false;
        var (rows, width) = (tree.Rows, tree.Width);
        var loaded = tree.Loaded;
        var state = _interfered.AsSpan(0, rows * width);
        loaded.CopyTo(state);
        for (var k = 0; k < weights.Length; k++)
        {
            if (!(weights[k] < 0)) continue;
            foreach (ref var amplitude in state.Slice(k * width, width)) amplitude = -amplitude;
        }

        for (var level = tree.SelectorQubits - 1; level >= 0; level--)
            RotationTree.TurnBack(state, tree.HalfAngles, level, tree.SelectorQubits, width);

        CoherentKept = 0;
        foreach (var amplitude in state[..width]) CoherentKept += amplitude * amplitude;

        // The dephased branch keeps |<0|PREP^-1|k>|^2 of the mass at selector code k; PREP is real, so that is the loaded selector's own probability.
        DephasedKept = 0;
        var selector = tree.Selector;
        for (var k = 0; k < rows; k++)
        {
            double reached = 0;
            foreach (var amplitude in loaded.Slice(k * width, width)) reached += amplitude * amplitude;
            DephasedKept += reached * selector[k] * selector[k];
        }
    }

    internal CouncilShot Draw(CouncilTree tree, Xoshiro random)
    {
        var symbol = 0;
        for (var redraws = 0; redraws <= CouncilStep.MaxRedraws; redraws++)
        {
            int selector;
            if (_coherence >= 1 || random.NextDouble() < _coherence) (selector, symbol) = CoherentShot(tree, random);
            else (_, symbol, selector) = _dephasedShots.Draw(tree, random);
            if (selector == 0) return new CouncilShot(symbol, redraws, Kept: true);
        }

        return new CouncilShot(symbol, CouncilStep.MaxRedraws, Kept: false);
    }

    /// <summary>Adds what one note contributes to the kept share.</summary>
    internal void WriteWeights(CouncilTree tree, Span<double> weights)
    {
        var (rows, width) = (tree.Rows, tree.Width);
        var loaded = tree.Loaded;
        var selector = tree.Selector;
        for (var x = 0; x < weights.Length; x++)
        {
            double dephased = 0;
            for (var k = 0; k < rows; k++)
            {
                var both = loaded[(k * width) + x] * selector[k];
                dephased += both * both;
            }

            weights[x] = (_coherence * _interfered[x] * _interfered[x]) + ((1 - _coherence) * dephased);
        }
    }

    private (int Selector, int Symbol) CoherentShot(CouncilTree tree, Xoshiro random)
    {
        if (!_ready)
        {
            _shots.BuildFromReal(_interfered.AsSpan(0, tree.Rows * tree.Width));
            _ready = true;
        }

        var code = _shots.Draw(random);
        return (code >> tree.NoteQubits, code & (tree.Width - 1));
    }
}
