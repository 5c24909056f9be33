using System.Globalization;

namespace QuantumImprov.Quantum.Circuits.Qasm;

/// <summary>A place in a program's words, with what every part of the reader asks of it.</summary>
internal sealed class TokenReader(Token[] tokens)
{
    internal int At { get; set; }

    internal Token Now => tokens[At];

    internal Token Take() => tokens[At].Kind == TokenKind.End ? tokens[At] : tokens[At++];

    internal bool TakeIf(string text)
    {
        if (!Now.Is(text)) return false;
        At++;
        return true;
    }

    internal Token Expect(string text) => Now.Is(text) ? Take() : throw Now.Fault($"found {Now}; '{text}' is needed here.");

    /// <summary>A comma between operands; the statement could also have ended.</summary>
    internal void ExpectComma()
    {
        if (!TakeIf(",")) throw Now.Fault($"found {Now}; ',' or ';' is needed here.");
    }

    internal Token ExpectName(string what) => Now.Kind == TokenKind.Name ? Take() : throw Now.Fault($"found {Now}; {what} is needed here.");

    internal int ExpectInteger(string what, int least, int most)
    {
        var token = Take();
        if (token.Kind == TokenKind.Number && token.TryRadix(out var whole) && whole >= least && whole <= most) return (int)whole;
        if (token.Kind == TokenKind.Number && int.TryParse(token.Text.Replace("_", ""), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        throw token.Fault($"found {token}; {what}, {least} to {most}, is needed here.");
    }

    /// <summary>Passes over a block from its opening brace to behind its closing one.</summary>
    internal void SkipBlock()
    {
        var open = Expect("{");
        for (var depth = 1; depth > 0;)
        {
            var token = Take();
            if (token.Kind == TokenKind.End) throw open.Fault("this '{' is not closed.");
            depth += token.Is("{") ? 1 : token.Is("}") ? -1 : 0;
        }
    }
}
