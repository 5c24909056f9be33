using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// What the council has learned about its members: weights a >= 0 and exponents alpha by member and confidence class, for each member a real step V_k of the memory and an exponent gamma_k of the accord
/// g(x) = prod_k p_k(x)^gamma_k. With s_k(x) = g(x) p_k(x)^alpha and M_x = sum_k a_k s_k(x) V_k the law is P(x) = tr(M_x rho M_x^T) / Z, and the memory moves to .98 M_x rho M_x^T / tr + .02 / d. All are learned
/// by gradient on ln P of what was really played, rho taken for a constant, steps scaled by a running second moment. Allocates nothing after the first note. [engine]
/// </summary>
public sealed class Amplitudes
{
    /// <summary>The bounds of an exponent; 1/2 is the plain square-root amplitude.</summary>
    public const double LeastTemper = .03, GreatestTemper = 3;

    /// <summary>The share of the memory that is forgotten at every note.</summary>
    public const double Depolarising = CouncilMemory.UsualDepolarising;

    /// <summary>What an exponent is multiplied by at the end of the novelty dial.</summary>
    public const double Flattened = .25;

    private const double WeightRate = .1, TemperRate = .2, StepRate = .1, StepStart = .25, MostWeight = 1e6;
    private readonly int _entries;
    private readonly MemoryForm _form;
    private readonly ClassTable _weightTable, _tempers;
    private readonly Accord _accord;
    private readonly double[] _steps, _stepMoments, _stepGradient, _weights;
    private double[] _rows = [], _m = [], _mRho = [], _law = [], _flatAccord = [];

    /// <summary>Equal weights, plain square roots, and steps near the identity, drawn from <paramref name="seed"/>.</summary>
    /// <param name="members">How many members.</param>
    /// <param name="classes">Confidence classes a member.</param>
    /// <param name="levels">d: 2 or 4, one or two qubits of memory.</param>
    /// <param name="form">What becomes of the memory between two notes.</param>
    /// <param name="seed">Of the steps.</param>
    public Amplitudes(int members, int classes, int levels = 4, MemoryForm form = MemoryForm.Kept, ulong seed = 7)
    {
        if (levels is not (2 or 4)) throw new ArgumentOutOfRangeException(nameof(levels), levels, "A memory has 2 or 4 levels.");
        (Members, Classes, Levels, _entries, _form) = (members, classes, levels, levels * levels, form);
        _weightTable = new ClassTable(members, classes, 1.0 / members, 0, MostWeight);
        _tempers = new ClassTable(members, classes, .5, LeastTemper, GreatestTemper);
        _accord = new Accord(members);
        (_steps, _stepMoments, _stepGradient) = (new double[members * _entries], new double[members * _entries], new double[_entries]);
        Array.Fill(_stepMoments, GradientStep.FirstMoment);
        _weights = new double[members];
        var random = new Xoshiro(seed);
        for (var i = 0; i < _steps.Length; i++)
        {
            var identity = i % _entries / levels == i % levels ? 1 : 0;
            _steps[i] = identity + StepStart * (2 * random.NextDouble() - 1);
            if (form == MemoryForm.Classical) _steps[i] = Math.Abs(_steps[i]);
        }

        for (var k = 0; k < members && form == MemoryForm.Rotated; k++) Orthogonalise(_steps.AsSpan(k * _entries, _entries));
    }

    /// <summary>How many members.</summary>
    public int Members { get; }

    /// <summary>Classes a member.</summary>
    public int Classes { get; }

    /// <summary>d, the levels of the memory.</summary>
    public int Levels { get; }

    /// <summary>Weights, members x classes, row by row.</summary>
    public ReadOnlySpan<double> Weights => _weightTable.Values;

    /// <summary>Exponents, members x classes, row by row.</summary>
    public ReadOnlySpan<double> Tempers => _tempers.Values;

    /// <summary>V_k, members x d x d, row by row.</summary>
    public ReadOnlySpan<double> Steps => _steps;

    /// <summary>gamma, one number a member.</summary>
    public ReadOnlySpan<double> Accords => _accord.Exponents;

    private bool IsKept => _form is MemoryForm.Kept or MemoryForm.Rotated;

    /// <summary>Counts up whenever a step has changed.</summary>
    public long Revision { get; private set; }

    /// <summary>Takes over what was learned elsewhere, in the order of the properties; bounds are enforced. Without <paramref name="accords"/> there is no accord yet.</summary>
    public void Adopt(ReadOnlySpan<double> weights, ReadOnlySpan<double> tempers, ReadOnlySpan<double> steps, ReadOnlySpan<double> accords = default)
    {
        Span<double> silent = stackalloc double[Members];
        silent.Clear();
        _accord.Adopt(accords.IsEmpty ? silent : accords);
        _weightTable.Adopt(weights);
        _tempers.Adopt(tempers);
        steps.CopyTo(_steps);
        Revision++;
    }

    /// <summary>Becomes what <paramref name="other"/>, of the same size, is now, and learns on as it would.</summary>
    public void CopyFrom(Amplitudes other)
    {
        _weightTable.CopyFrom(other._weightTable);
        _tempers.CopyFrom(other._tempers);
        _accord.CopyFrom(other._accord);
        other._steps.CopyTo(_steps, 0);
        other._stepMoments.CopyTo(_stepMoments, 0);
        Revision++;
    }

    /// <summary>The running second moments of all gradients, which scale further learning: of the weights, the exponents, the steps and the accord, each in the order of its property. Allocates.</summary>
    public double[] Moments() => [.. _weightTable.Moments, .. _tempers.Moments, .. _stepMoments, .. _accord.Moments];

    /// <summary>Takes over moments learned elsewhere, as <see cref="Moments"/> gives them.</summary>
    public void AdoptMoments(ReadOnlySpan<double> moments)
    {
        var classes = Members * Classes;
        moments[..classes].CopyTo(_weightTable.Moments);
        moments.Slice(classes, classes).CopyTo(_tempers.Moments);
        moments.Slice(2 * classes, _stepMoments.Length).CopyTo(_stepMoments);
        moments[(2 * classes + _stepMoments.Length)..].CopyTo(_accord.Moments);
    }

    /// <summary>Writes the memory that a phrase begins with, d x d: |+..+>, or 1/d where it is never coherent.</summary>
    public void Start(Span<double> rho)
    {
        for (var i = 0; i < _entries; i++) rho[i] = IsKept || i / Levels == i % Levels ? 1.0 / Levels : 0;
    }

    /// <summary>
    /// Writes the weights of the members' present classes, and their rows, members x candidates without padding: s = g p^alpha, moved by <paramref name="novelty"/> (nu, 0 to 1) towards
    /// s^(1/4) scaled to the same length, so that a member's state is flattened while its weight stays. Of the accord g there is g to the power <paramref name="accord"/> (0 to 1).
    /// </summary>
    public void Temper(MemberLaws laws, double novelty, double accord, Span<double> weights, Span<double> rows)
    {
        Grow(laws);
        var flatTogether = _flatAccord.AsSpan(0, laws.Stride);
        if (novelty > 0) _accord.Factor(laws, accord * Flattened).CopyTo(flatTogether);
        var together = _accord.Factor(laws, accord);
        for (var k = 0; k < Members; k++)
        {
            weights[k] = _weightTable[k, laws.Confidence[k]];
            var temper = _tempers[k, laws.Confidence[k]];
            var row = _rows.AsSpan(0, laws.Stride);
            laws.Temper(k, temper, row);
            Multiply(row, together);
            if (novelty > 0)
            {
                var flat = _rows.AsSpan(laws.Stride, laws.Stride);
                laws.Temper(k, temper * Flattened, flat);
                Multiply(flat, flatTogether);
                var scale = Math.Sqrt(Dot(Vectors(row), Vectors(row)) / Dot(Vectors(flat), Vectors(flat)));
                for (var x = 0; x < row.Length; x++) row[x] = (1 - novelty) * row[x] + novelty * scale * flat[x];
            }

            row[..laws.Candidates].CopyTo(rows[(k * laws.Candidates)..]);
        }
    }

    /// <summary>Writes ln g, one entry a candidate, the greatest being 0.</summary>
    public void WriteAccord(MemberLaws laws, Span<double> logs)
    {
        var together = _accord.Factor(laws);
        for (var x = 0; x < logs.Length; x++) logs[x] = Math.Log(Math.Max(together[x], double.Epsilon));
    }

    /// <summary>Writes the law of the next note as the circuit would have it at full coherence, one entry a candidate, sum 1.</summary>
    public void WriteLaw(MemberLaws laws, ReadOnlySpan<double> rho, Span<double> law)
    {
        Blend(laws, rho);
        _law.AsSpan(0, laws.Candidates).CopyTo(law);
    }

    /// <summary>
    /// The note at index <paramref name="played"/> came while the memory held <paramref name="rho"/>: one gradient step at <paramref name="rate"/> (0 learns nothing). Writes the operator M of
    /// that note as it was before the step, d x d, and returns the bits that the law before the step had needed,
    /// a little being left to chance (.997 P + .003 / N).
    /// </summary>
    public double Learn(MemberLaws laws, int played, double rate, ReadOnlySpan<double> rho, Span<double> move)
    {
        var z = Blend(laws, rho);
        var p = _law[played];
        _m.AsSpan(played * _entries, _entries).CopyTo(move);
        if (rate > 0) Learn(laws, played, z, rate);
        return -Math.Log2(Surely.Mixed(p, laws.Candidates));
    }

    /// <summary>Moves a memory on by the operator of the note that came.</summary>
    public void Move(Span<double> rho, ReadOnlySpan<double> move)
    {
        var d = Levels;
        Span<double> half = stackalloc double[_entries], next = stackalloc double[_entries];
        Product(move, rho, half);
        var trace = 0.0;
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                var sum = 0.0;
                for (var l = 0; l < d; l++) sum += half[i * d + l] * move[j * d + l];
                next[i * d + j] = sum;
            }

            trace += next[i * d + i];
        }

        for (var i = 0; i < _entries; i++)
        {
            var diagonal = i / d == i % d;
            var kept = trace > 0 ? next[i] / trace : diagonal ? 1.0 / d : 0;
            rho[i] = !diagonal && !IsKept ? 0 : (1 - Depolarising) * kept + (diagonal ? Depolarising / d : 0);
        }
    }

    // Fills _rows, _m, _mRho and _law; returns Z.
    private double Blend(MemberLaws laws, ReadOnlySpan<double> rho)
    {
        var (n, e) = (laws.Candidates, _entries);
        Grow(laws);
        Array.Clear(_m, 0, n * e);
        var m = Vectors(_m);
        var together = _accord.Factor(laws);
        for (var k = 0; k < Members; k++)
        {
            var row = _rows.AsSpan(k * laws.Stride, laws.Stride);
            laws.Temper(k, _tempers[k, laws.Confidence[k]], row);
            Multiply(row, together);
            var weight = _weights[k] = _weightTable[k, laws.Confidence[k]];
            if (weight == 0) continue;
            var step = Vectors(_steps.AsSpan(k * e, e));
            for (var x = 0; x < n; x++)
            {
                var by = Vector256.Create(weight * row[x]);
                for (var i = 0; i < step.Length; i++) m[x * step.Length + i] = Vector256.FusedMultiplyAdd(by, step[i], m[x * step.Length + i]);
            }
        }

        var z = 0.0;
        for (var x = 0; x < n; x++)
        {
            Product(_m.AsSpan(x * e, e), rho, _mRho.AsSpan(x * e, e));
            z += _law[x] = Math.Max(0, Dot(Vectors(_m.AsSpan(x * e, e)), Vectors(_mRho.AsSpan(x * e, e))));
        }

        for (var x = 0; x < n; x++) _law[x] = z > 0 ? _law[x] / z : 1.0 / n;
        return z;
    }

    // M rho, both row by row.
    private void Product(ReadOnlySpan<double> m, ReadOnlySpan<double> rho, Span<double> result)
    {
        if (Levels == 4)
        {
            var rows = MemoryMarshal.Cast<double, Vector256<double>>(rho);
            var to = Vectors(result);
            for (var i = 0; i < 4; i++)
                to[i] = (rows[0] * m[4 * i]) + (rows[1] * m[4 * i + 1]) + ((rows[2] * m[4 * i + 2]) + (rows[3] * m[4 * i + 3]));
            return;
        }

        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 2; j++) result[2 * i + j] = m[2 * i] * rho[j] + m[2 * i + 1] * rho[2 + j];
        }
    }

    // G_x = -2 M_x rho (delta / w_t - 1 / Z), which takes the place of M_x.
    private void Learn(MemberLaws laws, int played, double z, double rate)
    {
        if (z <= 0 || _law[played] <= 0) return;
        var n = laws.Candidates;
        var scale = Surely.Scale(_law[played], n);
        var g = Vectors(_m);
        var mRho = Vectors(_mRho);
        var perNote = _entries / 4;
        for (var x = 0; x < n; x++)
        {
            var by = Vector256.Create(-2 * scale * ((x == played ? 1 / (_law[x] * z) : 0) - 1 / z));
            for (var i = 0; i < perNote; i++) g[x * perNote + i] = by * mRho[x * perNote + i];
        }

        for (var k = 0; k < Members; k++) LearnMember(laws, k, n, rate);
        _accord.Learn(laws, _law.AsSpan(0, n), played, 2 * scale, rate);
        Revision++;
    }

    private void LearnMember(MemberLaws laws, int k, int n, double rate)
    {
        var (e, c, g) = (_entries, laws.Confidence[k], 0);
        var row = _rows.AsSpan(k * laws.Stride, laws.Stride);
        var logs = laws.Logs(k);
        var gradients = Vectors(_m);
        var steps = Vectors(_steps.AsSpan(k * e, e));
        var sums = Vectors(_stepGradient);
        sums.Clear();
        double towards = 0, towardsTemper = 0;
        for (var x = 0; x < n; x++, g += steps.Length)
        {
            var along = Dot(gradients.Slice(g, steps.Length), steps) * row[x];
            towards += along;
            towardsTemper += along * logs[x];
            var by = Vector256.Create(row[x]);
            for (var i = 0; i < sums.Length; i++) sums[i] = Vector256.FusedMultiplyAdd(by, gradients[g + i], sums[i]);
        }

        for (var i = 0; i < e; i++)
        {
            var at = k * e + i;
            _steps[at] -= GradientStep.Length(_weights[k] * _stepGradient[i], ref _stepMoments[at], StepRate * rate);
            if (_form == MemoryForm.Classical) _steps[at] = Math.Max(0, _steps[at]);
        }

        if (_form == MemoryForm.Rotated) Orthogonalise(_steps.AsSpan(k * e, e));

        _weightTable.Learn(k, c, towards, WeightRate * rate);
        _tempers.Learn(k, c, _weights[k] * towardsTemper, TemperRate * rate);
    }

    // Rows in turn, each less what it shares with those before (Gram and Schmidt): a step of the gradient moves them little.
    private void Orthogonalise(Span<double> step)
    {
        for (var i = 0; i < Levels; i++)
        {
            var row = step.Slice(i * Levels, Levels);
            for (var j = 0; j < i; j++)
            {
                var before = step.Slice(j * Levels, Levels);
                var shared = 0.0;
                for (var l = 0; l < Levels; l++) shared += row[l] * before[l];
                for (var l = 0; l < Levels; l++) row[l] -= shared * before[l];
            }

            var length = 0.0;
            foreach (var entry in row) length += entry * entry;
            for (var l = 0; l < Levels; l++) row[l] /= Math.Sqrt(length);
        }
    }

    private void Grow(MemberLaws laws)
    {
        if (_law.Length >= laws.Most) return;
        var stride = (laws.Most + 3) & ~3;
        (_rows, _m, _mRho, _law, _flatAccord) = (new double[Math.Max(2, Members) * stride], new double[laws.Most * _entries], new double[laws.Most * _entries], new double[laws.Most], new double[stride]);
    }

    private static void Multiply(Span<double> row, ReadOnlySpan<double> by)
    {
        var to = Vectors(row);
        var factors = MemoryMarshal.Cast<double, Vector256<double>>(by);
        for (var i = 0; i < to.Length; i++) to[i] *= factors[i];
    }

    private static double Dot(ReadOnlySpan<Vector256<double>> a, ReadOnlySpan<Vector256<double>> b)
    {
        var sum = a[0] * b[0];
        for (var i = 1; i < a.Length; i++) sum = Vector256.FusedMultiplyAdd(a[i], b[i], sum);
        return Vector256.Sum(sum);
    }

    private static Span<Vector256<double>> Vectors(Span<double> numbers) => MemoryMarshal.Cast<double, Vector256<double>>(numbers);
}
