using System.Numerics;

namespace QuantumImprov.Quantum.Preparation;

/// <summary>
/// A multiplexed rotation as a chain of plain rotations and CX gates (Mottonen and others, 2004): rotation i by alpha_i, then a CX whose control is the one bit in which the Gray codes
/// i and i + 1 differ; alpha_i = 2^-c sum_j (-1)^(j . g_i) theta_j with g_i = i xor i/2. Pure; nothing is allocated.
/// </summary>
public static class GrayCode
{
    /// <summary>Turns the angles of a multiplexor into those of the chain, in place.</summary>
    /// <param name="angles">theta_j by control code; a power of two of them. Afterwards alpha_i.</param>
    /// <param name="scratch">As long as the angles.</param>
    public static void Transform(Span<double> angles, Span<double> scratch)
    {
        for (var half = 1; half < angles.Length; half <<= 1)
        {
            for (var i = 0; i < angles.Length; i++)
            {
                if ((i & half) != 0) continue;
                (angles[i], angles[i | half]) = (angles[i] + angles[i | half], angles[i] - angles[i | half]);
            }
        }

        angles.CopyTo(scratch);
        for (var i = 0; i < angles.Length; i++) angles[i] = scratch[i ^ (i >> 1)] / angles.Length;
    }

    /// <summary>Which control the CX after rotation <paramref name="i"/> has, when there are <paramref name="controls"/> of them (at least 1).</summary>
    public static int ControlAfter(int i, int controls) => Math.Min(BitOperations.TrailingZeroCount(i + 1), controls - 1);
}
