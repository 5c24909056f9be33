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

    /// <summary>A whole number to the base 16, 8 or 2, such as 0x1F, 0o17 or 0b1_01.</summary>
    internal bool TryRadix(out double number)
    {
        number = 0;
        var radix = Text.Length > 2 && Text[0] == '0' ? char.ToLowerInvariant(Text[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        if (radix == 0) return false;
        foreach (var letter in Text.AsSpan(2))
        {
            if (letter == '_') continue;
            var digit = char.IsAsciiDigit(letter) ? letter - '0' : 10 + char.ToLowerInvariant(letter) - 'a';
            if (digit >= radix) return false;
            number = (number * radix) + digit;
        }

        return true;
    }

    internal CircuitTextException Fault(string sentence) => new(sentence, Line, Column);

    /// <summary>How the token is named in a message.</summary>
    public override string ToString() => Kind == TokenKind.End ? "the end of the text" : $"'{Text}'";
}
