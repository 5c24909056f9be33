using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Bank;

/// <summary>What reached one choice from a bank, as it was written down. Immutable.</summary>
/// <param name="Number">The number of the choice, from 1.</param>
/// <param name="Law">The law of the shots; null: there were none for it.</param>
/// <param name="Symbols">What the shots read, in order; -1 where one was not kept.</param>
/// <param name="Coins">The devices' fair bits that were used, in order; default: coins were not pure.</param>
public sealed record RecordedDraw(long Number, RecordedLaw? Law, ImmutableArray<sbyte> Symbols, ImmutableArray<bool> Coins);
