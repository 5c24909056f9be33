using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>
/// One sweep forth and back over a sequence: its log-likelihood and, for every symbol y, N_y[a,b] = sum over its times of v_(t-1)[a] b_t[b] / p_t, the derivative of the log-likelihood by T_y[a,b].
/// Classical and quantum learning both live on it. Not thread-safe.
/// </summary>
internal sealed class ForwardBackward(SymbolOperators operators)
{
    private double[] _forward = [], _probabilities = [];
    private double[] _at = new double[operators.Stride], _next = new double[operators.Stride];

    /// <summary>N by symbol, place a, place b, with rows as long as the operators' stride.</summary>
    internal double[] Counts { get; } = new double[operators.Symbols * operators.Size * operators.Stride];

    internal void Clear() => Array.Clear(Counts);

    /// <summary>Adds a sequence.</summary>
    /// <param name="symbols">Checked by the caller.</param>
    /// <param name="warmUp">Symbols at the front whose own probability is not counted; what the model does with them still is.</param>
    internal double Add(ReadOnlySpan<byte> symbols, int warmUp)
    {
        if (symbols.Length <= warmUp) return 0;
        var log = Forward(symbols, warmUp);
        Backward(symbols, warmUp);
        return log;
    }

    private double Forward(ReadOnlySpan<byte> symbols, int warmUp)
    {
        var stride = operators.Stride;
        if (_probabilities.Length < symbols.Length) (_forward, _probabilities) = (new double[(symbols.Length + 1) * stride], new double[symbols.Length]);
        operators.Start.CopyTo(_forward);
        double log = 0, product = 1;
        for (var t = 0; t < symbols.Length; t++)
        {
            var p = operators.Advance(symbols[t], _forward.AsSpan(t * stride, stride), _forward.AsSpan((t + 1) * stride, stride));
            _probabilities[t] = p;
            if (t >= warmUp) product *= p;
            if (product > 1e-250) continue;
            log += Math.Log(product);
            product = 1;
        }

        return log + Math.Log(product);
    }

    private void Backward(ReadOnlySpan<byte> symbols, int warmUp)
    {
        var (stride, size) = (operators.Stride, operators.Size);
        operators.End.CopyTo(_at);
        for (var t = symbols.Length - 1; t >= 0; t--)
        {
            // log P(rest | warm-up) = log P(all) - log P(warm-up); the sweep is linear, so one subtraction here takes the second away.
            if (t == warmUp - 1)
            {
                for (var i = 0; i < size; i++) _at[i] -= operators.End[i];
            }

            SymbolOperators.Scale(_at, 1 / _probabilities[t]);
            AddOuter(Counts.AsSpan(symbols[t] * size * stride, size * stride), _forward.AsSpan(t * stride, size), _at);
            operators.Retreat(symbols[t], _at, _next);
            (_at, _next) = (_next, _at);
        }
    }

    private static void AddOuter(Span<double> counts, ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var rows = MemoryMarshal.Cast<double, Vector256<double>>(counts);
        var b = MemoryMarshal.Cast<double, Vector256<double>>(right);
        var at = 0;
        foreach (var a in left)
        {
            foreach (var x in b) rows[at++] += x * a;
        }
    }
}
