namespace QuantumImprov.Engine.Music.Notation;

/// <summary>What may be written onto a note, a rest or a closing bracket, in this order.</summary>
[Flags]
internal enum SuffixParts
{
    Length = 1,
    Velocity = 2,
    Tie = 4,
}

/// <summary>What was written onto a note, a rest or a closing bracket.</summary>
/// <param name="Ticks">The length, one unit of the metre when none is written.</param>
/// <param name="Accent">Whether it is marked <c>!</c>.</param>
/// <param name="Velocity">The velocity after <c>@</c>, or null.</param>
/// <param name="Tie">Whether it is tied to what follows.</param>
internal readonly record struct Suffix(long Ticks, bool Accent, int? Velocity, bool Tie)
{
    private const int MostDigits = 7;

    public bool SetsVelocity => Accent || Velocity is not null;

    /// <summary>Reads the rest of a token from <paramref name="at"/> on. At the first fault it notes it and gives up.</summary>
    public static bool TryRead(Token token, int at, SuffixParts parts, long unitTicks, FaultList faults, out Suffix suffix)
    {
        var text = token.Text;
        suffix = new Suffix(unitTicks, false, null, false);
        if (at < text.Length && text[at] == ':' && parts.HasFlag(SuffixParts.Length))
        {
            var start = at++;
            long under = 1;
            var good = Number(text, ref at, out var over) && (at == text.Length || text[at] != '/' || (++at > 0 && Number(text, ref at, out under)));
            if (!good)
                return Fault("a length: ':' and a number from 1, or a fraction such as ':3/2', of up to 7 digits");
            if (over * unitTicks % under != 0)
                return Fault("a length that is a whole number of 1/20160 quarter notes, such as divisions by 2, 3, 5, 7 and 9");
            suffix = suffix with { Ticks = over * unitTicks / under };

            bool Fault(string allowed)
            {
                faults.Add(token.Line, token.Column + start, FaultList.Quote(text[start..]), allowed);
                return false;
            }
        }

        if (at < text.Length && parts.HasFlag(SuffixParts.Velocity))
        {
            if (text[at] == '!')
            {
                suffix = suffix with { Accent = true };
                at++;
            }
            else if (text[at] == '@')
            {
                var start = at++;
                if (!Number(text, ref at, out var velocity) || velocity > 127)
                {
                    faults.Add(token.Line, token.Column + start, FaultList.Quote(text[start..]), "'@' and a velocity from 1 to 127");
                    return false;
                }

                suffix = suffix with { Velocity = (int)velocity };
            }
        }

        if (at < text.Length && text[at] == '~' && parts.HasFlag(SuffixParts.Tie))
        {
            suffix = suffix with { Tie = true };
            at++;
        }

        if (at == text.Length) return true;
        faults.Add(token.Line, token.Column + at, FaultList.Quote(text[at..]), Order(parts));
        return false;
    }

    private static string Order(SuffixParts parts) => parts switch
    {
        SuffixParts.Length => "a length such as ':2', or nothing",
        SuffixParts.Velocity => "'!' or '@' and a velocity, or nothing (a chord's length and tie stand after ']')",
        _ => "a length such as ':2', then '!' or '@' and a velocity, then '~', each or none",
    };

    private static bool Number(string text, ref int at, out long number)
    {
        number = 0;
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            if (at - start == MostDigits) return false;
            number = number * 10 + (text[at++] - '0');
        }

        return at > start && number > 0;
    }
}
