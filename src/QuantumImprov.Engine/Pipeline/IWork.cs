namespace QuantumImprov.Engine.Pipeline;

/// <summary>Work under way.</summary>
/// <typeparam name="T">What it gives.</typeparam>
public interface IWork<out T>
{
    /// <summary>Whether <see cref="Take"/> returns at once. [any]</summary>
    bool IsDone { get; }

    /// <summary>Waits for the result; throws what the work threw. [any]</summary>
    T Take();
}
