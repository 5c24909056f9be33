namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Does long work beside the engine: the port behind which the host has a thread. Pure work only: what it gives depends on nothing but what it was given, so that it does not matter when it is done.
/// </summary>
public interface IWorker
{
    /// <summary>Whether the engine waits for results that are due: on virtual time it does, live nobody may be kept waiting.</summary>
    bool MayBeWaitedFor { get; }

    /// <summary>Begins <paramref name="work"/>. Returns at once. [engine]</summary>
    IWork<T> Begin<T>(Func<T> work);
}
