using System.Numerics;
using CsCheck;
using QuantumImprov.Quantum.Chains.Walk;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Circuits;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Walk;

/// <summary>What the theory says of the walk's one step U, read from its circuit; eigenphases and traces on reversible tables only.</summary>
public sealed class SzegedySpectrumTests
{
    /// <summary>U on the pairs of states: the circuit of two steps after that of one step undone. Pair (i, k) is entry i n + k.</summary>
    private static Complex[,] Step(double[] table, int states)
    {
        var step = new SzegedyStep(states);
        step.Prepare(table, states, 1, WalkForm.AsGiven);
        var one = Unread(step.ToCircuit());
        step.Prepare(table, states, 2, WalkForm.AsGiven);
        var two = Unread(step.ToCircuit());
        var whole = DenseReference.Unitary(new CircuitBuilder(two.Qubits).Append(one.Inverse()).Append(two).Build());

        var shift = 1 << (two.Qubits / 2);
        var used = new Complex[states * states, states * states];
        for (var r = 0; r < states * states; r++)
        {
            for (var c = 0; c < states * states; c++) used[r, c] = whole[(r / states * shift) + (r % states), (c / states * shift) + (c % states)];
        }

        return used;
    }

    private static Circuit Unread(Circuit circuit) => new(circuit.Qubits, 0, [.. circuit.Operations.Where(o => o.Gate.IsUnitary)]);

    private static double[] Traces(Complex[,] u, int most)
    {
        var (power, traces) = (u, new double[most + 1]);
        for (var k = 1; k <= most; k++)
        {
            for (var i = 0; i < u.GetLength(0); i++) traces[k] += power[i, i].Real;
            power = Matrices.Times(power, u);
        }

        return traces;
    }

    /// <summary>Eigenvalues of D_ij = sqrt(P_ij P_ji) by Jacobi's rotations.</summary>
    private static double[] Eigenvalues(double[] table, int n)
    {
        var d = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) d[i, j] = Math.Sqrt(table[(i * n) + j] * table[(j * n) + i]);
        }

        for (var sweep = 0; sweep < 60; sweep++)
        {
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    if (d[p, q] == 0) continue;
                    var angle = .5 * Math.Atan2(2 * d[p, q], d[q, q] - d[p, p]);
                    var (sin, cos) = Math.SinCos(angle);
                    for (var k = 0; k < n; k++) (d[p, k], d[q, k]) = ((cos * d[p, k]) - (sin * d[q, k]), (sin * d[p, k]) + (cos * d[q, k]));
                    for (var k = 0; k < n; k++) (d[k, p], d[k, q]) = ((cos * d[k, p]) - (sin * d[k, q]), (sin * d[k, p]) + (cos * d[k, q]));
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => d[i, i]).OrderDescending()];
    }

    [Fact]
    public void The_sample_walk_has_the_reference_traces()
    {
        var traces = Traces(Step(WalkTables.Sample, 3), 6);
        double[] expected = [0, -.2, 1.4, -3.176, 7.5312, 1.95808, 3.85952];
        for (var k = 1; k <= 6; k++) Assert.Equal(expected[k], traces[k], 1e-9);
    }

    [Fact]
    public void The_sample_table_has_the_eigenvalues_of_the_reference()
    {
        var eigenvalues = Eigenvalues(WalkTables.Sample, 3);
        double[] expected = [1, .3, .1];
        for (var i = 0; i < 3; i++) Assert.Equal(expected[i], eigenvalues[i], 1e-12);
    }

    [Fact]
    public void On_reversible_tables_the_eigenphases_are_those_that_follow_from_the_table() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 4]).Sample(
            (seed, n) =>
            {
                // The traces of the first n^2 powers determine all n^2 eigenvalues, multiplicities included.
                var table = WalkTables.RandomReversible(seed, n);
                Assert.True(WalkTable.IsReversible(table, n));
                var u = Step(table, n);
                Matrices.AssertIdentity(Matrices.Times(Matrices.Adjoint(u), u), "U is unitary");
                var eigenvalues = Eigenvalues(table, n);
                Assert.Equal(1, eigenvalues[0], 1e-9);
                var traces = Traces(u, n * n);
                for (var k = 1; k <= n * n; k++)
                {
                    var expected = 1 + ((n - 1) * (n - 2) / 2) + ((k % 2 == 0 ? 1 : -1) * n * (n - 1) / 2) + eigenvalues.Skip(1).Sum(x => 2 * Math.Cos(k * Math.Acos(Math.Clamp(x, -1, 1))));
                    Assert.Equal(expected, traces[k], 1e-6);
                }

                // sum_i sqrt(pi_i)|psi_i> stays as it is.
                var pi = new double[n];
                Assert.True(WalkTable.Stationary(table, n, pi));
                for (var r = 0; r < n * n; r++)
                {
                    var moved = Complex.Zero;
                    for (var c = 0; c < n * n; c++) moved += u[r, c] * Math.Sqrt(pi[c / n] * table[c]);
                    Assert.Equal(Math.Sqrt(pi[r / n] * table[r]), moved.Real, 1e-9);
                }
            },
            iter: 25);

    [Fact]
    public void On_a_table_that_is_not_reversible_the_step_is_unitary_but_the_stationary_vector_moves()
    {
        double[] oneWay = [.1, .8, .1, .1, .1, .8, .8, .1, .1];
        Assert.False(WalkTable.IsReversible(oneWay, 3));
        var u = Step(oneWay, 3);
        Matrices.AssertIdentity(Matrices.Times(Matrices.Adjoint(u), u), "U is unitary");
        var overlap = 0.0;
        for (var r = 0; r < 9; r++)
        {
            for (var c = 0; c < 9; c++) overlap += Math.Sqrt(oneWay[r] / 3) * u[r, c].Real * Math.Sqrt(oneWay[c] / 3);
        }

        Assert.True(overlap < .9, $"overlap {overlap}");
    }
}
