using QuantumImprov.Engine.Choosing;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Evaluation.Blends;

/// <summary>
/// P ~ |g sum a_k p_k^(alpha_k + i kappa_k)|^2, g the accord: the council without memory whose amplitudes have a phase by candidate, which grows with the logarithm of what the member says and is learned by class; at
/// kappa = 0 it is <see cref="PowerBlend"/> with exponent 2. [engine]
/// </summary>
public sealed class PhasedBlend : IBlend
{
    private const double WeightRate = .1, TemperRate = .2, MostTurn = 3, TurnStart = .1;
    private readonly ClassTable _weightTable, _tempers, _turns;
    private readonly Accord _accord;
    private readonly double[] _weights;
    private double[] _rows = [], _cos = [], _sin = [], _real = [], _imaginary = [], _law = [];

    /// <summary>Phases start near 0, drawn from <paramref name="seed"/>: at 0 all of them are where nothing pulls.</summary>
    public PhasedBlend(int members, int classes, ulong seed)
    {
        (_weightTable, _tempers, _turns) = (new ClassTable(members, classes, 1.0 / members, 0, 1e6), new ClassTable(members, classes, .5, Amplitudes.LeastTemper, Amplitudes.GreatestTemper), new ClassTable(members, classes, 0, -MostTurn, MostTurn));
        (_accord, _weights) = (new Accord(members), new double[members]);
        var random = new Xoshiro(seed);
        _turns.Adopt([.. Enumerable.Range(0, members * classes).Select(_ => TurnStart * (2 * random.NextDouble() - 1))]);
    }

    /// <inheritdoc/>
    public string Name => "council-phases";

    /// <inheritdoc/>
    public void Restart()
    {
    }

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
        var p = _law[played];
        var scale = Surely.Scale(p, laws.Candidates);
        var square = _real[played] * _real[played] + _imaginary[played] * _imaginary[played];
        for (var k = 0; k < _weights.Length && rate > 0 && square > 0; k++)
        {
            var logs = laws.Logs(k);
            var (at, c) = (k * laws.Stride, laws.Confidence[k]);
            double weight = 0, temper = 0, turn = 0;
            for (var x = 0; x < laws.Candidates; x++)
            {
                // d ln P_played / d ln|S_x|^2, times the derivatives of |S_x|^2 along the amplitude and across it.
                var size = _real[x] * _real[x] + _imaginary[x] * _imaginary[x];
                var pull = size > 0 ? ((x == played ? 1 : 0) - _law[x]) * 2 * _rows[at + x] / size : 0;
                var along = pull * (_real[x] * _cos[at + x] + _imaginary[x] * _sin[at + x]);
                weight += along;
                temper += along * logs[x];
                turn += pull * (_imaginary[x] * _cos[at + x] - _real[x] * _sin[at + x]) * logs[x];
            }

            _weightTable.Learn(k, c, -scale * weight, WeightRate * rate);
            _tempers.Learn(k, c, -scale * _weights[k] * temper, TemperRate * rate);
            _turns.Learn(k, c, -scale * _weights[k] * turn, TemperRate * rate);
        }

        if (rate > 0) _accord.Learn(laws, _law.AsSpan(0, laws.Candidates), played, 2 * scale, rate);
        return -Math.Log2(Surely.Mixed(p, laws.Candidates));
    }

    private void Blend(MemberLaws laws)
    {
        var all = _weights.Length * laws.Stride;
        if (_rows.Length == 0) (_rows, _cos, _sin, _real, _imaginary, _law) = (new double[all], new double[all], new double[all], new double[laws.Stride], new double[laws.Stride], new double[laws.Stride]);
        var together = _accord.Factor(laws);
        Array.Clear(_real);
        Array.Clear(_imaginary);
        for (var k = 0; k < _weights.Length; k++)
        {
            var logs = laws.Logs(k);
            var (at, turn) = (k * laws.Stride, _turns[k, laws.Confidence[k]]);
            laws.Temper(k, _tempers[k, laws.Confidence[k]], _rows.AsSpan(at, laws.Stride));
            for (var x = 0; x < laws.Candidates; x++) _rows[at + x] *= together[x];
            _weights[k] = _weightTable[k, laws.Confidence[k]];
            for (var x = 0; x < laws.Candidates; x++)
            {
                (_sin[at + x], _cos[at + x]) = turn == 0 ? (0, 1) : Math.SinCos(turn * logs[x]);
                _real[x] += _weights[k] * _rows[at + x] * _cos[at + x];
                _imaginary[x] += _weights[k] * _rows[at + x] * _sin[at + x];
            }
        }

        var total = 0.0;
        for (var x = 0; x < laws.Candidates; x++) total += _law[x] = _real[x] * _real[x] + _imaginary[x] * _imaginary[x];
        for (var x = 0; x < laws.Candidates; x++) _law[x] = total > 0 ? _law[x] / total : 1.0 / laws.Candidates;
    }
}
