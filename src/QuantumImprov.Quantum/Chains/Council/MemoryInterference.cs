using System.Numerics;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// Shots of the full circuit. A mixed memory is prepared shot by shot from an eigenvector of rho; each of them, and the state that the register holds from the note before, is simulated when it is
/// first needed and then serves any number of shots.
/// </summary>
internal sealed class MemoryInterference
{
    // An eigenvector of less weight is never drawn.
    private const double Negligible = 1e-14;

    private readonly MemorySimulation _simulation;
    private readonly DephasedShots _dephasedShots;
    private readonly double[] _kept, _upTo, _values;
    private readonly Complex[] _vectors, _density, _left;
    private readonly int[] _parts;
    private readonly int _keptStride, _maxWidth;
    private CouncilTree _tree = null!;
    private double _coherence;
    private bool _solved, _hasRegister;

    internal MemoryInterference(int maxMembers, int maxCandidates, int maxMemoryQubits, DephasedShots dephasedShots)
    {
        var levels = 1 << maxMemoryQubits;
        _simulation = new MemorySimulation(maxMembers, maxCandidates, maxMemoryQubits);
        _dephasedShots = dephasedShots;
        _maxWidth = 1 << CouncilTree.QubitsFor(maxCandidates);
        _keptStride = 2 * levels * _maxWidth;

        // The starts of a shot: the eigenvectors of rho, and after them the register.
        _vectors = new Complex[(levels + 1) * levels];
        _parts = new int[levels + 1];
        (_kept, _upTo) = (new double[(levels + 1) * _keptStride], new double[(levels + 1) * _maxWidth]);
        (_values, _density, _left) = (new double[levels], new Complex[levels * levels], new Complex[levels]);
    }

    /// <summary>What post-selection left in the memory register at the last kept shot.</summary>
    internal ReadOnlySpan<Complex> Left => _left.AsSpan(0, Levels);

    internal double CoherentKept
    {
        get
        {
            Solve();
            double sum = 0;
            for (var i = 0; i < Levels; i++)
            {
                if (_values[i] > Negligible) sum += _values[i] * Simulate(i);
            }

            return sum;
        }
    }

    internal double DephasedKept
    {
        get
        {
            double sum = 0;
            for (var k = 0; k < _tree.Rows; k++) sum += Share(k) * Share(k) * ReachedFromDiagonal(k);
            return sum;
        }
    }

    /// <summary>Of the coherent branch: what is kept beyond the members' own squares, as a share of what would be if all of them led to the same state.</summary>
    internal double Consensus
    {
        get
        {
            double squares = 0, aligned = 0;
            for (var k = 0; k < _tree.Rows; k++)
            {
                var alone = Share(k) == 0 ? 0 : Reached(k);
                squares += Share(k) * Share(k) * alone;
                aligned += Share(k) * Math.Sqrt(alone);
            }

            var room = (aligned * aligned) - squares;
            return room <= 1e-12 ? 0 : (CoherentKept - squares) / room;
        }
    }

    private int Levels => _simulation.Levels;

    internal void Prepare(CouncilTree tree, in CouncilTerms terms, CouncilMemory? memory)
    {
        (_tree, _coherence) = (tree, terms.Coherence);
        _simulation.Prepare(tree, terms);
        Array.Clear(_parts);
        _solved = false;
        if (memory is null) _density[0] = 1;
        else memory.Density.CopyTo(_density);
        _hasRegister = memory is { HoldsRegister: true };
        if (_hasRegister) memory!.Register.CopyTo(Start(Levels));
    }

    /// <summary>Draws until a shot is kept, within the bound; leaves what the memory holds then in <see cref="Left"/>.</summary>
    /// <param name="random">Decides everything.</param>
    /// <param name="fromRegister">Whether the first shot goes on with what the register holds, if it holds anything.</param>
    internal CouncilShot Draw(Xoshiro random, bool fromRegister)
    {
        for (var redraws = 0; redraws <= CouncilStep.MaxRedraws; redraws++)
        {
            var start = redraws == 0 && fromRegister && _hasRegister ? Levels : Eigenvector(random);
            var coherent = _coherence >= 1 || random.NextDouble() < _coherence;
            var symbol = coherent ? CoherentShot(start, random) : DephasedShot(start, random);
            if (symbol >= 0) return new CouncilShot(symbol, redraws, Kept: true);
        }

        // Nobody reads the note of a shot that failed, except here; nothing but the loading acts on that register.
        return new CouncilShot(_dephasedShots.Draw(_tree, random).Symbol, CouncilStep.MaxRedraws, Kept: false);
    }

    /// <summary>Writes what each note contributes to the kept share.</summary>
    internal void WriteWeights(Span<double> weights)
    {
        weights.Clear();
        Solve();
        for (var i = 0; i < Levels; i++)
        {
            if (_values[i] <= Negligible) continue;
            Simulate(i);
            var upTo = _upTo.AsSpan(i * _maxWidth, weights.Length);
            for (var x = 0; x < weights.Length; x++) weights[x] += _coherence * _values[i] * (upTo[x] - (x == 0 ? 0 : upTo[x - 1]));
        }

        var loaded = _tree.Loaded;
        var width = _tree.Width;
        for (var k = 0; k < _tree.Rows; k++)
        {
            var share = (1 - _coherence) * Share(k) * ReachedFromDiagonal(k);
            for (var x = 0; x < weights.Length; x++) weights[x] += share * loaded[(k * width) + x] * loaded[(k * width) + x];
        }
    }

    /// <summary>The state that a drawn circuit begins with: the register's, else the likeliest eigenvector of rho.</summary>
    internal ReadOnlySpan<Complex> LikeliestStart()
    {
        if (_hasRegister) return Start(Levels);
        Solve();
        var chosen = 0;
        for (var i = 1; i < Levels; i++) chosen = _values[i] > _values[chosen] ? i : chosen;
        return Start(chosen);
    }

    private Span<Complex> Start(int at) => _vectors.AsSpan(at * Levels, Levels);

    // What PREP gives a member.
    private double Share(int member) => _tree.Selector[member] * _tree.Selector[member];

    // tr W_k rho W_k^+ and tr W_k diag(rho) W_k^+; the block's phase does not matter.
    private double Reached(int member)
    {
        var block = _simulation.Block(member);
        double sum = 0;
        for (var r = 0; r < Levels; r++)
        {
            for (var i = 0; i < Levels; i++)
            {
                Complex inner = 0;
                for (var j = 0; j < Levels; j++) inner += _density[(i * Levels) + j] * Complex.Conjugate(block[(r * Levels) + j]);
                sum += (block[(r * Levels) + i] * inner).Real;
            }
        }

        return Math.Max(0, sum);
    }

    private double ReachedFromDiagonal(int member)
    {
        var block = _simulation.Block(member);
        double sum = 0;
        for (var i = 0; i < Levels * Levels; i++) sum += SmallEigen.Squared(block[i]) * _density[i % Levels * (Levels + 1)].Real;
        return sum;
    }

    private void Solve()
    {
        if (_solved) return;
        _solved = true;
        var n = Levels;
        Span<Complex> matrix = stackalloc Complex[n * n];
        Span<Complex> vectors = stackalloc Complex[n * n];
        _density.AsSpan(0, n * n).CopyTo(matrix);
        SmallEigen.Solve(matrix, vectors, n);
        double sum = 0;
        for (var i = 0; i < n; i++)
        {
            sum += _values[i] = Math.Max(0, matrix[(i * n) + i].Real);
            for (var r = 0; r < n; r++) Start(i)[r] = vectors[(r * n) + i];
        }

        for (var i = 0; i < n; i++) _values[i] /= sum;
    }

    private int Eigenvector(Xoshiro random)
    {
        Solve();
        if (Levels == 1) return 0;
        var at = random.NextDouble();
        var chosen = 0;
        for (var i = 0; i < Levels; i++)
        {
            if (_values[i] <= Negligible) continue;
            chosen = i;
            at -= _values[i];
            if (at < 0) break;
        }

        return chosen;
    }

    // The probability that a shot from this start is kept.
    private double Simulate(int start)
    {
        var upTo = _upTo.AsSpan(start * _maxWidth, _maxWidth);
        if (_parts[start] == 0) _parts[start] = _simulation.Run(Start(start), _kept.AsSpan(start * _keptStride, _keptStride), upTo);
        return upTo[_tree.Width - 1];
    }

    // The note, or -1 when selector or ancilla did not read 0.
    private int CoherentShot(int start, Xoshiro random)
    {
        var kept = Simulate(start);
        var at = random.NextDouble();
        if (at >= kept) return -1;
        var upTo = _upTo.AsSpan(start * _maxWidth, _tree.Width);
        var (low, high) = (0, upTo.Length - 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (upTo[middle] > at) high = middle;
            else low = middle + 1;
        }

        var parts = _parts[start];
        var state = _kept.AsSpan(start * _keptStride, _keptStride);
        double length = 0;
        for (var i = 0; i < Levels; i++)
        {
            _left[i] = new Complex(state[(i * parts * upTo.Length) + low], parts == 1 ? 0 : state[(((i * parts) + 1) * upTo.Length) + low]);
            length += SmallEigen.Squared(_left[i]);
        }

        for (var i = 0; i < Levels; i++) _left[i] /= Math.Sqrt(length);
        return low;
    }

    // The memory is read before its step, selector, ancilla and memory after it; then PREP inverse and the selector again.
    private int DephasedShot(int start, Xoshiro random)
    {
        var level = CouncilMemory.LevelOf(Start(start), random);
        var (member, symbol, selector) = _dephasedShots.Draw(_tree, random);
        var block = _simulation.Block(member);
        var at = random.NextDouble();
        var output = -1;
        for (var i = 0; i < _simulation.Outputs; i++)
        {
            var p = SmallEigen.Squared(block[(i * Levels) + level]);
            if (p == 0) continue;
            output = i;
            at -= p;
            if (at < 0) break;
        }

        if (selector != 0 || output >= Levels || output < 0) return -1;
        _left.AsSpan(0, Levels).Clear();
        _left[output] = 1;
        return symbol;
    }
}
