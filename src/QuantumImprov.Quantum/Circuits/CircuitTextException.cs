namespace QuantumImprov.Quantum.Circuits;

/// <summary>A circuit's text could not be read: one sentence with what was found and what is allowed, and where.</summary>
/// <param name="message">The sentence, without the place.</param>
/// <param name="line">Counted from 1.</param>
/// <param name="column">Counted from 1.</param>
public sealed class CircuitTextException(string message, int line, int column) : FormatException($"line {line}, column {column}: {message}")
{
    /// <summary>Counted from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Counted from 1.</summary>
    public int Column { get; } = column;
}
