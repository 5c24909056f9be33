using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("QuantumImprov.Quantum.Tests")]
