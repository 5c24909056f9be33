using System.Runtime.Intrinsics;
using QuantumImprov.Quantum.Preparation;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// PREP and the note part of SELECT as one tree of rotations (selector levels first, then one subtree a member), and the state they make. Both are real and without signs whatever the
/// weights' phases are. All arrays are heaps as <see cref="RotationTree"/> describes.
/// </summary>
internal sealed class CouncilTree
{
    private readonly double[] _mass, _halfAngles, _loaded;
    private readonly double[] _strength;

    internal CouncilTree(int maxMembers, int maxCandidates)
    {
        var rows = 1 << QubitsFor(maxMembers);
        var codes = rows << QubitsFor(maxCandidates);
        _mass = new double[2 * codes];
        _halfAngles = new double[2 * codes];
        _loaded = new double[2 * codes];
        _strength = new double[rows];
    }

    internal int SelectorQubits { get; private set; }

    internal int NoteQubits { get; private set; }

    /// <summary>Codes of the selector.</summary>
    internal int Rows => 1 << SelectorQubits;

    /// <summary>Codes of the note register.</summary>
    internal int Width => 1 << NoteQubits;

    /// <summary>True when no member has both a weight and an amplitude.</summary>
    internal bool Empty { get; private set; } = true;

    internal ReadOnlySpan<double> HalfAngles => _halfAngles;

    /// <summary>The state after PREP: one amplitude a selector code, squares summing to 1.</summary>
    internal ReadOnlySpan<double> Selector => _loaded.AsSpan(Rows, Rows);

    /// <summary>The state after PREP and the loading of the notes: a row for each selector code.</summary>
    internal ReadOnlySpan<double> Loaded => _loaded.AsSpan(Rows * Width, Rows * Width);

    internal static int QubitsFor(int codes) => codes <= 1 ? 0 : 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)(codes - 1));

    /// <summary>Plans and loads. A member's share of PREP is |a_k| N_k eta_k: the norms of its amplitudes and of its memory step move into its weight.</summary>
    internal void Prepare(in CouncilTerms terms)
    {
        (SelectorQubits, NoteQubits) = (QubitsFor(terms.Members), QubitsFor(terms.Candidates));
        PlanSelect(terms.Amplitudes, terms.Members, terms.Candidates);
        Empty = !PlanPrep(terms.Weights, terms.Operators, terms.Members);
        if (Empty) return;
        _loaded[1] = 1;
        for (var level = 0; level < SelectorQubits + NoteQubits; level++) RotationTree.Split(_loaded, _halfAngles, level);
    }

    private void PlanSelect(ReadOnlySpan<double> amplitudes, int members, int candidates)
    {
        var (rows, width) = (Rows, Width);
        for (var k = 0; k < rows; k++)
        {
            var leaves = _mass.AsSpan((rows + k) * width, width);
            if (k >= members)
            {
                leaves.Clear();
                continue;
            }

            var row = amplitudes.Slice(k * candidates, candidates);
            _strength[k] = LargestOf(row);
            Squares(row, _strength[k], leaves[..candidates]);
            leaves[candidates..].Clear();
        }

        for (var level = SelectorQubits + NoteQubits - 1; level >= SelectorQubits; level--)
        {
            RotationTree.Gather(_mass, level);
            RotationTree.Rotations(_mass, _halfAngles, level);
        }
    }

    private bool PlanPrep(ReadOnlySpan<double> weights, MemoryOperators? operators, int members)
    {
        var rows = Rows;
        double largest = 0;
        for (var k = 0; k < members; k++)
        {
            _strength[k] *= Math.Sqrt(_mass[rows + k]) * Math.Abs(weights[k]);
            if (operators is not null) _strength[k] *= operators.Norm(k);
            largest = Math.Max(largest, _strength[k]);
        }

        for (var k = 0; k < rows; k++) _mass[rows + k] = k < members && largest > 0 ? _strength[k] / largest : 0;
        for (var level = SelectorQubits - 1; level >= 0; level--)
        {
            RotationTree.Gather(_mass, level);
            RotationTree.Rotations(_mass, _halfAngles, level);
        }

        return largest > 0;
    }

    private static double LargestOf(ReadOnlySpan<double> row)
    {
        double largest = 0;
        var i = 0;
        if (row.Length >= 4)
        {
            var most = Vector256<double>.Zero;
            for (; i + 4 <= row.Length; i += 4) most = Vector256.Max(most, Vector256.Create(row.Slice(i, 4)));
            largest = Math.Max(Math.Max(most[0], most[1]), Math.Max(most[2], most[3]));
        }

        for (; i < row.Length; i++) largest = Math.Max(largest, row[i]);
        return largest;
    }

    // Divided by the largest first, so that tiny amplitudes do not vanish when squared.
    private static void Squares(ReadOnlySpan<double> row, double largest, Span<double> squares)
    {
        if (largest == 0)
        {
            squares.Clear();
            return;
        }

        var i = 0;
        var divisor = Vector256.Create(largest);
        for (; i + 4 <= row.Length; i += 4)
        {
            var share = Vector256.Create(row.Slice(i, 4)) / divisor;
            (share * share).CopyTo(squares.Slice(i, 4));
        }

        for (; i < row.Length; i++) squares[i] = row[i] / largest * (row[i] / largest);
    }
}
