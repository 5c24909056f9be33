using QuantumImprov.Engine.Playing;
using QuantumImprov.Quantum.Bank;

namespace QuantumImprov.Plugin.Shots;

/// <summary>
/// Shots of one edition that are claimed and not used yet: the worker puts them in, the audio thread takes them out, neither waits. Each item holds the shot's bits and where it lies in the file, so that what is left can be given back.
/// </summary>
internal sealed class ShotRing : IShotFeed
{
    /// <summary>The most shots claimed at a time, and how many are claimed of an edition before its use is known.</summary>
    internal const int Most = 512, First = 64;

    /// <summary>Batches with greater numbers, and places beyond, are left alone.</summary>
    internal const int MostNumber = 1 << 24;

    private readonly SpscRing<ulong> _ring = new(Most);

    /// <summary>Names the edition in the file.</summary>
    internal required ulong Key { get; init; }

    /// <summary>How many the worker keeps here. [worker]</summary>
    internal int Target { get; set; } = First;

    /// <summary>Whether the file had no more the last time. [worker]</summary>
    internal bool IsExhausted { get; set; }

    /// <inheritdoc/>
    public int Level => _ring.Count;

    /// <summary>Whether the worker is to claim more. [worker]</summary>
    internal bool Wants => Level < Target * 3 / 4;

    /// <inheritdoc/>
    public ulong Take() => _ring.TryRead(out var item) ? item & 0xFFFF : ulong.MaxValue;

    /// <summary>Puts a claimed shot in; there is room up to <see cref="Most"/>. [worker]</summary>
    internal void Put(ulong word, int batch, int place) => _ring.TryWrite(word | (ulong)batch << 16 | (ulong)place << 40);

    /// <summary>Takes one out to give it back; false when none is left. [main], while neither thread runs.</summary>
    internal bool TryTakeBack(out int batch, out int place)
    {
        var found = _ring.TryRead(out var item);
        (batch, place) = ((int)(item >> 16) & (MostNumber - 1), (int)(item >> 40));
        return found;
    }
}
