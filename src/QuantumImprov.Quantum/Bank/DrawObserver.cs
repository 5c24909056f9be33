namespace QuantumImprov.Quantum.Bank;

/// <summary>Is told of a choice that a bank made, with all that reached it from outside: given that again (<see cref="RecordedShots"/>), the same law and the same random stream lead to the same choice.</summary>
/// <param name="number">The number of the choice, from 1.</param>
/// <param name="stock">The stock that served; null when none had shots.</param>
/// <param name="law">The law of its shots when the choice began.</param>
/// <param name="symbols">What the shots it took read, in order; -1 where one was not kept.</param>
/// <param name="coins">The devices' fair bits that were used, in order; none unless coins are pure.</param>
public delegate void DrawObserver(long number, ShotStock? stock, ReadOnlySpan<double> law, ReadOnlySpan<sbyte> symbols, ReadOnlySpan<bool> coins);
