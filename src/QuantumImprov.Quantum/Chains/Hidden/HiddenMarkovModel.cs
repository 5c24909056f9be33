using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>
/// A classical hidden Markov model in edge-emitting form: T_y[i,j] is the probability of going from state i to state j and showing y on the way. A model whose states show the symbol is the special
/// case T_y[i,j] = A[i,j] C[j,y]. Immutable; may be shared between threads.
/// </summary>
public sealed class HiddenMarkovModel
{
    private readonly ImmutableArray<double> _moves;

    /// <summary>Checks that from every state all moves and symbols together have probability 1 (within 1e-9).</summary>
    /// <param name="states">1 to 64.</param>
    /// <param name="symbols">1 to 256.</param>
    /// <param name="moves">By symbol, then state left, then state reached.</param>
    /// <exception cref="ArgumentException">A size is out of range, a number is negative, or a state's moves do not sum to 1.</exception>
    public HiddenMarkovModel(int states, int symbols, ReadOnlySpan<double> moves)
    {
        if (states is < 1 or > MostStates) throw new ArgumentOutOfRangeException(nameof(states), states, $"A hidden Markov model has 1 to {MostStates} states.");
        if (symbols is < 1 or > KrausSet.MostSymbols) throw new ArgumentOutOfRangeException(nameof(symbols), symbols, $"There are 1 to {KrausSet.MostSymbols} symbols.");
        if (moves.Length != symbols * states * states) throw new ArgumentException($"Got {moves.Length} moves; {symbols} symbols and {states} states need {symbols * states * states}.", nameof(moves));
        (States, Symbols, _moves) = (states, symbols, [.. moves]);
        for (var i = 0; i < states; i++)
        {
            double sum = 0;
            for (var y = 0; y < symbols; y++)
            {
                for (var j = 0; j < states; j++)
                {
                    if (!(this[y, i, j] >= 0)) throw new ArgumentException($"State {i} shows {y} and goes to {j} with probability {this[y, i, j]}; 0 to 1 are allowed.", nameof(moves));
                    sum += this[y, i, j];
                }
            }

            if (!(Math.Abs(sum - 1) <= KrausSet.Tolerance)) throw new ArgumentException($"The moves from state {i} sum to {sum}; 1 is needed.", nameof(moves));
        }
    }

    /// <summary>The most states: 64.</summary>
    public const int MostStates = 64;

    /// <summary>How many hidden states there are.</summary>
    public int States { get; }

    /// <summary>How many symbols there are.</summary>
    public int Symbols { get; }

    /// <summary>The probability of showing <paramref name="symbol"/> and going from one state to another.</summary>
    public double this[int symbol, int from, int to] => _moves[(((symbol * States) + from) * States) + to];

    /// <summary>A model whose states show the symbols.</summary>
    /// <param name="transitions">A[i,j]: from i to j; rows sum to 1.</param>
    /// <param name="emissions">C[j,y]: state j, when reached, shows y; rows sum to 1.</param>
    /// <exception cref="ArgumentException">The tables do not fit together or their rows do not sum to 1.</exception>
    public static HiddenMarkovModel OfStates(double[,] transitions, double[,] emissions)
    {
        var (n, s) = (transitions.GetLength(0), emissions.GetLength(1));
        if (transitions.GetLength(1) != n || emissions.GetLength(0) != n)
            throw new ArgumentException($"Got {n} x {transitions.GetLength(1)} transitions and emissions of {emissions.GetLength(0)} states; a square table and one row a state are needed.");
        Tables.CheckRows(transitions, "transitions");
        Tables.CheckRows(emissions, "emissions");
        var moves = new double[s * n * n];
        for (var at = 0; at < moves.Length; at++)
        {
            var (y, i, j) = (at / (n * n), at / n % n, at % n);
            moves[at] = transitions[i, j] * emissions[j, y];
        }

        return new HiddenMarkovModel(n, s, moves);
    }

    /// <summary>The same law as matrices, ready for scoring; the start is the even law over the states.</summary>
    public SymbolOperators Operators()
    {
        var start = new double[States];
        var end = new double[States];
        Array.Fill(start, 1.0 / States);
        Array.Fill(end, 1);
        return new SymbolOperators(States, Symbols, _moves.AsSpan(), start, end);
    }
}
