using System.Runtime.CompilerServices;

// The reader of page messages and the log of notes are tested by themselves, with inputs that no browser sends.
[assembly: InternalsVisibleTo("QuantumImprov.Host.Tests")]
