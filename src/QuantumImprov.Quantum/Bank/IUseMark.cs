namespace QuantumImprov.Quantum.Bank;

/// <summary>Keeps in mind how many shots of a batch are used, beyond the life of the process.</summary>
public interface IUseMark
{
    /// <summary>The first <paramref name="used"/> shots are used. Never waits, allocates nothing. [engine]</summary>
    void MarkUsed(int used);
}
