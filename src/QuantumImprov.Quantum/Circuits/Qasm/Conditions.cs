namespace QuantumImprov.Quantum.Circuits.Qasm;

/// <summary>Reads what an <c>if</c> asks: bits, !bits, comparisons of a bit or register with a whole number, joined by &amp;&amp;. The result is a list of conditions of which at most one holds.</summary>
internal sealed class Conditions(TokenReader tokens, Registers bits)
{
    internal List<Condition> Read()
    {
        List<Condition> all = [default];
        do
        {
            var one = Term();
            all = [.. from a in all from b in one from both in Joined(a, b) select both];
        }
        while (tokens.TakeIf("&&"));
        if (tokens.Now.Is("||")) throw tokens.Now.Fault("'||' in a condition is not supported; write two ifs.");
        return all;
    }

    /// <summary>What holds when none of the given conditions does, again as conditions of which at most one holds.</summary>
    internal static List<Condition> Not(List<Condition> conditions)
    {
        List<Condition> rest = [default];
        foreach (var c in conditions) rest = [.. from a in rest from b in Not(c) from both in Joined(a, b) select both];
        return rest;
    }

    // The first bit differs; or the first agrees and the second differs; and so on.
    private static IEnumerable<Condition> Not(Condition condition)
    {
        ulong mask = 0;
        for (var bit = 0; bit < 64; bit++)
        {
            if ((condition.Mask >> bit & 1) == 0) continue;
            mask |= 1UL << bit;
            yield return new Condition(mask, (condition.Value & mask) ^ (1UL << bit));
        }
    }

    private static IEnumerable<Condition> Joined(Condition a, Condition b)
    {
        var shared = a.Mask & b.Mask;
        if ((a.Value & shared) == (b.Value & shared)) yield return new Condition(a.Mask | b.Mask, a.Value | b.Value);
    }

    private List<Condition> Term()
    {
        var negative = false;
        while (tokens.TakeIf("!")) negative = !negative;
        var bracket = tokens.Now.Is("(") ? tokens.Take() : default;
        var at = tokens.Now;
        var (first, width, _) = bits.Read(tokens);
        var mask = (width == 64 ? ulong.MaxValue : (1UL << width) - 1) << first;
        Condition asked;
        if (tokens.Now.Is("==") || tokens.Now.Is("!="))
        {
            negative ^= tokens.Take().Is("!=");
            var value = Value();
            if (width < 31 && value >= 1 << width) throw at.Fault($"{width} bit{(width == 1 ? "" : "s")} can never equal {value}.");
            asked = new Condition(mask, (ulong)value << first);
        }
        else if (width == 1)
        {
            asked = new Condition(mask, mask);
        }
        else
        {
            throw tokens.Now.Fault($"found {tokens.Now}; a register is compared with a number by == or !=.");
        }

        if (bracket.Kind == TokenKind.Symbol && bracket.Text == "(") tokens.Expect(")");
        return negative ? [.. Not(asked)] : [asked];
    }

    private int Value()
    {
        if (tokens.TakeIf("true")) return 1;
        return tokens.TakeIf("false") ? 0 : tokens.ExpectInteger("a whole number", 0, int.MaxValue);
    }
}
