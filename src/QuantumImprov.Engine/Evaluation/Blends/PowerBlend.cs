using QuantumImprov.Engine.Choosing;

namespace QuantumImprov.Engine.Evaluation.Blends;

/// <summary>
/// P ~ (sum w_k p_k^alpha)^beta, weights and exponents alpha by class, all at least 0. With beta learned it is the classical power pool; with beta fixed at 2 and, as in every form of the council, the accord
/// g = prod p_k^gamma_k before each p_k^alpha, it is the council without memory. The pool may have the accord too. With back-action the weights are multiplied by m_k, which starts at 1 and becomes, at every note x, .9 m_k sqrt(p_k(x)) of length 1 and .1 / sqrt(K), scaled to
/// mean square 1; it counts as a constant in the gradient. [engine]
/// </summary>
public sealed class PowerBlend(int members, int classes, PowerForm form, string name) : IBlend
{
    private const double WeightRate = .1, TemperRate = .2, PowerRate = .1, Shared = .1;
    private readonly ClassTable _weightTable = new(members, classes, 1.0 / members, form == PowerForm.Signed ? -1.0 / members : 0, 1e6), _tempers = new(members, classes, .5, Amplitudes.LeastTemper, Amplitudes.GreatestTemper);
    private readonly Accord? _accord = form == PowerForm.Pool ? null : new Accord(members);
    private readonly ClassTable _power = new(1, 1, 2, .5, 8);
    private readonly double[] _weights = new double[members], _lasting = Enumerable.Repeat(1.0, members).ToArray();
    private double[] _rows = [], _sum = [], _law = [];

    private bool LearnsPower => form is PowerForm.Pool or PowerForm.AccordPool;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public void Restart() => Array.Fill(_lasting, 1);

    /// <inheritdoc/>
    public void WriteLaw(MemberLaws laws, Span<double> law)
    {
        Blend(laws);
        _law.AsSpan(0, laws.Candidates).CopyTo(law);
        Surely.Mix(law);
    }

    /// <inheritdoc/>
    public double Hear(MemberLaws laws, int played, double rate)
    {
        Blend(laws);
        var (p, power) = (_law[played], _power[0, 0]);
        var scale = Surely.Scale(p, laws.Candidates);
        for (var k = 0; k < members && rate > 0; k++)
        {
            var row = _rows.AsSpan(k * laws.Stride, laws.Stride);
            var logs = laws.Logs(k);
            double towards = 0, towardsTemper = 0;
            for (var x = 0; x < laws.Candidates; x++)
            {
                var pull = _sum[x] != 0 ? _law[x] / _sum[x] * row[x] : 0;
                towards += pull;
                towardsTemper += pull * logs[x];
            }

            var hit = _sum[played] != 0 ? row[played] / _sum[played] : 0;
            var c = laws.Confidence[k];
            _weightTable.Learn(k, c, -power * scale * _lasting[k] * (hit - towards), WeightRate * rate);
            _tempers.Learn(k, c, -power * scale * _weights[k] * (hit * logs[played] - towardsTemper), TemperRate * rate);
        }

        if (rate > 0) _accord?.Learn(laws, _law.AsSpan(0, laws.Candidates), played, power * scale, rate);
        if (LearnsPower && rate > 0) LearnPower(played, laws.Candidates, scale, rate);
        if (form == PowerForm.BackAction) Last(laws, played);
        return -Math.Log2(Surely.Mixed(p, laws.Candidates));
    }

    // Kraus operators diag_k(sqrt p_k(x)), complete because each law sums to 1; then a fixed share.
    private void Last(MemberLaws laws, int played)
    {
        var norm = 0.0;
        for (var k = 0; k < members; k++) norm += _lasting[k] * _lasting[k] * laws.Laws[k * laws.Candidates + played];
        norm = Math.Sqrt(norm);
        var square = 0.0;
        for (var k = 0; k < members; k++)
        {
            _lasting[k] = (1 - Shared) * _lasting[k] * Math.Sqrt(laws.Laws[k * laws.Candidates + played]) / norm + Shared / Math.Sqrt(members);
            square += _lasting[k] * _lasting[k];
        }

        for (var k = 0; k < members; k++) _lasting[k] *= Math.Sqrt(members / square);
    }

    private void LearnPower(int played, int candidates, double scale, double rate)
    {
        var mean = 0.0;
        for (var x = 0; x < candidates; x++) mean += _sum[x] > 0 ? _law[x] * Math.Log(_sum[x]) : 0;
        if (_sum[played] > 0) _power.Learn(0, 0, -scale * (Math.Log(_sum[played]) - mean), PowerRate * rate);
    }

    private void Blend(MemberLaws laws)
    {
        if (_rows.Length == 0) (_rows, _sum, _law) = (new double[members * laws.Stride], new double[laws.Stride], new double[laws.Stride]);
        Array.Clear(_sum);
        var together = _accord is null ? [] : _accord.Factor(laws);
        for (var k = 0; k < members; k++)
        {
            var row = _rows.AsSpan(k * laws.Stride, laws.Stride);
            laws.Temper(k, _tempers[k, laws.Confidence[k]], row);
            for (var x = 0; x < together.Length; x++) row[x] *= together[x];
            _weights[k] = _weightTable[k, laws.Confidence[k]] * _lasting[k];
            for (var x = 0; x < row.Length; x++) _sum[x] += _weights[k] * row[x];
        }

        var total = 0.0;
        var power = _power[0, 0];
        for (var x = 0; x < laws.Candidates; x++) total += _law[x] = LearnsPower ? Math.Pow(_sum[x], power) : _sum[x] * _sum[x];
        for (var x = 0; x < laws.Candidates; x++) _law[x] = total > 0 ? _law[x] / total : 1.0 / laws.Candidates;
    }
}
