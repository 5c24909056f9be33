using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>Classical chains as Kraus sets with the very same law. Each needs as many operators a symbol as there are states: folding them into one loses probability.</summary>
public static class ClassicalEmbedding
{
    /// <summary>A Markov table: K_(j,i) = sqrt(P[i,j]) |j&gt;&lt;i|, w = n. The symbol is the state reached.</summary>
    /// <param name="table">P[i,j]: from i to j; square, rows sum to 1, at most 8 states.</param>
    /// <exception cref="ArgumentException">It is not such a table.</exception>
    public static KrausSet OfMarkov(double[,] table)
    {
        var n = CheckSquare(table);
        var entries = new Complex[n * n * n * n];
        for (var j = 0; j < n; j++)
        {
            for (var i = 0; i < n; i++) entries[(((((j * n) + i) * n) + j) * n) + i] = Math.Sqrt(table[i, j]);
        }

        return new KrausSet(n, n, n, entries);
    }

    /// <summary>
    /// A hidden Markov model whose states show the symbols: K_(y,i) = sum_j sqrt(A[i,j] C[j,y]) |j&gt;&lt;i|, w = n.
    /// Its memory may hold superpositions of states, but every operator asks for one state first, so that they never show.
    /// </summary>
    /// <param name="transitions">A[i,j]: from i to j; rows sum to 1, at most 8 states.</param>
    /// <param name="emissions">C[j,y]: state j, when reached, shows y; rows sum to 1.</param>
    /// <exception cref="ArgumentException">They are not such tables.</exception>
    public static KrausSet OfStates(double[,] transitions, double[,] emissions)
    {
        CheckSquare(transitions);
        return OfHiddenMarkov(HiddenMarkovModel.OfStates(transitions, emissions));
    }

    /// <summary>Any hidden Markov model of at most 8 states: K_(y,i) = sum_j sqrt(T_y[i,j]) |j&gt;&lt;i|, w = n.</summary>
    public static KrausSet OfHiddenMarkov(HiddenMarkovModel model)
    {
        var (n, s) = (model.States, model.Symbols);
        var entries = new Complex[s * n * n * n];
        for (var y = 0; y < s; y++)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++) entries[(((((y * n) + i) * n) + j) * n) + i] = Math.Sqrt(model[y, i, j]);
            }
        }

        return new KrausSet(n, s, n, entries);
    }

    /// <summary>
    /// The tempting short form of a Markov table, K_j = sum_i sqrt(P[i,j]) |j&gt;&lt;i| with one operator a symbol. It is illegal whenever two states can reach the same one, and is here so that the refusal can be shown.
    /// </summary>
    /// <exception cref="ArgumentException">Always, but for tables in which no state is reached from two.</exception>
    public static KrausSet OfMarkovWithoutBranches(double[,] table)
    {
        var n = CheckSquare(table);
        var entries = new Complex[n * n * n];
        for (var j = 0; j < n; j++)
        {
            for (var i = 0; i < n; i++) entries[(((j * n) + j) * n) + i] = Math.Sqrt(table[i, j]);
        }

        return new KrausSet(n, n, 1, entries);
    }

    private static int CheckSquare(double[,] table)
    {
        var n = table.GetLength(0);
        if (table.GetLength(1) != n) throw new ArgumentException($"Got a table of {n} x {table.GetLength(1)}; it must be square.", nameof(table));
        Tables.CheckRows(table, "table");
        return n;
    }
}
