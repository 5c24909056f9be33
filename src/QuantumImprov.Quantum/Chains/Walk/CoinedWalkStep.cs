using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Quantum.Chains.Walk;

/// <summary>
/// One measured step of a coined walk on a cycle, such as the twelve places of the circle of fifths, as a circuit on a simulated state: t times the coin is turned and the position moves one up
/// where it reads 0 and one down where it reads 1; then the position is read. Unmeasured in between, the walk spreads like t and not like the square root of t. After t steps the displacement is
/// even or odd as t is, so on a cycle of even length half of the positions are out of reach of any one t.
/// Coin: [[cos, sin], [sin, -cos]] of its angle. All gates are real; the imaginary part only carries the start of the coin.
/// Everything is allocated by the constructor. Not thread-safe: one owner, who prepares, stands on a position and draws any number of shots.
/// </summary>
public sealed class CoinedWalkStep
{
    /// <summary>The longest cycle: 256 positions on 8 qubits.</summary>
    public const int MostPositions = 256;

    /// <summary>The most steps between two measurements.</summary>
    public const int MostSteps = 128;

    private readonly int _maxPositions;

    // Coin 0 in the first half of the positions' span, coin 1 in the second.
    private double[] _re, _im, _nextRe, _nextIm;
    private readonly double[] _law, _roots;
    private readonly ShotTable _shots;
    private double _coin, _lean;

    /// <summary>Makes room for the longest cycle this step will ever prepare.</summary>
    /// <param name="maxPositions">2 to <see cref="MostPositions"/>.</param>
    public CoinedWalkStep(int maxPositions)
    {
        if (maxPositions is < 2 or > MostPositions) throw new ArgumentOutOfRangeException(nameof(maxPositions), maxPositions, $"2 to {MostPositions} positions are allowed.");
        _maxPositions = maxPositions;
        (_re, _im, _nextRe, _nextIm) = (new double[2 * maxPositions], new double[2 * maxPositions], new double[2 * maxPositions], new double[2 * maxPositions]);
        (_law, _roots) = (new double[maxPositions], new double[maxPositions]);
        _shots = new ShotTable(maxPositions);
    }

    /// <summary>How long the cycle last prepared is; 0 before the first preparation.</summary>
    public int Positions { get; private set; }

    /// <summary>The steps t last prepared.</summary>
    public int Steps { get; private set; }

    /// <summary>The position one stands on, from which <see cref="Draw"/> walks; 0 after a preparation.</summary>
    public int Position { get; private set; }

    /// <summary>The probability that the walk ends where it began, 0 to 1; 0 before the first preparation.</summary>
    public double SelfTransition => _law[0];

    /// <summary>Walks the state up to the measurement and stands on position 0. Nothing is allocated.</summary>
    /// <param name="positions">Length of the cycle, 2 to the constructor's most.</param>
    /// <param name="steps">t, 0 to <see cref="MostSteps"/>.</param>
    /// <param name="coin">Coin angle, radians: 0 never turns round, pi/4 is the Hadamard coin, pi/2 turns round at every step.</param>
    /// <param name="lean">Start of the coin, -1 (reads 1) to 1 (reads 0); 0 is even and the law symmetric.</param>
    /// <exception cref="ArgumentException">A number lies outside its range; the step keeps what it had.</exception>
    public void Prepare(int positions, int steps, double coin, double lean)
    {
        if (positions > _maxPositions) throw new ArgumentOutOfRangeException(nameof(positions), positions, $"This step holds 2 to {_maxPositions} positions.");
        CoinedWalkInput.Check(positions, steps, coin, lean);
        (Positions, Steps, _coin, _lean, Position) = (positions, steps, coin, lean, 0);

        Array.Clear(_re);
        Array.Clear(_im);
        (_im[positions], _re[0]) = Math.SinCos(CoinedWalkInput.StartAngle(lean));
        for (var t = 0; t < steps; t++)
        {
            Turn(_re, _nextRe);
            Turn(_im, _nextIm);
            (_re, _nextRe, _im, _nextIm) = (_nextRe, _re, _nextIm, _im);
        }

        for (var d = 0; d < positions; d++)
        {
            var e = d + positions;
            _law[d] = (_re[d] * _re[d]) + (_im[d] * _im[d]) + (_re[e] * _re[e]) + (_im[e] * _im[e]);
            _roots[d] = Math.Sqrt(_law[d]);
        }

        _shots.BuildFromReal(_roots.AsSpan(0, positions));
    }

    /// <summary>Stands on a position; the law moves along. Nothing is allocated.</summary>
    /// <param name="position">0 up to, but not including, the length of the cycle.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position; the step stays where it was.</exception>
    public void Stand(int position)
    {
        if ((uint)position >= (uint)Positions)
            throw new ArgumentOutOfRangeException(nameof(position), position, Positions == 0 ? "Nothing was prepared yet; there is no position to stand on." : $"The cycle has the positions 0 to {Positions - 1}.");
        Position = position;
    }

    /// <summary>Reads the position after the walk. The step goes on standing where it stood; <see cref="Stand"/> moves it. Nothing is allocated.</summary>
    /// <param name="random">Decides the measurement.</param>
    /// <exception cref="InvalidOperationException">Nothing was prepared yet.</exception>
    public int Draw(Xoshiro random)
    {
        if (Positions == 0) throw new InvalidOperationException("Nothing was prepared yet; prepare a cycle before drawing.");
        return (Position + _shots.Draw(random)) % Positions;
    }

    /// <summary>Writes the law of the next position from <see cref="Position"/> as the simulated state has it (the closed form is <see cref="CoinedWalkLaw"/>), sum 1. Nothing is allocated.</summary>
    /// <param name="law">Any length; what lies beyond the positions is set to 0.</param>
    public void WriteLaw(Span<double> law)
    {
        law.Clear();
        for (var d = 0; d < Positions; d++)
        {
            var at = (Position + d) % Positions;
            if (at < law.Length) law[at] = _law[d];
        }
    }

    /// <summary>The circuit from <see cref="Position"/>: the position in the low qubits is read into the bits, qubit i into bit i; the coin is the highest qubit and not read. Allocates.</summary>
    /// <exception cref="InvalidOperationException">Nothing was prepared yet.</exception>
    public Circuit ToCircuit() => Positions > 0
        ? CoinedWalkCircuit.Build(Positions, Steps, _coin, CoinedWalkInput.StartAngle(_lean), CouncilStep.QubitsFor(Positions), Position)
        : throw new InvalidOperationException("Nothing was prepared yet; prepare a cycle before asking for the circuit.");

    // The coin, then the shift.
    private void Turn(double[] from, double[] to)
    {
        var n = Positions;
        var (sin, cos) = Math.SinCos(_coin);
        for (var x = 0; x < n; x++)
        {
            var (zero, one) = (from[x], from[n + x]);
            to[x + 1 == n ? 0 : x + 1] = (cos * zero) + (sin * one);
            to[n + (x == 0 ? n - 1 : x - 1)] = (sin * zero) - (cos * one);
        }
    }
}
