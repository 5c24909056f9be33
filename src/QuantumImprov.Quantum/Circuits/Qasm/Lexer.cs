namespace QuantumImprov.Quantum.Circuits.Qasm;

/// <summary>Cuts a program into words; comments and white space vanish.</summary>
internal static class Lexer
{
    private static readonly string[] Pairs = ["->", "==", "!=", "&&", "||", "**", "<=", ">="];

    internal static Token[] Read(string text)
    {
        var tokens = new List<Token>();
        var (at, line, lineStart) = (0, 1, 0);
        while (true)
        {
            SkipBlank(text, ref at, ref line, ref lineStart);
            var column = at - lineStart + 1;
            if (at >= text.Length)
            {
                tokens.Add(new Token(TokenKind.End, "", line, column));
                return [.. tokens];
            }

            var start = at;
            var kind = Next(text, ref at, line, column);
            tokens.Add(new Token(kind, kind == TokenKind.Text ? text[(start + 1)..(at - 1)] : text[start..at], line, column));
        }
    }

    private static void SkipBlank(string text, ref int at, ref int line, ref int lineStart)
    {
        while (at < text.Length)
        {
            if (text[at] == '\n')
            {
                line++;
                lineStart = ++at;
            }
            else if (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF')
            {
                at++;
            }
            else if (text.AsSpan(at).StartsWith("//"))
            {
                while (at < text.Length && text[at] != '\n') at++;
            }
            else if (text.AsSpan(at).StartsWith("/*"))
            {
                var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                if (end < 0) throw new CircuitTextException("a comment '/*' is not closed.", line, at - lineStart + 1);
                for (; at < end + 2; at++)
                {
                    if (text[at] != '\n') continue;
                    line++;
                    lineStart = at + 1;
                }
            }
            else
            {
                return;
            }
        }
    }

    private static TokenKind Next(string text, ref int at, int line, int column)
    {
        var first = text[at];
        if (char.IsLetter(first) || first == '_')
        {
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_')) at++;
            return TokenKind.Name;
        }

        if (char.IsAsciiDigit(first) || (first == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            SkipNumber(text, ref at);
            return TokenKind.Number;
        }

        if (first is '"' or '\'')
        {
            var end = text.IndexOf(first, at + 1);
            if (end < 0 || text.IndexOf('\n', at, end - at) >= 0) throw new CircuitTextException("a quoted text is not closed.", line, column);
            at = end + 1;
            return TokenKind.Text;
        }

        foreach (var pair in Pairs)
        {
            if (!text.AsSpan(at).StartsWith(pair)) continue;
            at += 2;
            return TokenKind.Symbol;
        }

        if (!"+-*/^()[]{},;=<>!@:&|~%#$".Contains(first)) throw new CircuitTextException($"found the character '{first}', which has no meaning in OpenQASM.", line, column);
        at++;
        return TokenKind.Symbol;
    }

    private static void SkipNumber(string text, ref int at)
    {
        if (text[at] == '0' && at + 1 < text.Length && text[at + 1] is 'x' or 'X' or 'b' or 'B' or 'o')
        {
            for (at += 2; at < text.Length && (char.IsAsciiHexDigit(text[at]) || text[at] == '_');) at++;
            return;
        }

        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '.' or '_')) at++;
        if (at >= text.Length || text[at] is not ('e' or 'E')) return;
        var digits = at + 1;
        if (digits < text.Length && text[digits] is '+' or '-') digits++;
        if (digits >= text.Length || !char.IsAsciiDigit(text[digits])) return;
        at = digits;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
    }
}
