using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Chains.Walk;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// A Szegedy walk on the learned graph of pitches: from the last pitch a number of coherent steps is walked among the candidates, then the pitch is read. Shaping's favour is an ancilla that
/// must read 0: what is favoured less is thrown away more often. With coherence c the walk takes no step in 1 - c of the shots, which leaves the plain Markov chain of the graph. [engine]
/// </summary>
/// <param name="graph">The learned transitions.</param>
/// <param name="steps">Coherent steps between two measurements, 2 (the plain chain) to <see cref="SzegedyStep.MostSteps"/>.</param>
public sealed class WalkChain(TransitionCounts graph, int steps) : IChain
{
    /// <summary>How often a shot is thrown away before one is taken as it is.</summary>
    public const int MaxRedraws = 1000;

    /// <summary>Below this share of kept shots the plain chain takes over.</summary>
    public const double LeastKept = .01;

    private const int States = Candidates.Capacity;
    private readonly SzegedyStep _walk = new(States), _still = new(States);
    private readonly int[] _pitches = new int[States];
    private readonly double[] _table = new double[States * States], _damping = new double[States], _law = new double[States];
    private SzegedyStep? _drawn;
    private int _count, _states;
    private double _coherence;

    /// <inheritdoc/>
    public string Kind => "walk";

    /// <inheritdoc/>
    public string Words => $"A walk of {steps} coherent steps among {_states} pitches, two registers of {_walk.RegisterQubits} qubits; a shot is kept when the ancilla reads 0.";

    /// <inheritdoc/>
    public int NoteQubits => _walk.RegisterQubits;

    /// <inheritdoc/>
    public double KeptShare { get; private set; }

    /// <inheritdoc/>
    public double Consensus => double.NaN;

    /// <summary>
    /// How likely a pitch is to follow itself on the graph prepared, before shaping, by the number of coherent steps from 0 (the plain chain) to <paramref name="most"/>: the mean over all
    /// pitches, each counted by how often the plain chain visits it. Allocates.
    /// </summary>
    public double[] Repetition(int most)
    {
        var table = _table.AsSpan(0, _states * _states);
        var (visits, step, repetition) = (new double[_states], new SzegedyStep(_states), new double[most + 1]);
        WalkTable.Stationary(table, _states, visits);
        for (var t = 0; t <= most; t++)
        {
            step.Prepare(table, _states, t, WalkForm.AsGiven);
            repetition[t] = step.SelfTransition(visits);
        }

        return repetition;
    }

    /// <inheritdoc/>
    public bool Prepare(MelodicLine line, Candidates candidates, DialSettings dials, double tail)
    {
        if (!candidates.Close()) return false;
        var from = line.Context.AtStart ? candidates.Pitches[candidates.Count / 2] : line.Context.Previous;
        if (tail > 0)
        {
            var law = _law.AsSpan(0, candidates.Count);
            graph.WriteLaw(from, candidates.Pitches, law);
            for (var x = 0; x < law.Length; x++) law[x] *= candidates.Favour[x];
            candidates.CutTail(law, tail);
        }

        (_count, _coherence) = (candidates.Count, dials.Coherence);
        Stand(from, candidates);
        // A walk that hardly ever ends where shaping allows it to is not walked: the plain chain reaches every candidate.
        _drawn = _walk;
        if (Kept() < LeastKept) (_coherence, _drawn) = (0, _still);
        KeptShare = Kept();
        return true;
    }

    /// <inheritdoc/>
    public ChainShot Shoot(Xoshiro random)
    {
        var symbol = 0;
        for (var redraws = 0; redraws <= MaxRedraws; redraws++)
        {
            var walk = _coherence >= 1 || random.NextDouble() < _coherence ? _walk : _still;
            var read = walk.Draw(random);
            if (read >= _count) continue;
            symbol = read;
            // The ancilla, turned by the note that was read.
            if (_damping[symbol] >= 1 || random.NextDouble() < _damping[symbol]) return new ChainShot(symbol, redraws, Kept: true);
        }

        return new ChainShot(symbol, MaxRedraws, Kept: false);
    }

    /// <summary>The closed form, by linear algebra among the pitches alone. Allocates.</summary>
    public void WriteLaw(Span<double> law)
    {
        var all = new double[_states * _states];
        var table = _table.AsSpan(0, all.Length);
        SzegedyLaw.Write(table, _states, steps, all);
        var total = 0.0;
        for (var x = 0; x < _count; x++)
        {
            var at = _walk.Position * _states + x;
            total += law[x] = (_coherence * all[at] + (1 - _coherence) * table[at]) * _damping[x];
        }

        for (var x = 0; x < _count; x++) law[x] /= total;
    }

    /// <summary>Just a shot: the walk stands where the line stands.</summary>
    public ChainShot Play(MelodicLine line, Xoshiro random) => Shoot(random);

    /// <summary>Nothing: the walk stands where the line stands.</summary>
    public void Sound(MelodicLine line, int index)
    {
    }

    /// <summary>Nothing: the graph counted every step when it was heard.</summary>
    public void EndPhrase(ReadOnlySpan<int> pitches)
    {
    }

    /// <inheritdoc/>
    public void ForgetPhrase()
    {
    }

    /// <inheritdoc/>
    public Circuit ToCircuit()
    {
        var walk = (_drawn ?? _walk).ToCircuit();
        var circuit = new CircuitBuilder(walk.Qubits + 1, walk.Bits + 1).Append(walk);
        var angles = new double[1 << NoteQubits];
        for (var code = 0; code < angles.Length; code++) angles[code] = 2 * Math.Acos(code < _count ? Math.Sqrt(_damping[code]) : 0);
        return circuit.MultiplexedRY(angles, walk.Qubits, [.. Enumerable.Range(0, NoteQubits)]).Measure(walk.Qubits, walk.Bits).Build();
    }

    /// <inheritdoc/>
    public int CandidateOf(ulong bits) => bits < (ulong)_count ? (int)bits : -1;

    // The graph among the candidates. A last pitch that is none of them is one more state, which may be walked through but not read.
    private void Stand(int from, Candidates candidates)
    {
        candidates.Pitches.CopyTo(_pitches);
        var position = candidates.IndexOf(from);
        _states = _count;
        if (position < 0) _pitches[position = _states++] = from;
        for (var i = 0; i < _states; i++)
        {
            graph.WriteLaw(_pitches[i], _pitches.AsSpan(0, _states), _table.AsSpan(i * _states, _states));
        }

        var greatest = 0.0;
        foreach (var f in candidates.Favour) greatest = Math.Max(greatest, f);
        for (var x = 0; x < _count; x++) _damping[x] = candidates.Favour[x] / greatest;
        var table = _table.AsSpan(0, _states * _states);
        _walk.Prepare(table, _states, steps, WalkForm.AsGiven);
        _still.Prepare(table, _states, 0, WalkForm.AsGiven);
        _walk.Stand(position);
        _still.Stand(position);
    }

    private double Kept()
    {
        var walk = _law.AsSpan(0, _states);
        var sum = 0.0;
        _walk.WriteLaw(walk);
        for (var x = 0; x < _count; x++) sum += _coherence * walk[x] * _damping[x];
        _still.WriteLaw(walk);
        for (var x = 0; x < _count; x++) sum += (1 - _coherence) * walk[x] * _damping[x];
        return Math.Min(1, sum);
    }
}
