using System.Numerics;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>A classical condition on the bits read so far: it holds when the bits under the mask equal the value. Bits never written read 0. <c>default</c> always holds.</summary>
/// <param name="Mask">Which bits matter.</param>
/// <param name="Value">What they must be; bits outside the mask are 0.</param>
public readonly record struct Condition(ulong Mask, ulong Value)
{
    /// <summary>True when there is nothing to ask.</summary>
    public bool Always => Mask == 0;

    /// <summary>One bit, 0 to 63, that must have the given value.</summary>
    public static Condition OnBit(int bit, bool value = true) => new(1UL << bit, value ? 1UL << bit : 0);

    /// <summary>Whether the bits fulfil the condition.</summary>
    public bool Holds(ulong bits) => (bits & Mask) == Value;

    /// <summary>The highest bit asked for; -1 for none.</summary>
    public int HighestBit => Mask == 0 ? -1 : 63 - BitOperations.LeadingZeroCount(Mask);

    /// <summary>Picture notation, such as <c>c2&amp;!c0</c>; empty when it always holds.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        for (var bit = 63; bit >= 0; bit--)
        {
            if ((Mask >> bit & 1) != 0) parts.Add((Value >> bit & 1) != 0 ? $"c{bit}" : $"!c{bit}");
        }

        return string.Join('&', parts);
    }
}
