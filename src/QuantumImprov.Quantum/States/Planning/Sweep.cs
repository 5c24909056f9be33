using System.Numerics;
using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// A layer made ready: index arithmetic, constant phases and the places of its numbers. Blocks of eight codes; the three lowest places are the lanes of a block. Immutable once planned.
/// </summary>
internal sealed unsafe class Sweep
{
    /// <summary>Phases that tie lanes to more higher qubits than this would need too many tables.</summary>
    internal const int MostTies = 6;

    private readonly PermutedRead[] _read = GC.AllocateArray<PermutedRead>(1, pinned: true);
    private readonly int[] _low = GC.AllocateArray<int>(256, pinned: true), _high, _back;
    private ushort[]? _classOf;

    internal Sweep(Layer layer, int qubits)
    {
        (Layer, Qubits, Blocks) = (layer, qubits, Math.Max(1, 1 << qubits >> 3));
        _high = GC.AllocateArray<int>(Math.Max(1, Blocks >> 8), pinned: true);
        var map = layer.Map;
        for (var i = 0; i < _low.Length; i++) _low[i] = i < Blocks ? map.Source(i << 3) ^ map.SourceOfZero : 0;
        for (var i = 0; i < _high.Length; i++) _high[i] = i == 0 ? 0 : map.Source(i << 11) ^ map.SourceOfZero;
        PlanRead(map);
        _back = GC.AllocateArray<int>(256 * ((qubits + 7) / 8), pinned: true);
        for (var i = 0; i < _back.Length; i++)
        {
            for (var j = 0; j < qubits; j++) _back[i] |= (BitOperations.PopCount((uint)(map.SourceColumns[j] >> (8 * (i >> 8)) & i & 255)) & 1) << j;
        }

        TieMask = Ties(layer.Terms);
        FreeTerms = [.. layer.Terms.Where(t => t.Angle.Parameter >= 0)];
        PlanClasses();
    }

    internal Layer Layer { get; }

    /// <summary>The terms whose angle is not fixed.</summary>
    internal PhaseTerm[] FreeTerms { get; }

    internal int Qubits { get; }

    internal int Blocks { get; }

    internal PermutedRead* Read => (PermutedRead*)Unsafe.AsPointer(ref _read[0]);

    /// <summary>The source of a block's first code is <c>Low[h and 255] ^ High[h >> 8]</c>.</summary>
    internal int* Low => (int*)Unsafe.AsPointer(ref _low[0]);

    internal int* High => (int*)Unsafe.AsPointer(ref _high[0]);

    /// <summary>Bits of the block number whose qubits share a phase with a lane.</summary>
    internal int TieMask { get; }

    internal int Classes { get; private set; }

    /// <summary>The factors of constant phases that touch lanes: for each class eight real, then eight imaginary parts; null when all are 1.</summary>
    internal AlignedDoubles? FixedTables { get; private set; }

    /// <summary>The factors of constant phases between higher qubits: a real part a block, then the imaginary parts; null when all are 1.</summary>
    internal AlignedDoubles? FixedBlocks { get; private set; }

    /// <summary>The whole state still lies in the first block, and nothing moves or turns phases before the turns.</summary>
    internal bool Seeds { get; init; }

    /// <summary>
    /// Turns by tangents: one multiplication less a number. Whole quarter turns of the half angle and all cosines are left for the next sweep.
    /// </summary>
    internal bool ByTangents { get; set; }

    /// <summary>The sweep before it that left it something; null for none.</summary>
    internal Sweep? Heir { get; set; }

    /// <summary>The phase of the whole state is multiplied in here.</summary>
    internal bool TakesGlobal { get; set; }

    internal LinearAngle? Global { get; set; }

    // Places among the angles.
    internal int TurnAt { get; set; }

    internal int PhaseAt { get; set; }

    internal int TermAt { get; set; }

    internal int GlobalAt { get; set; } = -1;

    // Places among the bound numbers.
    internal int Number { get; set; }

    internal int TableNumbers { get; set; }

    internal int BlockNumbers { get; set; }

    internal static int Ties(IEnumerable<PhaseTerm> terms) => terms.Where(t => (t.Mask & 7) != 0 && t.Mask > 7).Aggregate(0, (ties, t) => ties | (t.Mask >> 3));

    /// <summary>The addresses of what does not change.</summary>
    internal BoundSweep Bound() => new()
    {
        Blocks = Blocks, Classes = Classes, Qubits = Qubits, Turned = Layer.Turned, SourceOfZero = Layer.Map.SourceOfZero, HasHeir = Heir is not null, Read = Read, Low = Low, High = High,
        ClassOf = _classOf is null ? null : (ushort*)Unsafe.AsPointer(ref _classOf[0]), BackBytes = (int*)Unsafe.AsPointer(ref _back[0]),
        FixedTables = FixedTables is null ? null : FixedTables.At, FixedBlocks = FixedBlocks is null ? null : FixedBlocks.At,
    };

    private void PlanRead(IndexMap map)
    {
        var read = Read;
        var apart = 0;
        read->TwoBlocks = true;
        for (var lane = 0; lane < 8; lane++)
        {
            var source = Qubits < 3 && lane >= 1 << Qubits ? lane : map.Source(lane) ^ map.SourceOfZero;
            read->Lane[lane] = source;
            var block = source & ~7;
            if (block == 0) continue;
            if (apart == 0) apart = block;
            read->TwoBlocks &= block == apart;
        }

        read->Apart = apart;
        for (var offset = 0; offset < 8; offset++)
        {
            for (var lane = 0; lane < 8; lane++)
                read->Pick[(8 * offset) + lane] = ((read->Lane[lane] ^ offset) & 7) | (read->Lane[lane] > 7 ? 8 : 0);
        }
    }

    private void PlanClasses()
    {
        Classes = 1 << BitOperations.PopCount((uint)TieMask);
        foreach (var term in Layer.Terms)
        {
            if (term.Angle.Parameter >= 0) continue;
            var (cos, sin) = Factor(term.Angle.Factor);
            if ((term.Mask & 7) == 0)
            {
                FixedBlocks ??= Ones(Math.Max(8, Blocks), 1);
                TurnBlocks(term, FixedBlocks.At, cos, sin);
            }
            else
            {
                FixedTables ??= Ones(8, Classes);
                TurnTables(term, FixedTables.At, cos, sin);
            }
        }

        if (Classes == 1) return;
        _classOf = GC.AllocateArray<ushort>(Blocks, pinned: true);
        for (var h = 0; h < Blocks; h++) _classOf[h] = (ushort)ClassFor(h);
    }

    /// <summary>Multiplies the factors of the blocks that the term reaches.</summary>
    internal void TurnBlocks(PhaseTerm term, double* re, double cos, double sin)
    {
        var im = re + Math.Max(8, Blocks);
        var (mask, value) = (term.Mask >> 3, term.Value >> 3);
        for (var h = value; h < Blocks; h = ((h | mask) + 1 & ~mask) | value) Turn(re + h, im + h, cos, sin);
    }

    /// <summary>Multiplies the lane factors that the term reaches.</summary>
    internal void TurnTables(PhaseTerm term, double* tables, double cos, double sin)
    {
        for (var c = 0; c < Classes; c++)
        {
            for (var lane = 0; lane < 8; lane++)
            {
                if ((((BlockFor(c) << 3) | lane) & term.Mask) == term.Value) Turn(tables + (16 * c) + lane, tables + (16 * c) + 8 + lane, cos, sin);
            }
        }
    }

    // Quarter turns are exact.
    private static (double Cos, double Sin) Factor(double angle)
    {
        var quarters = angle / (Math.PI / 2);
        return quarters == Math.Round(quarters) && Math.Abs(quarters) < 1e9
            ? ((long)quarters & 3) switch { 0 => (1, 0), 1 => (0, 1), 2 => (-1, 0), _ => (0, -1) }
            : (Math.Cos(angle), Math.Sin(angle));
    }

    private static AlignedDoubles Ones(int length, int times)
    {
        var all = new AlignedDoubles(2 * length * times);
        for (var i = 0; i < times; i++) all.Span.Slice(2 * length * i, length).Fill(1);
        return all;
    }

    private static void Turn(double* re, double* im, double cos, double sin) => (*re, *im) = ((*re * cos) - (*im * sin), (*re * sin) + (*im * cos));

    /// <summary>The tied bits of a block number, pushed together.</summary>
    internal int ClassFor(int block)
    {
        var (code, at) = (0, 0);
        for (var ties = TieMask; ties != 0; ties &= ties - 1) code |= (block >> BitOperations.TrailingZeroCount(ties) & 1) << at++;
        return code;
    }

    /// <summary>A block number with the tied bits of a class.</summary>
    internal int BlockFor(int code)
    {
        var (block, at) = (0, 0);
        for (var ties = TieMask; ties != 0; ties &= ties - 1) block |= (code >> at++ & 1) << BitOperations.TrailingZeroCount(ties);
        return block;
    }
}
