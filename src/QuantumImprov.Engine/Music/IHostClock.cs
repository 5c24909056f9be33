namespace QuantumImprov.Engine.Music;

/// <summary>Where a live session reads the present from. The engine never asks it: times reach the engine as arguments.</summary>
public interface IHostClock
{
    /// <summary>The present instant; monotonic. May be called from any thread and allocates nothing.</summary>
    HostTime Now { get; }
}
