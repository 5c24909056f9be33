using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("QuantumImprov.Midi.Tests")]
