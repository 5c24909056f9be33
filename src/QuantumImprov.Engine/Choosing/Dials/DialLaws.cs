using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumImprov.Engine.Choosing.Dials;

/// <summary>
/// One context's law at any turn of one dial, in closed form from a few sums a candidate. With L and S the parts of M_x of the members that the phase leaves and turns and F_x the operator of the
/// flattened members: tr(L rho L^T) + tr(S rho S^T) + 2 cos(phase) tr(L rho S^T) when coherent, times what the phase leaves of the accord, sum_k a_k^2 s_k(x)^2 tr(V_k diag(rho) V_k^T) when dephased, and
/// (1 - nu)^2 tr(M rho M^T) + 2 nu (1 - nu) tr(M rho F^T) + nu^2 tr(F rho F^T) when something new is wanted. Allocates nothing after construction. [engine]
/// </summary>
public sealed class DialLaws
{
    private readonly Amplitudes _amplitudes;
    private readonly int _entries, _room;
    private readonly bool[] _phased;
    private readonly double[] _rows, _flat, _weights, _own, _cross, _apart, _both, _new, _accord, _part, _short, _flattened, _turned;
    private int _first;

    /// <summary>Room for <paramref name="mostCandidates"/>; the members marked <paramref name="turned"/> are those the phase turns.</summary>
    public DialLaws(Amplitudes amplitudes, ReadOnlySpan<bool> turned, int mostCandidates)
    {
        if (amplitudes.Levels != 4) throw new ArgumentException($"The memory has {amplitudes.Levels} levels; 4 are needed.", nameof(amplitudes));
        (_amplitudes, _phased, _entries, _room) = (amplitudes, turned.ToArray(), amplitudes.Levels * amplitudes.Levels, mostCandidates);
        (_rows, _flat, _weights) = (new double[amplitudes.Members * mostCandidates], new double[amplitudes.Members * mostCandidates], new double[amplitudes.Members]);
        (_own, _cross, _apart, _both, _new, _accord) = (new double[_room], new double[_room], new double[_room], new double[_room], new double[_room], new double[_room]);
        (_part, _short, _flattened, _turned) = (new double[_entries], new double[_entries], new double[_entries], new double[_entries]);
    }

    /// <summary>Candidates of the context last taken.</summary>
    public int Candidates { get; private set; }

    /// <summary>Half the sum of absolute differences, 0 to 1.</summary>
    public static double Variation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return sum / 2;
    }

    /// <summary>Works out the sums of a context: what the members say, with a memory that holds <paramref name="rho"/>, 4 x 4 and real.</summary>
    public void Take(MemberLaws laws, ReadOnlySpan<double> rho) => Take(laws, rho, 0, laws.Candidates);

    /// <summary>The same for <paramref name="count"/> of the candidates from <paramref name="first"/> on, as if there were no others.</summary>
    public void Take(MemberLaws laws, ReadOnlySpan<double> rho, int first, int count)
    {
        var n = laws.Candidates;
        (Candidates, _first) = (count, first);
        _amplitudes.Temper(laws, 0, 1, _weights, _rows);
        _amplitudes.Temper(laws, 1, 1, _weights, _flat);
        _amplitudes.WriteAccord(laws, _accord.AsSpan(0, n));
        Span<double> reached = stackalloc double[_weights.Length];
        for (var k = 0; k < reached.Length; k++) reached[k] = _weights[k] * _weights[k] * Reached(k, rho);
        var part = Vectors(_part);
        var other = Vectors(_short);
        var flattened = Vectors(_flattened);
        for (var x = 0; x < count; x++)
        {
            part.Clear();
            other.Clear();
            flattened.Clear();
            var apart = 0.0;
            for (var k = 0; k < _weights.Length; k++)
            {
                var step = Vectors(_amplitudes.Steps.Slice(k * _entries, _entries));
                var s = _rows[k * n + first + x];
                apart += s * s * reached[k];
                Add(_phased[k] ? other : part, step, _weights[k] * s);
                Add(flattened, step, _weights[k] * _flat[k * n + first + x]);
            }

            _apart[x] = apart;
            Turn(other, rho);
            var (ofShort, between) = (Dot(other, Vectors(_turned)), 2 * Dot(part, Vectors(_turned)));
            Turn(part, rho);
            _own[x] = Dot(part, Vectors(_turned)) + ofShort;
            _cross[x] = between;
            Turn(flattened, rho);
            _new[x] = Dot(flattened, Vectors(_turned));
            _both[x] = 2 * (Dot(part, Vectors(_turned)) + Dot(other, Vectors(_turned)));
        }
    }

    /// <summary>Writes the law with one dial turned, sum 1; with novelty the other two must stand at 1 and 0.</summary>
    public void Write(LawTurn turn, Span<double> law)
    {
        // The sums hold the whole accord, squared as a law has it.
        var (c, cos, nu, faded) = (turn.Coherence, Math.Cos(turn.Phase), turn.Novelty, 2 * (1 - turn.Accord));
        var sum = 0.0;
        for (var x = 0; x < Candidates; x++)
        {
            var coherent = _own[x] + cos * _cross[x];
            if (nu > 0) coherent = (1 - nu) * (1 - nu) * coherent + nu * (1 - nu) * _both[x] + nu * nu * _new[x];
            var whole = Math.Max(0, c * coherent + (1 - c) * _apart[x]);
            sum += law[x] = faded > 0 ? whole * Math.Exp(-faded * _accord[_first + x]) : whole;
        }

        for (var x = 0; x < Candidates; x++) law[x] = sum > 0 ? law[x] / sum : 1.0 / Candidates;
    }

    /// <summary>
    /// Moves a memory on past candidate <paramref name="played"/> of the context last taken whole, with this very memory: c M rho M^T + (1 - c) times the diagonal of what the members
    /// apart would leave, scaled to trace 1, then depolarised.
    /// </summary>
    public void Move(int played, double coherence, Span<double> rho)
    {
        var m = Vectors(_part);
        m.Clear();
        Span<double> next = stackalloc double[_entries];
        Span<double> apart = stackalloc double[4];
        apart.Clear();
        for (var k = 0; k < _weights.Length; k++)
        {
            var size = _weights[k] * _rows[k * Candidates + played];
            Add(m, Vectors(_amplitudes.Steps.Slice(k * _entries, _entries)), size);
            for (var i = 0; i < _entries; i++)
            {
                var v = _amplitudes.Steps[k * _entries + i];
                apart[i / 4] += size * size * v * v * rho[i % 4 * 5];
            }
        }

        Turn(m, rho);
        var trace = 0.0;
        for (var i = 0; i < _entries; i++)
        {
            next[i] = coherence * Vector256.Sum(Vectors(_turned)[i / 4] * m[i % 4]) + (i % 5 == 0 ? (1 - coherence) * apart[i / 4] : 0);
            if (i % 5 == 0) trace += next[i];
        }

        for (var i = 0; i < _entries; i++)
        {
            var even = i % 5 == 0 ? .25 : 0;
            rho[i] = trace > 0 ? (1 - Amplitudes.Depolarising) * next[i] / trace + Amplitudes.Depolarising * even : even;
        }
    }

    // tr(V_k diag(rho) V_k^T)
    private double Reached(int k, ReadOnlySpan<double> rho)
    {
        var sum = 0.0;
        for (var i = 0; i < _entries; i++)
        {
            var v = _amplitudes.Steps[k * _entries + i];
            sum += v * v * rho[i % 4 * 5];
        }

        return sum;
    }

    private static void Add(Span<Vector256<double>> to, ReadOnlySpan<Vector256<double>> step, double by)
    {
        var all = Vector256.Create(by);
        for (var i = 0; i < 4; i++) to[i] = Vector256.FusedMultiplyAdd(all, step[i], to[i]);
    }

    // _turned = m rho
    private void Turn(ReadOnlySpan<Vector256<double>> m, ReadOnlySpan<double> rho)
    {
        var rows = MemoryMarshal.Cast<double, Vector256<double>>(rho);
        var to = Vectors(_turned);
        for (var i = 0; i < 4; i++) to[i] = rows[0] * m[i][0] + rows[1] * m[i][1] + (rows[2] * m[i][2] + rows[3] * m[i][3]);
    }

    private static double Dot(ReadOnlySpan<Vector256<double>> a, ReadOnlySpan<Vector256<double>> b) =>
        Vector256.Sum(Vector256.FusedMultiplyAdd(a[0], b[0], a[1] * b[1]) + Vector256.FusedMultiplyAdd(a[2], b[2], a[3] * b[3]));

    private static Span<Vector256<double>> Vectors(double[] numbers) => MemoryMarshal.Cast<double, Vector256<double>>(numbers.AsSpan());

    private static ReadOnlySpan<Vector256<double>> Vectors(ReadOnlySpan<double> numbers) => MemoryMarshal.Cast<double, Vector256<double>>(numbers);
}
