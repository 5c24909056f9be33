using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Simulators.Microsoft;

/// <summary>One simulator of the library with a register of its own; qubit i is the library's qubit i. One thread makes it, uses it and disposes of it.</summary>
internal sealed unsafe class MicrosoftSimulator : IDisposable
{
    // The library counts the Pauli matrices in this order: I, X, Z, Y.
    private const uint PauliX = 1, PauliZ = 2, PauliY = 3;

    private readonly SimulatorLibrary _library;
    private readonly uint _simulator;
    private readonly int _qubits;
    private bool _disposed;

    public MicrosoftSimulator(SimulatorLibrary library, int qubits, uint seed)
    {
        (_library, _qubits) = (library, qubits);
        _simulator = library.Init();
        library.Seed(_simulator, seed);
        for (var q = 0; q < qubits; q++) library.Allocate(_simulator, (uint)q);
    }

    /// <summary>The gates that are handed over as they are; everything else is taken apart first.</summary>
    public static bool Knows(Gate gate) => !gate.IsUnitary || gate.Name is
        "id" or "x" or "y" or "z" or "h" or "s" or "sdg" or "t" or "tdg" or "sx" or "sxdg" or "rx" or "ry" or "rz" or "p" or "u" or "cx" or "ccx" or "mcx" or "cy" or "cz" or "ch" or "crx" or "cry" or "crz";

    /// <summary>Does one operation that is no measurement; up to a global phase.</summary>
    public void Apply(Operation operation)
    {
        var (qubits, p) = (operation.Qubits, operation.Parameters);
        var target = (uint)qubits[^1];
        switch (operation.Gate.Name)
        {
            case "id" or "barrier": break;
            case "x" or "y" or "z" or "h" or "s" or "t": _library.Apply(operation.Gate.Name.ToUpperInvariant(), _simulator, target); break;
            case "sdg": _library.Apply("AdjS", _simulator, target); break;
            case "tdg": _library.Apply("AdjT", _simulator, target); break;
            case "sx": Turn(PauliX, Math.PI / 2, target); break;
            case "sxdg": Turn(PauliX, -Math.PI / 2, target); break;
            case "rx": Turn(PauliX, p[0], target); break;
            case "ry": Turn(PauliY, p[0], target); break;
            case "rz" or "p": Turn(PauliZ, p[0], target); break;
            case "u":
                Turn(PauliZ, p[2], target);
                Turn(PauliY, p[0], target);
                Turn(PauliZ, p[1], target);
                break;
            case "cx" or "ccx" or "mcx": Controlled("X", operation); break;
            case "cy": Controlled("Y", operation); break;
            case "cz": Controlled("Z", operation); break;
            case "ch": Controlled("H", operation); break;
            case "crx": TurnControlled(PauliX, p[0], (uint)qubits[0], target); break;
            case "cry": TurnControlled(PauliY, p[0], (uint)qubits[0], target); break;
            case "crz": TurnControlled(PauliZ, p[0], (uint)qubits[0], target); break;
            case "reset": Reset(target); break;
            default: throw new ArgumentException($"'{operation.Gate.Name}' must be taken apart first.", nameof(operation));
        }
    }

    /// <summary>Measures a qubit.</summary>
    public bool Measure(int qubit) => _library.Measure(_simulator, (uint)qubit) != 0;

    /// <summary>Puts every qubit to 0.</summary>
    public void Clear()
    {
        for (var q = 0; q < _qubits; q++) Reset((uint)q);
    }

    /// <summary>The state, 2^n amplitudes, qubit i = bit i; false when the library does not tell it.</summary>
    public bool TryRead(Complex[] state)
    {
        if (_library.Dump is null) return false;
        var reading = new Reading(state);
        var handle = GCHandle.Alloc(reading);
        try
        {
            Span<uint> all = stackalloc uint[_qubits];
            for (var q = 0; q < _qubits; q++) all[q] = (uint)q;
            fixed (uint* list = all) return _library.Dump(_simulator, (uint)_qubits, list, &Take, (void*)GCHandle.ToIntPtr(handle)) != 0 && reading.Count == state.Length;
        }
        finally
        {
            handle.Free();
        }
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        // The library wants qubits back as they were given.
        Clear();
        for (var q = 0; q < _qubits; q++) _ = _library.Release(_simulator, (uint)q);
        _library.Destroy(_simulator);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte Take(nuint code, double real, double imaginary, void* reading)
    {
        var into = (Reading)GCHandle.FromIntPtr((nint)reading).Target!;
        if (code >= (nuint)into.State.Length) return 0;
        into.State[(int)code] = new Complex(real, imaginary);
        into.Count++;
        return 1;
    }

    private void Turn(uint axis, double angle, uint qubit) => _library.Rotate(_simulator, axis, angle, qubit);

    private void TurnControlled(uint axis, double angle, uint control, uint qubit) => _library.RotateControlled(_simulator, axis, angle, 1, &control, qubit);

    private void Controlled(string gate, Operation operation)
    {
        var controls = operation.Qubits.Length - 1;
        Span<uint> list = stackalloc uint[controls];
        for (var i = 0; i < controls; i++) list[i] = (uint)operation.Qubits[i];
        _library.Apply(gate, _simulator, list, (uint)operation.Qubits[^1]);
    }

    private void Reset(uint qubit)
    {
        if (_library.Measure(_simulator, qubit) != 0) _library.Apply("X", _simulator, qubit);
    }

    private sealed class Reading(Complex[] state)
    {
        public Complex[] State { get; } = state;

        public int Count { get; set; }
    }
}
