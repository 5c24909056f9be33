using System.Runtime.Intrinsics;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Quantum.Chains.Walk;

/// <summary>
/// One measured step of a Szegedy walk on a transition table, as a circuit on a simulated state: |psi_i> = |i> sum_k sqrt(P_ik)|k> for the state i one stands on, t coherent steps U = S R with
/// R = 2 sum_i |psi_i><psi_i| - 1 and S the swap, then the second register is read. Measured again and again this is a Markov chain with the table G_t that interference makes out of P:
/// G_0 = G_2 = P, G_1 = the identity, and from t = 3 on something new. Whether a given t repeats states less or more than P depends on the table and is told by
/// <see cref="SelfTransition(int)"/>. All numbers are real, so the state is one array.
/// Everything is allocated by the constructor. Not thread-safe: one owner, who prepares a table, stands on a state and draws any number of shots.
/// </summary>
public sealed class SzegedyStep
{
    /// <summary>The most states: 128, two registers of 7 qubits.</summary>
    public const int MostStates = 128;

    /// <summary>The most coherent steps between two measurements.</summary>
    public const int MostSteps = 64;

    private readonly int _maxStates;

    // Row-major over (first register, second register). Rows of the law and their shots are made when somebody first stands on the state.
    private readonly double[] _amplitudes, _state, _law, _scratch, _stationary;
    private readonly bool[] _known;
    private readonly ShotTable[] _shots;
    private int _states, _steps;

    /// <summary>Makes room for the largest table this step will ever prepare.</summary>
    /// <param name="maxStates">1 to <see cref="MostStates"/>.</param>
    public SzegedyStep(int maxStates)
    {
        if (maxStates is < 1 or > MostStates) throw new ArgumentOutOfRangeException(nameof(maxStates), maxStates, $"1 to {MostStates} states are allowed.");
        _maxStates = maxStates;
        var pairs = maxStates * maxStates;
        (_amplitudes, _state, _law, _scratch) = (new double[pairs], new double[pairs], new double[pairs], new double[pairs]);
        _stationary = new double[maxStates];
        _known = new bool[maxStates];
        _shots = new ShotTable[maxStates];
        for (var i = 0; i < maxStates; i++) _shots[i] = new ShotTable(maxStates);
    }

    /// <summary>How many states the table last prepared has; 0 before the first preparation.</summary>
    public int States => _states;

    /// <summary>The coherent steps t last prepared.</summary>
    public int Steps => _steps;

    /// <summary>The state one stands on, from which <see cref="Draw"/> walks; 0 after a preparation.</summary>
    public int Position { get; private set; }

    /// <summary>Qubits of each of the two registers, 1 to 7; 0 before the first preparation.</summary>
    public int RegisterQubits => _states == 0 ? 0 : Math.Max(1, CouncilStep.QubitsFor(_states));

    /// <summary>Takes over a table and stands on state 0. Nothing is allocated.</summary>
    /// <param name="table">P, states x states, row-major: row i holds the probabilities of going from state i to every state, sum 1.</param>
    /// <param name="states">1 to the constructor's most.</param>
    /// <param name="steps">t, 0 to <see cref="MostSteps"/>.</param>
    /// <param name="form">Walk on P itself or on its reversible form; the latter needs a table in which every state can be reached from every other.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, a row does not sum to 1, a number lies outside its range, or the table has no reversible form; the step keeps what it had.</exception>
    public void Prepare(ReadOnlySpan<double> table, int states, int steps, WalkForm form)
    {
        if (states > _maxStates) throw new ArgumentOutOfRangeException(nameof(states), states, $"This step holds 1 to {_maxStates} states.");
        WalkTable.Check(table, states);
        CheckSteps(steps);

        // Only working space is written before the table is known to be good: what was prepared lives in _amplitudes, _law and _shots.
        var walked = table;
        if (form == WalkForm.Symmetrised)
        {
            if (!WalkTable.Symmetrise(table, states, _scratch, _stationary, _state))
                throw new ArgumentException("The table has states that cannot be reached from all others; the symmetrised form needs a table without such states.", nameof(table));
            walked = _scratch;
        }

        (_states, _steps) = (states, steps);
        for (var i = 0; i < states; i++)
        {
            double sum = 0;
            foreach (var p in walked.Slice(i * states, states)) sum += p;
            var row = _amplitudes.AsSpan(i * states, states);
            var scale = 1 / sum;
            for (var k = 0; k < row.Length; k++) row[k] = Math.Sqrt(walked[(i * states) + k] * scale);
        }

        Array.Clear(_known);
        Stand(0);
    }

    /// <summary>Stands on a state: prepares |psi_i>, walks t steps and is ready to be read. A state stood on before costs nothing. Nothing is allocated.</summary>
    /// <param name="state">0 up to, but not including, the number of states.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state; the step stays where it was.</exception>
    public void Stand(int state)
    {
        Know(state);
        Position = state;
    }

    /// <summary>Reads the second register: the next state. The step goes on standing where it stood; <see cref="Stand"/> moves it. Nothing is allocated.</summary>
    /// <param name="random">Decides the measurement.</param>
    /// <exception cref="InvalidOperationException">Nothing was prepared yet.</exception>
    public int Draw(Xoshiro random)
    {
        if (_states == 0) throw new InvalidOperationException("Nothing was prepared yet; prepare a table before drawing.");
        return _shots[Position].Draw(random);
    }

    /// <summary>Writes the law of the next state from <see cref="Position"/>, row i of G_t, as the simulated state has it (the closed form is <see cref="SzegedyLaw"/>), sum 1. Nothing is allocated.</summary>
    /// <param name="law">Any length; what lies beyond the states is set to 0.</param>
    public void WriteLaw(Span<double> law)
    {
        law.Clear();
        _law.AsSpan(Position * _states, Math.Min(_states, law.Length)).CopyTo(law);
    }

    /// <summary>The probability G_t[i, i] that a state follows itself, 0 to 1, at the table and t prepared. Nothing is allocated.</summary>
    /// <param name="state">0 up to, but not including, the number of states.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state.</exception>
    public double SelfTransition(int state)
    {
        Know(state);
        return _law[(state * _states) + state];
    }

    /// <summary>The mean of G_t[i, i] over all states, each counted by how often it is visited; 0 to 1. The figure to show beside the dial of t. Nothing is allocated.</summary>
    /// <param name="visits">One number a state, at least 0, one above 0; such as the stationary law of the table (<see cref="WalkTable.Stationary"/>) or counts.</param>
    /// <exception cref="ArgumentException">The span has the wrong length, or a number is negative, not finite, or all are 0.</exception>
    public double SelfTransition(ReadOnlySpan<double> visits)
    {
        if (visits.Length != _states) throw new ArgumentException($"Got {visits.Length} numbers of visits; the table has {_states} states.", nameof(visits));
        double sum = 0, total = 0;
        for (var i = 0; i < visits.Length; i++)
        {
            if (!(visits[i] >= 0 && visits[i] <= CouncilInput.Largest))
                throw new ArgumentException($"State {i} is visited {visits[i]} times; 0 to {CouncilInput.Largest} are allowed.", nameof(visits));
            if (visits[i] == 0) continue;
            sum += visits[i] * SelfTransition(i);
            total += visits[i];
        }

        return total > 0 ? sum / total : throw new ArgumentException("No state is visited; at least one number must be above 0.", nameof(visits));
    }

    /// <summary>The circuit from <see cref="Position"/>: the second register in the low qubits is read into the bits, qubit i into bit i. Allocates.</summary>
    /// <exception cref="InvalidOperationException">Nothing was prepared yet.</exception>
    public Circuit ToCircuit() => _states > 0
        ? SzegedyCircuit.Build(_amplitudes.AsSpan(0, _states * _states), _states, _steps, RegisterQubits, Position)
        : throw new InvalidOperationException("Nothing was prepared yet; prepare a table before asking for the circuit.");

    internal static void CheckSteps(int steps)
    {
        if (steps is < 0 or > MostSteps) throw new ArgumentOutOfRangeException(nameof(steps), steps, $"0 to {MostSteps} steps are allowed.");
    }

    private void Know(int state)
    {
        if ((uint)state >= (uint)_states)
            throw new ArgumentOutOfRangeException(nameof(state), state, _states == 0 ? "Nothing was prepared yet; there is no state to stand on." : $"The table has the states 0 to {_states - 1}.");
        if (_known[state]) return;
        Walk(state);

        var row = _law.AsSpan(state * _states, _states);
        row.Clear();
        for (var first = 0; first < _states; first++) AddSquares(_state.AsSpan(first * _states, _states), row);

        // The table of shots squares what it is given.
        var roots = _scratch.AsSpan(0, _states);
        for (var k = 0; k < _states; k++) roots[k] = Math.Sqrt(row[k]);
        _shots[state].BuildFromReal(roots);
        _known[state] = true;
    }

    private void Walk(int from)
    {
        var n = _states;
        var state = _state.AsSpan(0, n * n);
        state.Clear();
        _amplitudes.AsSpan(from * n, n).CopyTo(state[(from * n)..]);
        for (var t = 0; t < _steps; t++)
        {
            for (var i = 0; i < n; i++) Reflect(state.Slice(i * n, n), _amplitudes.AsSpan(i * n, n));
            Swap(state, n);
        }
    }

    // R leaves the first register alone: each of its codes reflects the second one about its own row. Four sums, so that no addition waits for the last one.
    private static void Reflect(Span<double> row, ReadOnlySpan<double> about)
    {
        about = about[..row.Length];
        var sums = Vector256<double>.Zero;
        var k = 0;
        for (; k + 4 <= row.Length; k += 4) sums += Vector256.Create<double>(row.Slice(k, 4)) * Vector256.Create(about.Slice(k, 4));
        var along = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (; k < row.Length; k++) along += row[k] * about[k];

        var twice = Vector256.Create(2 * along);
        for (k = 0; k + 4 <= row.Length; k += 4) ((twice * Vector256.Create(about.Slice(k, 4))) - Vector256.Create<double>(row.Slice(k, 4))).CopyTo(row.Slice(k, 4));
        for (; k < row.Length; k++) row[k] = (2 * along * about[k]) - row[k];
    }

    private static void Swap(Span<double> state, int n)
    {
        for (var i = 1; i < n; i++)
        {
            var row = state.Slice(i * n, i);
            for (var k = 0; k < row.Length; k++)
            {
                ref var other = ref state[(k * n) + i];
                (row[k], other) = (other, row[k]);
            }
        }
    }

    private static void AddSquares(ReadOnlySpan<double> amplitudes, Span<double> to)
    {
        for (var k = 0; k < to.Length; k++) to[k] += amplitudes[k] * amplitudes[k];
    }
}
