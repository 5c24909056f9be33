using QuantumImprov.Quantum.Circuits.Qasm;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>
/// Reads OpenQASM 2 and 3: registers, the gates of qelib1.inc and stdgates.inc, gate definitions, the modifiers inv, ctrl, negctrl and pow with whole numbers, constants, measure, reset,
/// barrier, if and else. The circuit equals the program up to a global phase; registers follow one another in the order of declaration. Anything else is refused by name and place. Pure.
/// </summary>
public static class OpenQasmReader
{
    /// <summary>Reads a program.</summary>
    /// <exception cref="CircuitTextException">It cannot be read, or uses something that is not supported; the message says what, and the line and column.</exception>
    public static Circuit Read(string text)
    {
        var tokens = new TokenReader(Lexer.Read(text));
        return new ProgramReader(tokens).Read();
    }
}
