using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Backends;

/// <summary>The port through which circuits are run, here or far away.</summary>
public interface IQuantumBackend
{
    /// <summary>A short name for provenance, such as <c>local</c>.</summary>
    string Name { get; }

    /// <summary>Runs a circuit and reads its classical bits once a shot. [worker]</summary>
    /// <param name="circuit">Any circuit; what the backend cannot run is refused.</param>
    /// <param name="shots">1 or more; each backend names its own most.</param>
    /// <param name="stop">When cancelled the reply is <see cref="Late"/>; the task itself never fails or is cancelled.</param>
    ValueTask<BackendReply> RunAsync(Circuit circuit, int shots, CancellationToken stop = default);
}
