namespace QuantumImprov.Quantum.Backends;

/// <summary>What a backend says: <see cref="Counts"/>, <see cref="Late"/> or <see cref="Refused"/>. A failure is an answer, not an exception.</summary>
public abstract record BackendReply
{
    private protected BackendReply()
    {
    }
}
