namespace QuantumImprov.Quantum.Circuits.Qasm;

internal enum TokenKind
{
    Name,
    Number,
    Text,
    Symbol,
    End,
}

/// <summary>One word of a program and where it stands, both counted from 1.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line, int Column)
{
    internal bool Is(string text) => Kind is TokenKind.Symbol or TokenKind.Name && Text == text;

    internal CircuitTextException Fault(string sentence) => new(sentence, Line, Column);

    /// <summary>How the token is named in a message.</summary>
    public override string ToString() => Kind == TokenKind.End ? "the end of the text" : $"'{Text}'";
}
