namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>
/// The arrays of one state: real and imaginary parts by code in whole blocks of eight, a second pair for moves, and room for sums. The pairs start in different cache sets.
/// </summary>
internal sealed unsafe class Amplitudes
{
    /// <summary>Sums of a draw, each of eight lanes.</summary>
    internal const int MostSums = 128;

    private const int Apart = 264;
    private readonly AlignedDoubles _store, _scratch;
    private AlignedDoubles? _other;

    internal Amplitudes(int qubits)
    {
        Qubits = qubits;
        Blocks = Math.Max(1, 1 << qubits >> 3);
        _store = new AlignedDoubles((2 * Size) + Apart);
        _scratch = new AlignedDoubles((8 * MostSums) + Math.Max(8, Blocks));
        Re = _store.At;
        Im = Re + Size + Apart;
    }

    internal int Qubits { get; }

    internal int Blocks { get; }

    internal int Size => 8 * Blocks;

    internal double* Re { get; private set; }

    internal double* Im { get; private set; }

    /// <summary>The second pair; null until <see cref="MakeRoom"/>.</summary>
    internal double* OtherRe { get; private set; }

    internal double* OtherIm { get; private set; }

    /// <summary>Makes the second pair when it is not there yet.</summary>
    internal void MakeRoom()
    {
        if (OtherRe != null) return;
        _other = new AlignedDoubles((2 * Size) + Apart);
        OtherRe = _other.At;
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
