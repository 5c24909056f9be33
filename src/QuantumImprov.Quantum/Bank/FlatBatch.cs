using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Bank;

/// <summary>The shots of one circuit of one job in a flat bank. Immutable.</summary>
/// <param name="Number">Its number in the file, never given to another.</param>
/// <param name="Stock">The place of its <see cref="FlatStock"/>.</param>
/// <param name="Job">The vendor's name of the job.</param>
/// <param name="Circuit">The circuit's place in the job.</param>
/// <param name="TakenAt">When the results were there.</param>
/// <param name="Slots">A <see cref="FlatSlot"/> for each shot, taken or not.</param>
public sealed record FlatBatch(ulong Number, int Stock, string Job, int Circuit, DateTimeOffset TakenAt, ImmutableArray<uint> Slots)
{
    /// <summary>Shots that nobody has taken.</summary>
    public int Left
    {
        get
        {
            var left = 0;
            for (var i = 0; i < Slots.Length; i++) left += FlatSlot.TryRead(Slots[i], Number, i, out _) ? 1 : 0;
            return left;
        }
    }

    /// <summary>The classical bits of those that nobody has taken, in order.</summary>
    public IEnumerable<ulong> Free()
    {
        for (var i = 0; i < Slots.Length; i++)
        {
            if (FlatSlot.TryRead(Slots[i], Number, i, out var word)) yield return word;
        }
    }
}
