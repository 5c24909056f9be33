namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>
/// The arrays of one state: real and imaginary parts by code in whole blocks of eight, a second pair for moves, and room for sums. A small state has both pairs from the start.
/// </summary>
internal sealed unsafe class Amplitudes
{
    /// <summary>Sums of a draw, each of eight lanes.</summary>
    internal const int MostSums = 128;

    // Four arrays a quarter of a page apart, so that no load waits for a store that only looks like its own.
    private const int Apart = 128, SmallSize = 4096;
    private readonly AlignedDoubles _store, _scratch;
    private AlignedDoubles? _other;

    internal Amplitudes(int qubits)
    {
        Qubits = qubits;
        Blocks = Math.Max(1, 1 << qubits >> 3);
        var small = Size <= SmallSize;
        _store = new AlignedDoubles((small ? 2 : 1) * Pair);
        _scratch = new AlignedDoubles((8 * MostSums) + Math.Max(8, Blocks));
        Re = _store.At;
        Im = Re + Size + Apart;
        if (!small) return;
        OtherRe = Re + Pair;
        OtherIm = Im + Pair;
    }

    internal int Qubits { get; }

    internal int Blocks { get; }

    internal int Size => 8 * Blocks;

    private int Pair => 2 * (Size + Apart);

    internal double* Re { get; private set; }

    internal double* Im { get; private set; }

    /// <summary>The second pair; null until <see cref="MakeRoom"/>.</summary>
    internal double* OtherRe { get; private set; }

    internal double* OtherIm { get; private set; }

    /// <summary>Makes the second pair when it is not there yet.</summary>
    internal void MakeRoom()
    {
        if (OtherRe != null) return;
        _other = new AlignedDoubles(Pair + (2 * Apart));
        OtherRe = _other.At + (2 * Apart);
        OtherIm = OtherRe + Size + Apart;
    }

    internal double* Sums => _scratch.At;

    /// <summary>One number a block.</summary>
    internal double* Weights => _scratch.At + (8 * MostSums);

    /// <summary>Code 0 in the first block; the others keep what they have.</summary>
    internal void ClearFirstBlock()
    {
        new Span<double>(Re, 8).Clear();
        new Span<double>(Im, 8).Clear();
        *Re = 1;
    }

    /// <summary>The second pair becomes the first.</summary>
    internal void Swap()
    {
        var (re, im) = ((nint)Re, (nint)Im);
        Re = OtherRe;
        Im = OtherIm;
        OtherRe = (double*)re;
        OtherIm = (double*)im;
    }
}
