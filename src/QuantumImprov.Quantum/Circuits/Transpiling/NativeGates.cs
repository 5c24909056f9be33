namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>The gates that a kind of device has.</summary>
public enum NativeGates
{
    /// <summary>cz, rz, sx and x; rz only moves the frame of later pulses.</summary>
    CzRzSxX,

    /// <summary>ecr, rz, sx and x; rz only moves the frame of later pulses.</summary>
    EcrRzSxX,

    /// <summary>prx and cz. There is no turn about z: it is kept as a frame and worked into later phases.</summary>
    PrxCz,

    /// <summary>gpi, gpi2 and ms, as trapped ions have them. There is no turn about z: it is kept as a frame and worked into later phases.</summary>
    GpiGpi2Ms,
}
