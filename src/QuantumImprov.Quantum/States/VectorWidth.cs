namespace QuantumImprov.Quantum.States;

/// <summary>Which registers the kernels use. The numbers are the same at every width; only the time differs.</summary>
public enum VectorWidth
{
    /// <summary>The widest that this processor runs without emulation.</summary>
    Widest,

    /// <summary>512-bit registers.</summary>
    Bits512,

    /// <summary>256-bit registers.</summary>
    Bits256,

    /// <summary>128-bit registers.</summary>
    Bits128,

    /// <summary>No vector registers.</summary>
    Scalar,
}
