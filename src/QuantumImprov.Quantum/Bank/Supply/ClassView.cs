namespace QuantumImprov.Quantum.Bank.Supply;

/// <summary>A class as its supply sees it. Immutable.</summary>
/// <param name="Spec">The edition that is ordered.</param>
/// <param name="Level">Shots left, over all editions.</param>
/// <param name="Rate">Shots used a second.</param>
/// <param name="Calibration">Shots that will be spent on measuring the edition's law before any serves a note.</param>
public readonly record struct ClassView(ClassSpec Spec, int Level, double Rate, int Calibration = 0);
