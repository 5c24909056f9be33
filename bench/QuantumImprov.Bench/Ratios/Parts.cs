using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
namespace QuantumImprov.Bench.Ratios;
internal static class Parts
{
    internal static void Run(int only)
    {
        double Rate()
        {
            var spin = Timing.Measure(() => Spin(), seconds: .2);
            return 20000 / spin.MedianMicroseconds / 1000;
        }
        foreach (var n in (int[])[5, 6, 8, 10, 12, 16])
        {
            if (only > 0 && n != only) continue;
            if (Environment.GetEnvironmentVariable("ONLY") is { } what)
            {
                var p1 = new CircuitPlan(LayeredCircuits.Rings(n)); var s1 = new StateVector(n); var a1 = RingCase.AngleSets(p1.Angles); var r1 = new Xoshiro(1); var k1 = 0;
                Console.WriteLine(Timing.Measure(() => { if (what == "bind") p1.Bind(a1[k1++ & 63]); else p1.Sample(s1, r1); }, seconds: 3).MedianMicroseconds); continue;
            }

            var r0 = Rate();
            var circuit = LayeredCircuits.Rings(n);
            var plan = new CircuitPlan(circuit);
            var state = new StateVector(n);
            var sets = RingCase.AngleSets(plan.Angles);
            var k = 0;
            var random = new Xoshiro(1);
            var bind = Timing.Measure(() => plan.Bind(sets[k++ & 63]));
            var sample = Timing.Measure(() => plan.Sample(state, random));
            var clear = Timing.Measure(() => state.Clear());
            var both = Timing.Measure(() => { plan.Bind(sets[k++ & 63]); plan.Sample(state, random); });
            var rate = (r0 + Rate()) / 2 / 3.7;
            Console.WriteLine($"{n}: rate {rate:F2} norm {both.MedianMicroseconds * rate:F3} bind {bind.MedianMicroseconds * rate:F3} sample {sample.MedianMicroseconds * rate:F3} | both {both.MedianMicroseconds:F3} bind {bind.MedianMicroseconds:F3} sample {sample.MedianMicroseconds:F3} clear {clear.MedianMicroseconds:F3}");
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static double Spin()
    {
        var (a, b) = (System.Runtime.Intrinsics.Vector512.Create(.999), System.Runtime.Intrinsics.Vector512.Create(1e-3));
        var (v0, v1, v2, v3, v4, v5, v6, v7) = (a, b, a, b, a, b, a, b);
        for (var i = 0; i < 2500; i++)
        {
            v0 = System.Runtime.Intrinsics.Vector512.FusedMultiplyAdd(v0, a, b); v1 = System.Runtime.Intrinsics.Vector512.FusedMultiplyAdd(v1, a, b);
            v2 = System.Runtime.Intrinsics.Vector512.FusedMultiplyAdd(v2, a, b); v3 = System.Runtime.Intrinsics.Vector512.FusedMultiplyAdd(v3, a, b);
            v4 = System.Runtime.Intrinsics.Vector512.FusedMultiplyAdd(v4, a, b); v5 = System.Runtime.Intrinsics.Vector512.FusedMultiplyAdd(v5, a, b);
            v6 = System.Runtime.Intrinsics.Vector512.FusedMultiplyAdd(v6, a, b); v7 = System.Runtime.Intrinsics.Vector512.FusedMultiplyAdd(v7, a, b);
        }

        return System.Runtime.Intrinsics.Vector512.Sum(v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7);
    }
}
