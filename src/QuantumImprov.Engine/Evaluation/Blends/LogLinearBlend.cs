using QuantumImprov.Engine.Choosing;

namespace QuantumImprov.Engine.Evaluation.Blends;

/// <summary>The classical log-linear blend P ~ prod p_k^theta with a learned exponent by class. [engine]</summary>
public sealed class LogLinearBlend(int members, int classes) : IBlend
{
    private readonly ClassTable _exponents = new(members, classes, 1.2 / members, -10, 10);
    private double[] _law = [];

    /// <inheritdoc/>
    public string Name => "loglinear";

    /// <inheritdoc/>
    public void Restart()
    {
    }

    /// <inheritdoc/>
    public void WriteLaw(MemberLaws laws, Span<double> law)
    {
        Blend(laws);
        _law.CopyTo(law);
        Surely.Mix(law);
    }

    /// <inheritdoc/>
    public double Hear(MemberLaws laws, int played, double rate)
    {
        Blend(laws);
        var p = _law[played];
        var scale = Surely.Scale(p, laws.Candidates);
        for (var k = 0; k < members && rate > 0; k++)
        {
            var logs = laws.Logs(k);
            var mean = 0.0;
            for (var x = 0; x < _law.Length; x++) mean += _law[x] * logs[x];
            _exponents.Learn(k, laws.Confidence[k], -scale * (logs[played] - mean), rate);
        }

        return -Math.Log2(Surely.Mixed(p, laws.Candidates));
    }

    private void Blend(MemberLaws laws)
    {
        if (_law.Length == 0) _law = new double[laws.Candidates];
        Array.Clear(_law);
        for (var k = 0; k < members; k++)
        {
            var logs = laws.Logs(k);
            var exponent = _exponents[k, laws.Confidence[k]];
            for (var x = 0; x < _law.Length; x++) _law[x] += exponent * logs[x];
        }

        var (greatest, total) = (_law.Max(), 0.0);
        for (var x = 0; x < _law.Length; x++) total += _law[x] = Math.Exp(_law[x] - greatest);
        for (var x = 0; x < _law.Length; x++) _law[x] /= total;
    }
}
