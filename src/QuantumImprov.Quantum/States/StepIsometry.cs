using System.Numerics;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States.Lanes;
using QuantumImprov.Quantum.States.Planning;

namespace QuantumImprov.Quantum.States;

/// <summary>
/// A step that is repeated as it is: a circuit on memory qubits (the lowest) and note qubits (above them, 0 at the start), after which the note qubits are read and put to 0. The circuit is run once from each
/// code of the memory; from then on a step is one draw from the law of the notes and one small matrix on the memory. Same law as the circuit, other random numbers. Nothing is allocated after
/// construction. Not thread-safe: one owner.
/// </summary>
public sealed unsafe class StepIsometry
{
    /// <summary>The most memory qubits: 3, one block of eight amplitudes.</summary>
    public const int MostMemoryQubits = 3;

    /// <summary>The most note qubits: 10.</summary>
    public const int MostNoteQubits = 10;

    private readonly AlignedDoubles _columns, _forms, _law, _memory;
    private readonly Kernels _kernels;
    private readonly int _padded;

    /// <summary>Runs the circuit from each code of the memory.</summary>
    /// <param name="step">A circuit without measurements, resets and conditions.</param>
    /// <param name="memoryQubits">0 to 3; they are the qubits 0, 1, ... of the circuit. The others are the notes, 1 to 10.</param>
    /// <param name="width">Which registers to use; every choice gives the same numbers.</param>
    /// <exception cref="ArgumentException">The circuit measures, or a register has a size that is not allowed.</exception>
    public StepIsometry(Circuit step, int memoryQubits, VectorWidth width = VectorWidth.Widest)
    {
        var notes = step.Qubits - memoryQubits;
        if (memoryQubits is < 0 or > MostMemoryQubits)
            throw new ArgumentOutOfRangeException(nameof(memoryQubits), memoryQubits, $"A step has 0 to {MostMemoryQubits} memory qubits.");
        if (notes is < 1 or > MostNoteQubits) throw new ArgumentException($"The circuit leaves {notes} note qubits; 1 to {MostNoteQubits} are allowed.", nameof(step));
        if (!step.IsUnitary) throw new ArgumentException("The circuit measures, resets or asks a classical bit; a step is read only at its end.", nameof(step));
        (MemoryQubits, Symbols, _kernels) = (memoryQubits, 1 << notes, Kernels.For(width));
        _padded = Math.Max(16, Symbols);
        _columns = new AlignedDoubles(128 * Symbols);
        _forms = new AlignedDoubles(64 * _padded);
        _law = new AlignedDoubles(_padded);
        _memory = new AlignedDoubles(16 + 64);
        Fill(step, width);
        FillForms();
        Clear();
    }

    /// <summary>How many symbols there are: 2 to the number of note qubits.</summary>
    public int Symbols { get; }

    /// <summary>0 to 3.</summary>
    public int MemoryQubits { get; }

    /// <summary>Real parts of the memory by code. Valid until the next step.</summary>
    public ReadOnlySpan<double> Real => _memory.Span[..(1 << MemoryQubits)];

    /// <summary>Imaginary parts of the memory by code. Valid until the next step.</summary>
    public ReadOnlySpan<double> Imaginary => _memory.Span.Slice(8, 1 << MemoryQubits);

    /// <summary>Puts every memory qubit to 0.</summary>
    public void Clear()
    {
        _memory.Span.Clear();
        _memory.Span[0] = 1;
    }

    /// <summary>Takes over a memory, one amplitude for each code; its squared length should be 1.</summary>
    public void Load(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary)
    {
        var codes = 1 << MemoryQubits;
        if (real.Length != codes || imaginary.Length != codes)
            throw new ArgumentException($"Got {real.Length} real and {imaginary.Length} imaginary parts; {MemoryQubits} memory qubits need {codes} of each.");
        real.CopyTo(_memory.Span);
        imaginary.CopyTo(_memory.Span[8..]);
    }

    /// <summary>Writes the probability of every symbol of the next step.</summary>
    /// <param name="law">At least as long as there are symbols.</param>
    public void WriteLaw(Span<double> law)
    {
        _kernels.Law(_memory.At, _forms.At, _law.At, _padded);
        _law.Span[..Symbols].CopyTo(law);
    }

    /// <summary>Reads one symbol (bit i is note qubit i) and moves the memory on.</summary>
    public int Step(Xoshiro random)
    {
        _kernels.Law(_memory.At, _forms.At, _law.At, _padded);
        var law = _law.At;
        var at = random.NextDouble();
        double upTo = 0;
        var symbol = 0;
        for (var x = 0; x < Symbols - 1; x++)
        {
            upTo += law[x];
            symbol += 1 - (int)(BitConverter.DoubleToUInt64Bits(at - upTo) >> 63);
        }

        // Rounding can push the point onto a symbol that cannot be.
        while (symbol > 0 && law[symbol] <= 0) symbol--;
        _kernels.ApplyColumns(_memory.At, _columns.At + (128 * symbol), 1 / Math.Sqrt(law[symbol]));
        return symbol;
    }

    /// <summary>Moves the memory on after a symbol that was heard, and returns how likely it was; at 0 the memory stays.</summary>
    /// <param name="symbol">0 to <see cref="Symbols"/> - 1.</param>
    public double Hear(int symbol)
    {
        if ((uint)symbol >= (uint)Symbols) throw new ArgumentOutOfRangeException(nameof(symbol), symbol, $"The step has the symbols 0 to {Symbols - 1}.");
        _kernels.Law(_memory.At, _forms.At, _law.At, _padded);
        var probability = Math.Max(0, _law.At[symbol]);
        if (probability > 0) _kernels.ApplyColumns(_memory.At, _columns.At + (128 * symbol), 1 / Math.Sqrt(probability));
        return probability;
    }

    private void Fill(Circuit step, VectorWidth width)
    {
        var state = new StateVector(step.Qubits, width);
        for (var code = 0; code < 1 << MemoryQubits; code++)
        {
            var start = new CircuitBuilder(step.Qubits);
            for (var q = 0; q < MemoryQubits; q++)
            {
                if ((code >> q & 1) != 0) start.X(q);
            }

            new CircuitPlan(start.Append(step).Build(), width).Run(state, new Xoshiro(0));
            for (var i = 0; i < state.Codes; i++)
            {
                var to = (128 * (i >> MemoryQubits)) + (16 * code) + (i & ((1 << MemoryQubits) - 1));
                (_columns.Span[to], _columns.Span[to + 8]) = (state.Real[i], state.Imaginary[i]);
            }
        }
    }

    // M = K^+ K of each symbol, as the form that the coordinates are multiplied with; two vectors of eight symbols stand beside each other.
    private void FillForms()
    {
        for (var x = 0; x < Symbols; x++)
        {
            for (var s = 0; s < 8; s++)
            {
                for (var j = 0; j < 8; j++)
                {
                    var other = j ^ s;
                    Complex entry = 0;
                    for (var row = 0; row < 8; row++) entry += Complex.Conjugate(Entry(x, row, Math.Min(j, other))) * Entry(x, row, Math.Max(j, other));

                    // sum over i, j of conj(psi_i) psi_j M_ij, with the two halves of the Hermitian matrix taken together. At the larger j the product's imaginary part has the other sign.
                    var form = s == 0 ? entry.Real : j < other ? 2 * entry.Real : 2 * entry.Imaginary;
                    _forms.Span[(64 * (x & ~15)) + (16 * ((8 * s) + j)) + (x & 15)] = form;
                }
            }
        }
    }

    private Complex Entry(int symbol, int row, int column)
    {
        var at = (128 * symbol) + (16 * column) + row;
        return new Complex(_columns.Span[at], _columns.Span[at + 8]);
    }
}
