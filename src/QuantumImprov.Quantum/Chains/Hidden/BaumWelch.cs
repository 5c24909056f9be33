using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>
/// Learns hidden Markov models by expectation and maximisation (Baum-Welch) from a random start. The start law stays even, so that every iteration raises the likelihood of the sequences. Pure: the
/// seed decides everything.
/// </summary>
public static class BaumWelch
{
    /// <summary>Learns once.</summary>
    /// <param name="sequences">What to learn from; at least one symbol in all.</param>
    /// <param name="symbols">How many symbols there are, 1 to 256.</param>
    /// <param name="states">1 to 64.</param>
    /// <param name="emission">Which form.</param>
    /// <param name="seed">Of the random start.</param>
    /// <param name="iterations">At most this many; at least 1.</param>
    /// <param name="enough">Stops when an iteration gains less than this, nats a symbol.</param>
    /// <param name="warmUp">Symbols at the front of each sequence that the score leaves out.</param>
    /// <exception cref="ArgumentException">A size is out of range or a symbol does not exist.</exception>
    public static Learned<HiddenMarkovModel> Learn(
        IReadOnlyList<byte[]> sequences, int symbols, int states, Emission emission, ulong seed, int iterations = 300, double enough = 1e-7, int warmUp = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        var moves = Start(symbols, states, emission, new Xoshiro(seed));
        var operators = new HiddenMarkovModel(states, symbols, moves).Operators();
        foreach (var sequence in sequences) operators.Check(sequence);
        var total = sequences.Sum(s => (long)s.Length);
        if (total == 0) throw new ArgumentException("There is nothing to learn from; at least one symbol is needed.", nameof(sequences));

        var sweep = new ForwardBackward(operators);
        var before = double.NegativeInfinity;
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            sweep.Clear();
            double log = 0;
            foreach (var sequence in sequences) log += sweep.Add(sequence, 0);
            Maximise(moves, sweep.Counts, symbols, states, operators.Stride, emission);
            operators.Set(moves);
            if (log - before < enough * total) break;
            before = log;
        }

        var score = sequences.Sum(s => operators.LogLikelihood(s, warmUp));
        return new Learned<HiddenMarkovModel>(new HiddenMarkovModel(states, symbols, moves), score);
    }

    private static double[] Start(int symbols, int states, Emission emission, Xoshiro random)
    {
        if (emission == Emission.Edge)
        {
            var edges = new double[symbols * states * states];
            for (var at = 0; at < edges.Length; at++) edges[at] = .1 + random.NextDouble();
            Normalise(edges, symbols, states);
            return edges;
        }

        var (a, c) = (new double[states * states], new double[states * symbols]);
        for (var i = 0; i < a.Length; i++) a[i] = .1 + random.NextDouble();
        for (var i = 0; i < c.Length; i++) c[i] = .1 + random.NextDouble();
        return Product(a, c, symbols, states);
    }

    private static void Maximise(double[] moves, double[] counts, int symbols, int states, int stride, Emission emission)
    {
        var (a, c) = (new double[states * states], new double[states * symbols]);
        for (var at = 0; at < moves.Length; at++)
        {
            var (y, i, j) = (at / (states * states), at / states % states, at % states);
            moves[at] *= counts[(((y * states) + i) * stride) + j];
            a[(i * states) + j] += moves[at];
            c[(j * symbols) + y] += moves[at];
        }

        if (emission == Emission.State) Product(a, c, symbols, states).CopyTo(moves, 0);
        else Normalise(moves, symbols, states);
    }

    private static double[] Product(double[] a, double[] c, int symbols, int states)
    {
        Rows(a, states);
        Rows(c, symbols);
        var moves = new double[symbols * states * states];
        for (var at = 0; at < moves.Length; at++)
        {
            var (y, i, j) = (at / (states * states), at / states % states, at % states);
            moves[at] = a[(i * states) + j] * c[(j * symbols) + y];
        }

        return moves;
    }

    private static void Rows(double[] table, int width)
    {
        for (var row = 0; row < table.Length; row += width)
        {
            var sum = table.AsSpan(row, width).ToArray().Sum();

            // A state that was never visited may do anything.
            for (var j = 0; j < width; j++) table[row + j] = sum > 0 ? table[row + j] / sum : 1.0 / width;
        }
    }

    private static void Normalise(double[] moves, int symbols, int states)
    {
        for (var i = 0; i < states; i++)
        {
            double sum = 0;
            for (var y = 0; y < symbols; y++)
            {
                for (var j = 0; j < states; j++) sum += moves[(((y * states) + i) * states) + j];
            }

            for (var y = 0; y < symbols; y++)
            {
                for (var j = 0; j < states; j++)
                {
                    ref var x = ref moves[(((y * states) + i) * states) + j];
                    x = sum > 0 ? x / sum : 1.0 / (symbols * states);
                }
            }
        }
    }
}
