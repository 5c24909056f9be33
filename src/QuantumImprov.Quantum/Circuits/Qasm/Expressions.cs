using System.Globalization;

namespace QuantumImprov.Quantum.Circuits.Qasm;

/// <summary>Reads and works out the arithmetic in parameters: + - * / ^ **, brackets, the usual functions, pi, tau, euler, constants and gate parameters.</summary>
internal sealed class Expressions(TokenReader tokens)
{
    private const int MostDepth = 100;
    private int _depth;

    internal double Read(IReadOnlyDictionary<string, double> names)
    {
        var sum = Product(names);
        while (true)
        {
            if (tokens.TakeIf("+")) sum += Product(names);
            else if (tokens.TakeIf("-")) sum -= Product(names);
            else return sum;
        }
    }

    private double Product(IReadOnlyDictionary<string, double> names)
    {
        var product = Signed(names);
        while (true)
        {
            if (tokens.TakeIf("*")) product *= Signed(names);
            else if (tokens.TakeIf("/")) product /= Signed(names);
            else return product;
        }
    }

    private double Signed(IReadOnlyDictionary<string, double> names)
    {
        var negative = false;
        while (tokens.Now.Is("-") || tokens.Now.Is("+")) negative ^= tokens.Take().Is("-");
        var value = Power(names);
        return negative ? -value : value;
    }

    private double Power(IReadOnlyDictionary<string, double> names)
    {
        if (++_depth > MostDepth) throw tokens.Now.Fault($"this expression is nested more than {MostDepth} deep.");
        var value = Atom(names);
        if (tokens.TakeIf("^") || tokens.TakeIf("**")) value = Math.Pow(value, Signed(names));
        _depth--;
        return value;
    }

    private double Atom(IReadOnlyDictionary<string, double> names)
    {
        var token = tokens.Take();
        if (token.Is("("))
        {
            var inner = Read(names);
            tokens.Expect(")");
            return inner;
        }

        if (token.Kind == TokenKind.Number && (token.TryRadix(out var number) || double.TryParse(token.Text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out number))) return number;
        if (token.Kind != TokenKind.Name) throw token.Fault($"found {token}; a number, a name or '(' is needed here.");
        if (tokens.TakeIf("("))
        {
            var argument = Read(names);
            tokens.Expect(")");
            return Call(token, argument);
        }

        return token.Text switch
        {
            "pi" or "π" => Math.PI,
            "tau" or "τ" => Math.Tau,
            "euler" or "ℇ" => Math.E,
            _ => names.TryGetValue(token.Text, out var value) ? value : throw token.Fault($"the name '{token.Text}' has no value here."),
        };
    }

    private static double Call(Token name, double x) => name.Text switch
    {
        "sin" => Math.Sin(x),
        "cos" => Math.Cos(x),
        "tan" => Math.Tan(x),
        "exp" => Math.Exp(x),
        "ln" or "log" => Math.Log(x),
        "sqrt" => Math.Sqrt(x),
        "arcsin" or "asin" => Math.Asin(x),
        "arccos" or "acos" => Math.Acos(x),
        "arctan" or "atan" => Math.Atan(x),
        _ => throw name.Fault($"there is no function '{name.Text}'; there are sin, cos, tan, exp, ln, sqrt, arcsin, arccos, arctan."),
    };
}
