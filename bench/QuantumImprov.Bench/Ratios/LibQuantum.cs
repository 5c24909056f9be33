using System.Runtime.InteropServices;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Bench.Ratios;

/// <summary>
/// Debian's libquantum 8 as a peer, when it is installed. It is under the GPL and is only measured here, never part of the product. Single precision, a hash table of the amplitudes that are not zero.
/// </summary>
internal static partial class LibQuantum
{
    private const string Library = "libquantum.so.8", OpenMP = "libgomp.so.1";

    private const int Now = 2, ForAll = 0x100;

    internal static bool IsThere { get; } = OperatingSystem.IsLinux() && Load();

    [LibraryImport(Library, EntryPoint = "quantum_new_qureg")]
    internal static partial Register New(ulong code, int qubits);

    [LibraryImport(Library, EntryPoint = "quantum_delete_qureg")]
    internal static partial void Delete(ref Register register);

    [LibraryImport(Library, EntryPoint = "quantum_measure")]
    internal static partial ulong Measure(Register register);

    /// <summary>Runs gates; every rotation takes the next angle.</summary>
    internal static void Run(Circuit circuit, ReadOnlySpan<double> angles, ref Register register)
    {
        var next = 0;
        foreach (var operation in circuit.Operations)
        {
            var q = operation.Qubits[0];
            switch (operation.Gate.Name)
            {
                case "ry":
                    RY(q, (float)angles[next++], ref register);
                    break;
                case "rz":
                    RZ(q, (float)angles[next++], ref register);
                    break;
                case "cx":
                    CX(q, operation.Qubits[1], ref register);
                    break;
                case "cz":
                    Phase(q, operation.Qubits[1], MathF.PI, ref register);
                    break;
                case "measure":
                    Read(q, ref register);
                    break;
                case "reset":
                    if (Read(q, ref register) != 0) X(q, ref register);
                    break;
                default:
                    throw new ArgumentException($"The peer does not know '{operation.Gate.Name}'.");
            }
        }
    }

    // Debian's build uses OpenMP without naming it as a dependency, so that must be there for all first; one thread, like everybody else here.
    private static bool Load()
    {
        if (!NativeLibrary.TryLoad(OpenMP, out _) || Open(OpenMP, Now | ForAll) == 0) return false;
        SetThreads(1);
        return NativeLibrary.TryLoad(Library, out _);
    }

    [LibraryImport("libc.so.6", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string name, int how);

    [LibraryImport(OpenMP, EntryPoint = "omp_set_num_threads")]
    private static partial void SetThreads(int count);

    [LibraryImport(Library, EntryPoint = "quantum_r_y")]
    private static partial void RY(int target, float angle, ref Register register);

    [LibraryImport(Library, EntryPoint = "quantum_r_z")]
    private static partial void RZ(int target, float angle, ref Register register);

    [LibraryImport(Library, EntryPoint = "quantum_cnot")]
    private static partial void CX(int control, int target, ref Register register);

    [LibraryImport(Library, EntryPoint = "quantum_cond_phase_kick")]
    private static partial void Phase(int control, int target, float angle, ref Register register);

    [LibraryImport(Library, EntryPoint = "quantum_sigma_x")]
    private static partial void X(int target, ref Register register);

    [LibraryImport(Library, EntryPoint = "quantum_bmeasure_bitpreserve")]
    private static partial int Read(int qubit, ref Register register);

    /// <summary>Its register: 40 bytes, passed and returned by value.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Register
    {
        internal int Width, Size, HashWidth;
        internal nint Amplitudes, States, Hash;
    }
}
