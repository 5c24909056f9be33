
namespace QuantumImprov.Quantum.Backends;

/// <summary>What can be done about a job whose acceptance nobody heard of.</summary>
public enum Recovery
{
    /// <summary>Nothing: it may run and cost, so it is booked as spent and not sent again.</summary>
    None,

    /// <summary>It can be looked for by its tag.</summary>
    Find,

    /// <summary>It can be sent again under the same tag; the vendor takes it once.</summary>
    Repeat,
}
