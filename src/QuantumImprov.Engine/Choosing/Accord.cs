using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// What all members say together: a factor g(x) = prod_k p_k(x)^gamma_k, one learned exponent a member whatever its class, by which every member's state is damped when it is loaded. It multiplies the law by g(x)^2
/// and leaves the memory alone: a sum of amplitudes knows what some member holds for likely, a product what none holds for unlikely. Allocates nothing after the first note. [engine]
/// </summary>
internal sealed class Accord(int members)
{
    private const double Rate = .03, Most = 3;
    private readonly ClassTable _exponents = new(members, 1, 0, -Most, Most);
    private double[] _factor = [];

    /// <summary>gamma, one number a member.</summary>
    internal ReadOnlySpan<double> Exponents => _exponents.Values;

    /// <summary>The running second moments of their gradients.</summary>
    internal Span<double> Moments => _exponents.Moments;

    internal void Adopt(ReadOnlySpan<double> exponents) => _exponents.Adopt(exponents);

    internal void CopyFrom(Accord other) => _exponents.CopyFrom(other._exponents);

    /// <summary>g to the power <paramref name="share"/>, the greatest being 1; 0 in the padding. Valid until it is asked again.</summary>
    internal ReadOnlySpan<double> Factor(MemberLaws laws, double share = 1)
    {
        if (_factor.Length < laws.Stride) _factor = new double[(laws.Most + 3) & ~3];
        var factor = _factor.AsSpan(0, laws.Stride);
        var sums = MemoryMarshal.Cast<double, Vector256<double>>(factor);
        sums.Clear();
        for (var k = 0; k < members; k++)
        {
            var logs = MemoryMarshal.Cast<double, Vector256<double>>(laws.Logs(k));
            var exponent = Vector256.Create(share * _exponents[k, 0]);
            for (var i = 0; i < sums.Length; i++) sums[i] = Vector256.FusedMultiplyAdd(exponent, logs[i], sums[i]);
        }

        var greatest = double.NegativeInfinity;
        foreach (var sum in factor[..laws.Candidates]) greatest = Math.Max(greatest, sum);
        factor[laws.Candidates..].Fill(greatest);
        var highest = Vector256.Create(greatest);
        foreach (ref var sum in sums) sum = Vector256.Exp(sum - highest);
        factor[laws.Candidates..].Clear();
        return factor;
    }

    /// <summary>One gradient step after the candidate at <paramref name="played"/> came, which <paramref name="law"/> had foretold.</summary>
    /// <param name="laws">What the members had said.</param>
    /// <param name="law">One entry a candidate.</param>
    /// <param name="played">Which came.</param>
    /// <param name="scale">Of the derivative of ln P, with the power of the sum that g stands in: 2 for amplitudes.</param>
    /// <param name="rate">Of the step.</param>
    internal void Learn(MemberLaws laws, ReadOnlySpan<double> law, int played, double scale, double rate)
    {
        for (var k = 0; k < members; k++)
        {
            var logs = laws.Logs(k);
            var mean = 0.0;
            for (var x = 0; x < law.Length; x++) mean += law[x] * logs[x];
            _exponents.Learn(k, 0, -scale * (logs[played] - mean), Rate * rate);
        }
    }
}
