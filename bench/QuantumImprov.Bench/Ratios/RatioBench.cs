using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Bench.Ratios;

internal static class RatioBench
{
    internal static int Run(string[] args) { if (args is ["parts", ..]) { Parts.Run(args.Length > 1 ? int.Parse(args[1]) : 0); return 0; } return Runx(args); }
    internal static int Runx(string[] args)
    {
        foreach (var n in (int[])[5, 6, 8, 10, 12, 16])
        {
            var plain = new RingCase(LayeredCircuits.Rings(n));
            var f = Timing.Measure(() => plain.Run());
            Console.Write($"w1-{n}: {f.MedianMicroseconds:F3} p99 {f.P99Microseconds:F3} {f.AllocatedBytes} B");
            foreach (var c in new[] { LayeredCircuits.Permuted(n, new Xoshiro(3)), LayeredCircuits.Perturbed(n, new Xoshiro(4)) })
            {
                var other = new RingCase(c);
                Console.Write($"  {Timing.Measure(() => other.Run(), seconds: .5).MedianMicroseconds / f.MedianMicroseconds:F2} ({new CircuitPlan(c).Passes})");
            }

            foreach (var w in (VectorWidth[])[VectorWidth.Bits256, VectorWidth.Bits128])
            {
                var other = new RingCase(LayeredCircuits.Rings(n), w);
                Console.Write($"  {w} {Timing.Measure(() => other.Run(), seconds: .5).MedianMicroseconds:F3}");
            }

            Console.WriteLine();
        }

        return 0;
    }
}
