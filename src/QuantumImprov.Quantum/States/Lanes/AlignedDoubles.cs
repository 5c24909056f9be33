using System.Runtime.CompilerServices;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>Doubles at an address divisible by 64 that never moves. Allocated once, zero at first.</summary>
internal sealed unsafe class AlignedDoubles
{
    private readonly double[] _store;
    private readonly int _at;

    internal AlignedDoubles(int length)
    {
        Length = length;
        _store = GC.AllocateArray<double>(length + 8, pinned: true);
        var start = (nint)Unsafe.AsPointer(ref _store[0]);
        _at = (int)((((start + 63) & ~63) - start) / sizeof(double));
        At = (double*)Unsafe.AsPointer(ref _store[_at]);
    }

    internal int Length { get; }

    /// <summary>The first number. Whoever holds the pointer must hold this object.</summary>
    internal double* At { get; }

    internal Span<double> Span => _store.AsSpan(_at, Length);
}
