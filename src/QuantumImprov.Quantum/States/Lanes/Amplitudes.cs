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

    /// <summary>The second pair; made when first asked for.</summary>
    internal void Other(out double* re, out double* im)
    {
        _other ??= new AlignedDoubles((2 * Size) + Apart);
        var first = Re == _store.At;
        var at = first ? _other.At : _store.At;
        re = at;
        im = at + Size + Apart;
    }

    internal double* Sums => _scratch.At;

    /// <summary>One number a block.</summary>
    internal double* Weights => _scratch.At + (8 * MostSums);

    /// <summary>The second pair becomes the first.</summary>
    internal void Swap()
    {
        Other(out var re, out var im);
        Re = re;
        Im = im;
    }
}
