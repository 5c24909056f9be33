namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>How a hidden quantum Markov model is learned. The defaults suit long sequences of one process; for short melodies take the whole melody (a long window), no warm-up, batches of 32 and a rate of .6.</summary>
public sealed record KrausLearning
{
    /// <summary>Levels of the memory, 1 to 8. Default 2: one qubit.</summary>
    public int Levels { get; init; } = 2;

    /// <summary>Operators a symbol, at least 1. Default 1.</summary>
    public int Branches { get; init; } = 1;

    /// <summary>Sequences are cut into windows of this many symbols; more than the warm-up. Default 300.</summary>
    public int Window { get; init; } = 300;

    /// <summary>Symbols at the front of each window that only bring the memory into place; windows overlap by as many. Default 100.</summary>
    public int WarmUp { get; init; } = 100;

    /// <summary>Windows a step, at least 1. Default 20.</summary>
    public int Batch { get; init; } = 20;

    /// <summary>Passes over all windows, at least 1. Default 60.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Length of a step in the first epoch, above 0. Default .75.</summary>
    public double Rate { get; init; } = .75;

    /// <summary>The length of a step is multiplied by this after every epoch, above 0 and at most 1. Default .92.</summary>
    public double Decay { get; init; } = .92;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUp);
        if (Window <= WarmUp) throw new ArgumentException($"The window is {Window} symbols; it must be longer than the warm-up of {WarmUp}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        if (!(Rate > 0 && double.IsFinite(Rate))) throw new ArgumentException($"The rate is {Rate}; a number above 0 is allowed.");
        if (!(Decay is > 0 and <= 1)) throw new ArgumentException($"The decay is {Decay}; a number above 0 and at most 1 is allowed.");
    }
}
