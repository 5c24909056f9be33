namespace QuantumImprov.Engine.Music.Notation;

internal enum TokenKind
{
    Word,
    BarLine,
    RepeatStart,
    RepeatEnd,
    NextVoice,
    ChordOpen,
    ChordClose,
    GroupOpen,
    GroupClose,
}

/// <summary>A piece of the music lines. A closing bracket carries what is written onto it, such as <c>]:2~</c>.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line, int Column);
