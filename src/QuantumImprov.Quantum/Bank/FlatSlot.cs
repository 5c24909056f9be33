namespace QuantumImprov.Quantum.Bank;

/// <summary>
/// The 32 bits of one shot in a flat bank: its classical bits (16), a check that ties them to their place in their batch (15), and on top whether it is taken. Who takes a shot sets that bit in the file before using the shot; who gives it back
/// clears it. Pure.
/// </summary>
public static class FlatSlot
{
    /// <summary>The most classical bits of a shot.</summary>
    public const int MostBits = 16;

    private const uint Taken = 1u << 31;

    /// <summary>A slot that nobody has taken.</summary>
    /// <param name="word">The shot's classical bits, at most <see cref="MostBits"/>.</param>
    /// <param name="batch">The batch's number.</param>
    /// <param name="place">The shot's place in the batch, from 0.</param>
    public static uint Pack(ulong word, ulong batch, int place) => (uint)word & 0xFFFF | Check((uint)word & 0xFFFF, batch, place) << 16;

    /// <summary>The slot as whoever takes it leaves it.</summary>
    public static uint Take(uint slot) => slot | Taken;

    /// <summary>The slot as it was before it was taken.</summary>
    public static uint GiveBack(uint slot) => slot & ~Taken;

    /// <summary>The shot in a slot that is free; false when it is taken or damaged.</summary>
    public static bool TryRead(uint slot, ulong batch, int place, out ulong word)
    {
        word = slot & 0xFFFF;
        return (slot & Taken) == 0 && slot >> 16 == Check(slot & 0xFFFF, batch, place);
    }

    private static uint Check(uint word, ulong batch, int place)
    {
        var mixed = (word + 1) * 0x9E3779B97F4A7C15UL ^ (batch + 1) * 0xC2B2AE3D27D4EB4FUL ^ ((ulong)place + 1) * 0x165667B19E3779F9UL;
        mixed = (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9UL;
        return (uint)(mixed >> 40) & 0x7FFF;
    }
}
