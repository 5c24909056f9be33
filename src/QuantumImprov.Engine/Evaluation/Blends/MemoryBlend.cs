using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Evaluation.Blends;

/// <summary>
/// The council with a memory register of two or four levels: M_x = sum_k a_k p_k(x)^alpha V_k, P(x) ~ tr(M_x rho M_x^T), rho' = .98 M rho M^T / tr + .02 / d. Weights a and exponents alpha are
/// learned by member and class, the real steps V_k by member, by gradient on ln P with rho taken for a constant. [engine]
/// </summary>
public sealed class MemoryBlend : IBlend
{
    /// <summary>The share of the memory that is forgotten at every note.</summary>
    public const double Depolarising = .02;

    private const double WeightRate = .1, TemperRate = .2, StepRate = .1, StepStart = .25;
    private readonly int _members, _levels, _entries;
    private readonly MemoryForm _form;
    private readonly ClassTable _weightTable, _tempers;
    private readonly double[] _steps, _stepMoments, _stepGradient, _weights, _rho, _next;
    private double[] _rows = [], _m = [], _mRho = [], _law = [];

    /// <summary>A council over so many members with a memory of 2 or 4 levels.</summary>
    public MemoryBlend(int members, int classes, int levels, MemoryForm form, string name, ulong seed = 7)
    {
        if (levels is not (2 or 4)) throw new ArgumentOutOfRangeException(nameof(levels), levels, "A memory has 2 or 4 levels.");
        (_members, _levels, _entries, _form, Name) = (members, levels, levels * levels, form, name);
        _weightTable = new ClassTable(members, classes, 1.0 / members, 0, 1e6);
        _tempers = new ClassTable(members, classes, .5, Amplitudes.LeastTemper, Amplitudes.GreatestTemper);
        (_steps, _stepMoments, _stepGradient) = (new double[members * _entries], new double[members * _entries], new double[_entries]);
        Array.Fill(_stepMoments, GradientStep.FirstMoment);
        (_weights, _rho, _next) = (new double[members], new double[_entries], new double[_entries]);
        var random = new Xoshiro(seed);
        for (var i = 0; i < _steps.Length; i++)
        {
            var identity = i % _entries / levels == i % levels ? 1 : 0;
            _steps[i] = identity + StepStart * (2 * random.NextDouble() - 1);
            if (form == MemoryForm.Classical) _steps[i] = Math.Abs(_steps[i]);
        }

        Restart();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Restart()
    {
        for (var i = 0; i < _entries; i++) _rho[i] = _form == MemoryForm.Kept || i / _levels == i % _levels ? 1.0 / _levels : 0;
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
        var z = Blend(laws);
        var p = _law[played];
        // The memory moves with the steps that made the law; the gradient changes them afterwards and needs M rho as it was.
        Move(played);
        if (rate > 0) Learn(laws, played, z, rate);
        _next.CopyTo(_rho, 0);
        return -Math.Log2(Surely.Mixed(p, laws.Candidates));
    }

    private double Blend(MemberLaws laws)
    {
        var (n, e) = (laws.Candidates, _entries);
        if (_rows.Length == 0) (_rows, _m, _mRho, _law) = (new double[_members * laws.Stride], new double[n * e], new double[n * e], new double[n]);
        Array.Clear(_m);
        for (var k = 0; k < _members; k++)
        {
            var row = _rows.AsSpan(k * laws.Stride, laws.Stride);
            laws.Temper(k, _tempers[k, laws.Confidence[k]], row);
            var weight = _weights[k] = _weightTable[k, laws.Confidence[k]];
            if (weight == 0) continue;
            var step = Vectors(_steps.AsSpan(k * e, e));
            var m = Vectors(_m);
            for (var x = 0; x < n; x++)
            {
                var by = Vector256.Create(weight * row[x]);
                for (var i = 0; i < step.Length; i++) m[x * step.Length + i] = Vector256.FusedMultiplyAdd(by, step[i], m[x * step.Length + i]);
            }
        }

        var z = 0.0;
        for (var x = 0; x < n; x++)
        {
            Product(_m.AsSpan(x * e, e), _mRho.AsSpan(x * e, e));
            z += _law[x] = Math.Max(0, Dot(Vectors(_m.AsSpan(x * e, e)), Vectors(_mRho.AsSpan(x * e, e))));
        }

        for (var x = 0; x < n; x++) _law[x] = z > 0 ? _law[x] / z : 1.0 / n;
        return z;
    }

    // M rho, both row by row; rho is symmetric.
    private void Product(ReadOnlySpan<double> m, Span<double> result)
    {
        if (_levels == 4)
        {
            var rows = Vectors(_rho);
            var to = MemoryMarshal.Cast<double, Vector256<double>>(result);
            for (var i = 0; i < 4; i++)
                to[i] = (rows[0] * m[4 * i]) + (rows[1] * m[4 * i + 1]) + ((rows[2] * m[4 * i + 2]) + (rows[3] * m[4 * i + 3]));
            return;
        }

        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 2; j++) result[2 * i + j] = m[2 * i] * _rho[j] + m[2 * i + 1] * _rho[2 + j];
        }
    }

    private void Move(int played)
    {
        var m = _m.AsSpan(played * _entries, _entries);
        var mRho = _mRho.AsSpan(played * _entries, _entries);
        var d = _levels;
        var trace = 0.0;
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                var sum = 0.0;
                for (var l = 0; l < d; l++) sum += mRho[i * d + l] * m[j * d + l];
                _next[i * d + j] = sum;
            }

            trace += _next[i * d + i];
        }

        for (var i = 0; i < _entries; i++)
        {
            var diagonal = i / d == i % d;
            var kept = trace > 0 ? _next[i] / trace : diagonal ? 1.0 / d : 0;
            _next[i] = !diagonal && _form != MemoryForm.Kept ? 0 : (1 - Depolarising) * kept + (diagonal ? Depolarising / d : 0);
        }
    }

    // G_x = -2 M_x rho (delta / w_t - 1 / Z), which takes the place of M_x.
    private void Learn(MemberLaws laws, int played, double z, double rate)
    {
        var (n, e) = (laws.Candidates, _entries);
        var scale = Surely.Scale(_law[played], n);
        if (z <= 0 || _law[played] <= 0) return;
        var g = Vectors(_m);
        var mRho = Vectors(_mRho);
        var perNote = e / 4;
        for (var x = 0; x < n; x++)
        {
            var by = Vector256.Create(-2 * scale * ((x == played ? 1 / (_law[x] * z) : 0) - 1 / z));
            for (var i = 0; i < perNote; i++) g[x * perNote + i] = by * mRho[x * perNote + i];
        }

        for (var k = 0; k < _members; k++) LearnMember(laws, k, n, rate);
    }

    private void LearnMember(MemberLaws laws, int k, int n, double rate)
    {
        var (e, c) = (_entries, laws.Confidence[k]);
        var row = _rows.AsSpan(k * laws.Stride, laws.Stride);
        var logs = laws.Logs(k);
        var g = 0;
        var gradients = Vectors(_m);
        var steps = Vectors(_steps.AsSpan(k * e, e));
        var sums = MemoryMarshal.Cast<double, Vector256<double>>(_stepGradient.AsSpan());
        sums.Clear();
        double towards = 0, towardsTemper = 0;
        for (var x = 0; x < n; x++, g += steps.Length)
        {
            var along = Dot(gradients.Slice(g, steps.Length), steps) * row[x];
            towards += along;
            towardsTemper += along * logs[x];
            var by = Vector256.Create(row[x]);
            for (var slope = 0; slope < sums.Length; slope++) sums[slope] = Vector256.FusedMultiplyAdd(by, gradients[g + slope], sums[slope]);
        }

        for (var i = 0; i < e; i++)
        {
            var step = k * e + i;
            _steps[step] -= GradientStep.Length(_weights[k] * _stepGradient[i], ref _stepMoments[step], StepRate * rate);
            if (_form == MemoryForm.Classical) _steps[step] = Math.Max(0, _steps[step]);
        }

        _weightTable.Learn(k, c, towards, WeightRate * rate);
        _tempers.Learn(k, c, _weights[k] * towardsTemper, TemperRate * rate);
    }

    private static double Dot(ReadOnlySpan<Vector256<double>> a, ReadOnlySpan<Vector256<double>> b)
    {
        var sum = a[0] * b[0];
        for (var i = 1; i < a.Length; i++) sum = Vector256.FusedMultiplyAdd(a[i], b[i], sum);
        return Vector256.Sum(sum);
    }

    private static Span<Vector256<double>> Vectors(Span<double> numbers) => MemoryMarshal.Cast<double, Vector256<double>>(numbers);
}
