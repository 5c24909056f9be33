namespace QuantumImprov.Engine.Music.Notation;

/// <summary>Divides the tokens into bars and voices and finds the repeats.</summary>
internal sealed class BarParser(IReadOnlyList<Token> tokens, long unitTicks, FaultList faults)
{
    /// <summary>As many as there are pitches; a tune that sounds one note at a time on each never needs more.</summary>
    private const int MostVoices = 128;

    private readonly List<WrittenBar> _bars = [];
    private WrittenBar? _open;
    private Token? _repeat;

    public List<WrittenBar> Read()
    {
        var events = new EventParser(tokens, unitTicks, faults);
        Token? previous = null;
        var startsRepeat = false;
        while (events.Position < tokens.Count)
        {
            var token = tokens[events.Position];
            switch (token.Kind)
            {
                case TokenKind.BarLine or TokenKind.RepeatStart or TokenKind.RepeatEnd:
                    events.Position++;
                    CloseBar();
                    if (previous is { } before && IsEmpty(before, token)) Fault(token, "a bar with something in it");
                    if (token.Kind == TokenKind.RepeatStart) startsRepeat = OpenRepeat(token);
                    if (token.Kind == TokenKind.RepeatEnd) CloseRepeat(token);
                    break;
                case TokenKind.NextVoice:
                    events.Position++;
                    var voices = Bar(token).Voices;
                    if (voices.Count < MostVoices) voices.Add([]);
                    else Fault(token, $"at most {MostVoices} voices in a bar");
                    break;
                default:
                    var bar = Bar(token);
                    if (!events.ReadItem(bar.Voices.Count - 1, bar.Voices[^1])) bar.IsFaulty = true;
                    break;
            }

            previous = token;
        }

        CloseBar();
        if (_repeat is { } open) Fault(open, "a repeat that is closed by ':|'");
        return _bars;

        WrittenBar Bar(Token first)
        {
            _open ??= new WrittenBar(first) { StartsRepeat = startsRepeat };
            startsRepeat = false;
            return _open;
        }
    }

    private static bool IsEmpty(Token before, Token now) => before.Kind switch
    {
        TokenKind.RepeatStart => true,
        TokenKind.BarLine or TokenKind.RepeatEnd => now.Kind == TokenKind.RepeatEnd || (now.Kind == TokenKind.BarLine && now.Line == before.Line),
        _ => false,
    };

    private bool OpenRepeat(Token token)
    {
        if (_repeat is not null) Fault(token, "':|' before the next '|:'; repeats do not nest");
        _repeat = token;
        return true;
    }

    private void CloseRepeat(Token token)
    {
        if (_repeat is null) Fault(token, "':|' only after '|:'");
        else if (_bars.Count > 0) _bars[^1].EndsRepeat = true;
        _repeat = null;
    }

    private void CloseBar()
    {
        if (_open is null) return;
        foreach (var voice in _open.Voices)
            if (voice.Count == 0 && !_open.IsFaulty)
            {
                Fault(_open.First, "at least one note or rest in each voice of a bar");
                _open.IsFaulty = true;
            }

        _bars.Add(_open);
        _open = null;
    }

    private void Fault(Token token, string allowed) => faults.Add(token.Line, token.Column, FaultList.Quote(token.Text), allowed);
}
