using System.Collections.Immutable;

namespace QuantumImprov.Engine.Music.Notation;

/// <summary>Reads the notes, chords, rests, groups and dynamics of one bar and one voice at a time.</summary>
internal sealed class EventParser(IReadOnlyList<Token> tokens, long unitTicks, FaultList faults)
{
    private const SuffixParts All = SuffixParts.Length | SuffixParts.Velocity | SuffixParts.Tie;
    private const string Items = "a note such as 'F#4:2', a rest '.', a chord '[C4 E4]', a group '(C4 D4)', pp, p, mp, mf, f or ff";
    private readonly List<byte> _levels = [];

    /// <summary>The token to be read next.</summary>
    public int Position { get; set; }

    /// <summary>Reads one item into <paramref name="events"/>; false when it is faulty. Moves on in any case.</summary>
    public bool ReadItem(int voice, List<VoiceEvent> events)
    {
        while (_levels.Count <= voice) _levels.Add(Dynamics.Default);
        var token = tokens[Position++];
        switch (token.Kind)
        {
            case TokenKind.Word when Dynamics.OfMark(token.Text) is { } velocity:
                _levels[voice] = velocity;
                return true;
            case TokenKind.Word when token.Text[0] == '.':
                return Add(events, token, 1, SuffixParts.Length, _ => []);
            case TokenKind.Word when TryPitch(token, out var pitch, out var end):
                return Add(events, token, end, All, suffix => [(pitch, VelocityOf(suffix, _levels[voice]))]);
            case TokenKind.Word:
                return false;
            case TokenKind.ChordOpen:
                return ReadChord(token, voice, events);
            case TokenKind.GroupOpen:
                return ReadGroup(token, voice, events);
            default:
                return Fault(token, Items);
        }
    }

    private bool ReadChord(Token open, int voice, List<VoiceEvent> events)
    {
        var members = new List<(Pitch Pitch, Suffix Suffix)>();
        var good = true;
        while (Position < tokens.Count && tokens[Position].Kind == TokenKind.Word)
        {
            var member = tokens[Position++];
            if (!TryPitch(member, out var pitch, out var end) || !Suffix.TryRead(member, end, SuffixParts.Velocity, unitTicks, faults, out var suffix)) good = false;
            else if (members.Exists(m => m.Pitch == pitch)) good = Fault(member, "a pitch that is not yet in the chord");
            else members.Add((pitch, suffix));
        }

        if (Position == tokens.Count || tokens[Position].Kind != TokenKind.ChordClose) return Fault(open, "a chord that is closed by ']' in its bar and holds nothing but notes");
        var close = tokens[Position++];
        if (good && members.Count == 0) good = Fault(open with { Text = "[]" }, "a chord of at least one note");
        members.Sort((a, b) => a.Pitch.CompareTo(b.Pitch));
        return Add(
            events,
            close,
            1,
            All,
            chord => [.. members.Select(m => (m.Pitch, VelocityOf(m.Suffix.SetsVelocity ? m.Suffix : chord, _levels[voice])))],
            open,
            members.Exists(m => m.Suffix.SetsVelocity)) && good;
    }

    private bool ReadGroup(Token open, int voice, List<VoiceEvent> events)
    {
        var inner = new List<VoiceEvent>();
        var good = true;
        var nested = 0;
        while (Position < tokens.Count && (IsInGroup(tokens[Position].Kind) || nested > 0 && tokens[Position].Kind == TokenKind.GroupClose))
        {
            if (tokens[Position].Kind == TokenKind.GroupOpen) good = Fault(tokens[Position], "a group without a group inside it");
            switch (tokens[Position].Kind)
            {
                case TokenKind.GroupOpen:
                    nested++;
                    Position++;
                    break;
                case TokenKind.GroupClose:
                    nested--;
                    Position++;
                    break;
                default:
                    good &= ReadItem(voice, inner);
                    break;
            }
        }

        if (Position == tokens.Count || tokens[Position].Kind != TokenKind.GroupClose) return Fault(open, "a group that is closed by ')' in its bar");
        var close = tokens[Position++];
        if (!Suffix.TryRead(close, 1, SuffixParts.Length, unitTicks, faults, out var suffix) || !good) return false;
        var total = inner.Sum(e => e.Ticks);
        if (total == 0) return Fault(open with { Text = "()" }, "a group of at least one note or rest");
        foreach (var each in inner)
        {
            var scaled = (Int128)suffix.Ticks * each.Ticks;
            if (scaled % total != 0) return Fault(open, "a group whose members last whole numbers of 1/20160 quarter notes, such as divisions by 2, 3, 5, 7 and 9");
            events.Add(each with { Ticks = (long)(scaled / total) });
        }

        return true;
    }

    private static bool IsInGroup(TokenKind kind) => kind is TokenKind.Word or TokenKind.ChordOpen or TokenKind.ChordClose or TokenKind.GroupOpen;

    private bool Add(
        List<VoiceEvent> events,
        Token token,
        int suffixAt,
        SuffixParts parts,
        Func<Suffix, ImmutableArray<(Pitch Pitch, byte Velocity)>> notes,
        Token? start = null,
        bool setsVelocity = false)
    {
        if (!Suffix.TryRead(token, suffixAt, parts, unitTicks, faults, out var suffix)) return false;
        events.Add(new VoiceEvent(notes(suffix), suffix.Ticks, suffix.Tie, start ?? token, setsVelocity || suffix.SetsVelocity));
        return true;
    }

    private bool TryPitch(Token token, out Pitch pitch, out int end)
    {
        var text = token.Text;
        pitch = default;
        end = 1;
        if (text[0] is < 'A' or > 'G') return Fault(token, Items);
        if (end < text.Length && text[end] is '#' or 'b') end++;
        var octave = end;
        if (end < text.Length && text[end] == '-') end++;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return (end > octave && Pitch.TryParse(text[..end], out pitch))
            || Fault(token, "a letter A to G, '#' or 'b' or neither, and an octave, from C-1 to G9 (middle C is C4)");
    }

    private bool Fault(Token token, string allowed)
    {
        faults.Add(token.Line, token.Column, FaultList.Quote(token.Text), allowed);
        return false;
    }

    private static byte VelocityOf(Suffix suffix, byte level) => suffix.Velocity is { } given ? (byte)given : suffix.Accent ? Dynamics.Accented(level) : level;
}
