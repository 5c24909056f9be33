using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>A sweep as its kernels see it: where its index arithmetic and its numbers lie.</summary>
internal unsafe struct BoundSweep
{
    internal int Blocks, Classes, Qubits, Turned;

    /// <summary>What is added to the source code: constant flips and the whole quarter turns of the sweep before.</summary>
    internal int Shift;

    internal int SourceOfZero;
    internal bool HasHeir;
    internal PermutedRead* Read;
    internal int* Low, High;
    internal ushort* ClassOf;

    /// <summary>For each byte of the source code the goal bits whose parity it is.</summary>
    internal int* BackBytes;

    /// <summary>Of the half angles: tangents or sines, and cosines.</summary>
    internal double* Sin, Cos;

    /// <summary>Of the phases; null for none.</summary>
    internal double* PhaseSin, PhaseCos;

    /// <summary>Of the phase of the whole state; null for none.</summary>
    internal double* GlobalSin, GlobalCos;

    /// <summary>What the sweep before left: which quarter turns, and the cosines it took out.</summary>
    internal double* HeirQuarters, HeirCos;

    internal double* FixedTables, FixedBlocks;
    internal double* Tables, Factors, FactorsIm;
}
