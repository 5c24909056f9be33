namespace QuantumImprov.Engine.Music.Notation;

/// <summary>Cuts the music lines into tokens. Never fails: what it does not know becomes a word, and the parser judges words.</summary>
internal static class Lexer
{
    public static void Cut(string line, int lineNumber, List<Token> tokens)
    {
        var at = 0;
        while (at < line.Length)
        {
            var start = at;
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }

            if (At(line, at, "//")) return;
            var kind = KindAt(line, at);
            at += kind is TokenKind.RepeatStart or TokenKind.RepeatEnd ? 2 : 1;
            if (kind is TokenKind.Word or TokenKind.ChordClose or TokenKind.GroupClose)
                while (at < line.Length && !char.IsWhiteSpace(line[at]) && KindAt(line, at) == TokenKind.Word && !At(line, at, "//")) at++;
            tokens.Add(new Token(kind, line[start..at], lineNumber, start + 1));
        }
    }

    private static TokenKind KindAt(string line, int at) => line[at] switch
    {
        '|' => At(line, at, "|:") ? TokenKind.RepeatStart : TokenKind.BarLine,
        ':' when At(line, at, ":|") => TokenKind.RepeatEnd,
        '&' => TokenKind.NextVoice,
        '[' => TokenKind.ChordOpen,
        ']' => TokenKind.ChordClose,
        '(' => TokenKind.GroupOpen,
        ')' => TokenKind.GroupClose,
        _ => TokenKind.Word,
    };

    private static bool At(string line, int at, string what) => string.CompareOrdinal(line, at, what, 0, what.Length) == 0;
}
