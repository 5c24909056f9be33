using System.Runtime.Intrinsics;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>Everything that is done with blocks of eight, at one register width.</summary>
internal abstract unsafe class Kernels
{
    private static readonly Kernels Bits512 = new KernelsOf<Eight, Vector512<double>, Eight, Vector512<double>>();

    private static readonly Kernels Bits256 = new KernelsOf<Twice<Four, Vector256<double>>, Both<Vector256<double>>, Four, Vector256<double>>();

    private static readonly Kernels Bits128 = new KernelsOf<Fourfold<Two, Vector128<double>>, Quad<Vector128<double>>, Two, Vector128<double>>();

    private static readonly Kernels Scalar =
        new KernelsOf<Twice<Twice<Twice<One, double>, Both<double>>, Both<Both<double>>>, Both<Both<Both<double>>>, One, double>();

    internal static Kernels For(VectorWidth width) => width switch
    {
        VectorWidth.Bits512 => Bits512,
        VectorWidth.Bits256 => Bits256,
        VectorWidth.Bits128 => Bits128,
        VectorWidth.Scalar => Scalar,
        _ => Vector512.IsHardwareAccelerated ? Bits512
            : Vector256.IsHardwareAccelerated ? Bits256
            : Vector128.IsHardwareAccelerated ? Bits128 : Scalar,
    };

    /// <summary>Works out sines, cosines and tables of a plan from its angles, as far as a reading of all qubits can see them.</summary>
    internal abstract void Bind(BoundPlan plan, double* angles);

    /// <summary>The same for the sweeps that a reading of all qubits leaves out, and the phase that all amplitudes share.</summary>
    internal abstract void BindRest(BoundPlan plan, double* angles);

    /// <summary>One pass over the state.</summary>
    internal abstract void Run(BoundPlan plan, Sweep sweep, Amplitudes state);

    /// <summary>Moves amplitudes and nothing else.</summary>
    internal abstract void Move(Sweep sweep, Amplitudes state);

    internal abstract void Apply(Step step, Amplitudes state);

    /// <summary>Draws a code with its probability; the state need not be normalised.</summary>
    internal abstract int Draw(Amplitudes state, double at);

    /// <summary>Runs a sweep that ends with turns and draws a code. The state afterwards is not defined.</summary>
    internal abstract int RunAndDraw(BoundPlan plan, Sweep sweep, Amplitudes state, double at);

    /// <summary>Keeps the codes whose bits under the mask equal the value, at length 1, and clears bits.</summary>
    internal abstract void Collapse(int mask, int cleared, int value, Amplitudes state);

    /// <summary>The same for a reading of a plan, with the phases that were deferred to it.</summary>
    internal abstract void Collapse(BoundPlan plan, Reading reading, int value, Amplitudes state);

    /// <summary>The law of a step's symbols; the memory lies in 16 numbers, with room for 64 behind it.</summary>
    internal abstract void Law(double* memory, double* forms, double* law, int symbols);

    /// <summary>Applies a step's operator for one symbol to the memory.</summary>
    internal abstract void ApplyColumns(double* memory, double* columns, double scale);
}
