namespace QuantumImprov.Engine.Music;

/// <summary>What has its place in musical time, such as a note of a call or one that was learned.</summary>
public interface IPlaced
{
    /// <summary>When it begins.</summary>
    Beats Onset { get; }

    /// <summary>How long it lasts; not negative.</summary>
    Beats Duration { get; }
}
