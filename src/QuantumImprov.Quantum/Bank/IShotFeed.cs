namespace QuantumImprov.Quantum.Bank;

/// <summary>Shots of one edition that somebody else brings, each given once. Whoever takes is one thread and waits for nothing; allocates nothing.</summary>
public interface IShotFeed
{
    /// <summary>Shots that can be taken now; more may come meanwhile, fewer never. [engine]</summary>
    int Level { get; }

    /// <summary>The next shot's classical bits; there is one. [engine]</summary>
    ulong Take();
}
