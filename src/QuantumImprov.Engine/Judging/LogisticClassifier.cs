namespace QuantumImprov.Engine.Judging;

/// <summary>A logistic regression on standardised features with a little ridge, fitted by Newton's method; deterministic.</summary>
public sealed class LogisticClassifier
{
    private const int Rounds = 30;
    private const double Ridge = .01;
    private readonly double[] _means, _scales, _weights;

    /// <summary>Learns from <paramref name="examples"/>, at least one; all have the same number of features.</summary>
    public LogisticClassifier(IReadOnlyList<(double[] Features, bool IsTrue)> examples)
    {
        var count = examples[0].Features.Length;
        _means = [.. Enumerable.Range(0, count).Select(f => examples.Average(e => e.Features[f]))];
        _scales = [.. Enumerable.Range(0, count).Select(f => Math.Sqrt(examples.Average(e => Math.Pow(e.Features[f] - _means[f], 2))) is > 1e-9 and var s ? s : 1)];
        // The last weight is the bias.
        _weights = new double[count + 1];
        var rows = examples.Select(e => (X: Row(e.Features), e.IsTrue)).ToList();
        for (var round = 0; round < Rounds; round++) Step(rows);
    }

    /// <summary>The probability that <paramref name="features"/> are those of a true example.</summary>
    public double Probability(double[] features) => Sigmoid(Dot(Row(features)));

    private void Step(List<(double[] X, bool IsTrue)> rows)
    {
        var n = _weights.Length;
        var matrix = new double[n, n + 1];
        for (var i = 0; i < n; i++)
        {
            matrix[i, i] = Ridge * rows.Count;
            matrix[i, n] = -Ridge * rows.Count * _weights[i];
        }

        foreach (var (x, isTrue) in rows)
        {
            var p = Sigmoid(Dot(x));
            for (var i = 0; i < n; i++)
            {
                matrix[i, n] += x[i] * ((isTrue ? 1 : 0) - p);
                for (var j = 0; j < n; j++) matrix[i, j] += x[i] * x[j] * p * (1 - p);
            }
        }

        var move = Solve(matrix);
        for (var i = 0; i < n; i++) _weights[i] += move[i];
    }

    // The matrix is symmetric and, with the ridge, positive: elimination needs no pivots.
    private static double[] Solve(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        for (var k = 0; k < n; k++)
        {
            for (var i = k + 1; i < n; i++)
            {
                var factor = matrix[i, k] / matrix[k, k];
                for (var j = k; j <= n; j++) matrix[i, j] -= factor * matrix[k, j];
            }
        }

        var solution = new double[n];
        for (var i = n - 1; i >= 0; i--)
        {
            var rest = matrix[i, n];
            for (var j = i + 1; j < n; j++) rest -= matrix[i, j] * solution[j];
            solution[i] = rest / matrix[i, i];
        }

        return solution;
    }

    private double[] Row(double[] features) => [.. features.Select((f, i) => (f - _means[i]) / _scales[i]), 1];

    private double Dot(double[] row) => row.Zip(_weights, (x, w) => x * w).Sum();

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
