using System.Runtime.InteropServices;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Bank;

/// <summary>
/// The coins that accept or refuse shots: the generator here, or, when pure, fair bits that came from coin qubits of the same jobs. Allocates nothing but when bits are added. [engine]
/// </summary>
/// <param name="pure">Whether only the devices' bits count.</param>
public sealed class AcceptCoins(bool pure)
{
    // A choice takes some twenty; of one that takes more than there is room for the list grows.
    private const int Capacity = 1 << 20, UsualCount = 4096;

    private readonly BitQueue _bits = new(pure ? Capacity : 1);
    private readonly List<bool> _counted = new(pure ? UsualCount : 0);

    /// <summary>Whether only the devices' bits count.</summary>
    public bool IsPure => pure;

    /// <summary>Fair bits in stock.</summary>
    public int Level => _bits.Count;

    /// <summary>Fair bits used so far.</summary>
    public long Used { get; private set; }

    /// <summary>Pure coins that have fallen already.</summary>
    internal AcceptCoins(ReadOnlySpan<bool> falls)
        : this(pure: true)
    {
        foreach (var fall in falls) _bits.Add(fall);
    }

    /// <summary>The fair bits used since <see cref="BeginCounting"/>, in order.</summary>
    internal ReadOnlySpan<bool> Counted => CollectionsMarshal.AsSpan(_counted);

    /// <summary>A choice begins.</summary>
    internal void BeginCounting() => _counted.Clear();

    /// <summary>Takes the fair bits of a batch's coin qubits, each qubit a coin of its own; once a batch.</summary>
    public void Add(ShotBatch batch)
    {
        if (!pure || batch.CoinsTaken) return;
        batch.CoinsTaken = true;
        var falls = new bool[batch.Words.Length];
        var fair = new List<bool>(falls.Length);
        for (var coin = 0; coin < batch.Spec.Coins; coin++)
        {
            for (var i = 0; i < falls.Length; i++) falls[i] = (batch.Spec.Read(batch.Words[i]).Coins >> coin & 1) != 0;
            Debiasing.Extract(falls, fair);
        }

        foreach (var bit in fair) _bits.Add(bit);
    }

    /// <summary>
    /// Yes with probability <paramref name="chance"/>, exactly. From bits it costs two on average: they are compared with the binary digits of the chance until one differs.
    /// </summary>
    public Fall Flip(double chance, Xoshiro random)
    {
        if (chance >= 1) return Fall.Yes;
        if (chance <= 0) return Fall.No;
        if (!pure) return random.NextDouble() < chance ? Fall.Yes : Fall.No;
        while (true)
        {
            if (!_bits.TryTake(out var bit)) return Fall.Unknown;
            Used++;
            _counted.Add(bit);
            chance *= 2;
            var digit = chance >= 1;
            if (digit) chance -= 1;
            if (bit != digit) return digit ? Fall.Yes : Fall.No;
            if (chance == 0) return Fall.No;
        }
    }
}
