using System.Numerics;
using System.Runtime.Intrinsics;
using QuantumImprov.Quantum.Preparation;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// The circuit of a council up to its measurement, run on a pure state of the memory. Rows of the state: selector code, then ancilla, then memory level, then real and imaginary part (only the
/// first when all is real); the note runs along a row. SELECT leaves a product in the branch of each member, and PREP inverse turns all rows of two selector codes alike.
/// </summary>
internal sealed class MemorySimulation
{
    private readonly double[] _state, _cosines, _sines;
    private readonly Complex[] _blocks;
    private CouncilTree _tree = null!;
    private bool _real, _phased;

    internal MemorySimulation(int maxMembers, int maxCandidates, int maxMemoryQubits)
    {
        var (rows, levels, width) = (1 << CouncilTree.QubitsFor(maxMembers), 1 << maxMemoryQubits, 1 << CouncilTree.QubitsFor(maxCandidates));
        _state = new double[rows * (levels == 1 ? 1 : 2) * levels * 2 * width];
        (_cosines, _sines) = (new double[rows * width], new double[rows * width]);
        _blocks = new Complex[rows * 2 * levels * levels];
    }

    /// <summary>d.</summary>
    internal int Levels { get; private set; } = 1;

    /// <summary>What the memory and the ancilla may read: d, or 2d with the ancilla.</summary>
    internal int Outputs { get; private set; } = 1;

    /// <summary>Takes over the tree, which must stay as it is until the last run, and copies what the terms say.</summary>
    internal void Prepare(CouncilTree tree, in CouncilTerms terms)
    {
        _tree = tree;
        Levels = 1 << terms.MemoryQubits;
        Outputs = terms.Operators is { NeedAncilla: true } ? 2 * Levels : Levels;
        _phased = !terms.CandidatePhases.IsEmpty;
        _real = !_phased && (terms.Operators is null || terms.Operators.AreReal);
        for (var k = 0; k < terms.Members; k++) Place(terms, k);
        _blocks.AsSpan(terms.Members * Outputs * Levels, (tree.Rows - terms.Members) * Outputs * Levels).Clear();
        if (_phased) TurnCandidates(terms);
    }

    /// <summary>The first d columns of what a member does to memory and ancilla, its sign and phase included: 2d rows with the ancilla, d without.</summary>
    internal ReadOnlySpan<Complex> Block(int member) => _blocks.AsSpan(member * Outputs * Levels, Outputs * Levels);

    /// <summary>Runs the circuit and keeps the part in which selector and ancilla read 0.</summary>
    /// <param name="memory">The memory's state.</param>
    /// <param name="kept">Receives 2 d rows at most: by memory level, then part, then note.</param>
    /// <param name="upTo">Receives the probability that the shot is kept with this note or an earlier one.</param>
    /// <returns>How many parts a level has: 1 when the state is real, else 2.</returns>
    internal int Run(ReadOnlySpan<Complex> memory, Span<double> kept, Span<double> upTo)
    {
        var real = _real;
        foreach (var amplitude in memory) real &= amplitude.Imaginary == 0;
        var parts = real ? 1 : 2;
        var (rows, width) = (_tree.Rows, _tree.Width);
        var group = Outputs * parts * width;
        for (var k = 0; k < rows; k++)
        {
            var block = Block(k);
            for (var output = 0; output < Outputs; output++)
            {
                Complex factor = 0;
                for (var j = 0; j < Levels; j++) factor += block[(output * Levels) + j] * memory[j];
                Spread(k, factor, parts, _state.AsSpan((k * group) + (output * parts * width), parts * width));
            }
        }

        for (var level = _tree.SelectorQubits - 1; level >= 0; level--)
            RotationTree.TurnBack(_state, _tree.HalfAngles, level, _tree.SelectorQubits, group);

        _state.AsSpan(0, Levels * parts * width).CopyTo(kept);
        upTo[..width].Clear();
        for (var row = 0; row < Levels * parts; row++) AddSquares(_state.AsSpan(row * width, width), upTo[..width]);
        for (var x = 1; x < width; x++) upTo[x] += upTo[x - 1];
        return parts;
    }

    private void Place(in CouncilTerms terms, int member)
    {
        var sign = terms.Weights[member] < 0 ? -1 : 1;
        var phase = terms.Phases.IsEmpty ? 0 : terms.Phases[member];
        var factor = phase == 0 ? sign : Complex.FromPolarCoordinates(sign, phase);
        _real &= factor.Imaginary == 0;
        var block = _blocks.AsSpan(member * Outputs * Levels, Outputs * Levels);
        if (terms.Operators is not { } operators)
        {
            block[0] = factor;
            return;
        }

        var scaled = operators.Scaled(member);
        for (var i = 0; i < scaled.Length; i++) block[i] = factor * scaled[i];
        if (Outputs == Levels) return;
        var lost = operators.Lost(member);
        for (var i = 0; i < lost.Length; i++) block[scaled.Length + i] = factor * lost[i];
    }

    private void TurnCandidates(in CouncilTerms terms)
    {
        var width = _tree.Width;
        for (var k = 0; k < terms.Members; k++)
        {
            for (var x = 0; x < terms.Candidates; x++)
                (_sines[(k * width) + x], _cosines[(k * width) + x]) = Math.SinCos(terms.CandidatePhases[(k * terms.Candidates) + x]);
        }
    }

    // factor times the member's loaded notes, each with its own phase when there are such.
    private void Spread(int member, Complex factor, int parts, Span<double> rows)
    {
        var width = _tree.Width;
        var notes = _tree.Loaded.Slice(member * width, width);
        if (!_phased)
        {
            Stretch(notes, factor.Real, rows[..width]);
            if (parts == 2) Stretch(notes, factor.Imaginary, rows[width..]);
            return;
        }

        for (var x = 0; x < width; x++)
        {
            var (cos, sin) = (_cosines[(member * width) + x], _sines[(member * width) + x]);
            rows[x] = notes[x] * ((cos * factor.Real) - (sin * factor.Imaginary));
            rows[width + x] = notes[x] * ((cos * factor.Imaginary) + (sin * factor.Real));
        }
    }

    private static void Stretch(ReadOnlySpan<double> notes, double factor, Span<double> row)
    {
        var i = 0;
        var all = Vector256.Create(factor);
        for (; i + 4 <= row.Length; i += 4) (all * Vector256.Create(notes.Slice(i, 4))).CopyTo(row.Slice(i, 4));
        for (; i < row.Length; i++) row[i] = factor * notes[i];
    }

    private static void AddSquares(ReadOnlySpan<double> row, Span<double> sums)
    {
        var i = 0;
        for (; i + 4 <= row.Length; i += 4)
        {
            var a = Vector256.Create(row.Slice(i, 4));
            (Vector256.Create<double>(sums.Slice(i, 4)) + (a * a)).CopyTo(sums.Slice(i, 4));
        }

        for (; i < row.Length; i++) sums[i] += row[i] * row[i];
    }
}
