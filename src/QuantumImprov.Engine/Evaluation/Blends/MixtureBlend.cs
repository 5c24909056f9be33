using QuantumImprov.Engine.Choosing;

namespace QuantumImprov.Engine.Evaluation.Blends;

/// <summary>The classical mixture P = sum w_k q_k with softmax weights by class; tempered, q_k ~ p_k^tau with a learned exponent by class. [engine]</summary>
public sealed class MixtureBlend(int members, int classes, bool tempered) : IBlend
{
    private const double WeightRate = 1, TemperRate = .3;
    private readonly ClassTable _scores = new(members, classes, 0, -30, 30), _tempers = new(members, classes, 1, .05, 6);
    private readonly double[] _weights = new double[members], _norms = new double[members];
    private double[] _rows = [], _sum = [];

    /// <inheritdoc/>
    public string Name => tempered ? "mixture-tempered" : "mixture";

    /// <inheritdoc/>
    public void Restart()
    {
    }

    /// <inheritdoc/>
    public void WriteLaw(MemberLaws laws, Span<double> law)
    {
        Blend(laws);
        _sum.AsSpan(0, laws.Candidates).CopyTo(law);
        Surely.Mix(law);
    }

    /// <inheritdoc/>
    public double Hear(MemberLaws laws, int played, double rate)
    {
        Blend(laws);
        var p = _sum[played];
        var scale = Surely.Scale(p, laws.Candidates) / p;
        for (var k = 0; k < members && rate > 0; k++)
        {
            var (row, c) = (k * laws.Stride, laws.Confidence[k]);
            var hit = _rows[row + played];
            var temper = 0.0;
            if (tempered)
            {
                var ln = laws.Logs(k);
                var mean = 0.0;
                for (var x = 0; x < laws.Candidates; x++) mean += _rows[row + x] * ln[x];
                temper = -scale * _weights[k] * hit * (ln[played] - mean);
            }

            _scores.Learn(k, c, -scale * _weights[k] * (hit - p), WeightRate * rate);
            if (tempered) _tempers.Learn(k, c, temper, TemperRate * rate);
        }

        return -Math.Log2(Surely.Mixed(p, laws.Candidates));
    }

    private void Blend(MemberLaws laws)
    {
        if (_rows.Length == 0) (_rows, _sum) = (new double[members * laws.Stride], new double[laws.Stride]);
        double total = 0;
        for (var k = 0; k < members; k++) total += _weights[k] = Math.Exp(_scores[k, laws.Confidence[k]]);
        Array.Clear(_sum);
        for (var k = 0; k < members; k++)
        {
            var row = _rows.AsSpan(k * laws.Stride, laws.Stride);
            _weights[k] /= total;
            laws.Temper(k, tempered ? _tempers[k, laws.Confidence[k]] : 1, row);
            _norms[k] = 0;
            foreach (var q in row) _norms[k] += q;
            for (var x = 0; x < row.Length; x++) _sum[x] += _weights[k] * (row[x] /= _norms[k]);
        }
    }
}
