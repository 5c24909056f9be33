using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Circuits.Qasm;

/// <summary>Reads gate calls with their modifiers, and works defined gates out down to the table.</summary>
internal sealed class GateCalls
{
    /// <summary>What one program may come to, so that gates defined by gates cannot fill the memory.</summary>
    internal const int MostOperations = 200_000;

    // Trials of definitions count as well.
    private const int MostWork = 2 * MostOperations;
    private const int MostNesting = 64;
    private const int MostModifiers = 16;

    private readonly Dictionary<string, GateDefinition> _defined = [];
    private int _count, _nesting;
    private bool _trial;

    internal GateCalls()
    {
        var library = new TokenReader(Lexer.Read(Library.Text));
        while (library.TakeIf("gate")) Define(library);
    }

    internal bool Version3 { get; set; } = true;

    internal static IReadOnlyDictionary<string, double> NoNames { get; } = new Dictionary<string, double>();

    /// <summary>Reads a definition from behind the word <c>gate</c>; the body is tried once, so that faults in it are found where they stand.</summary>
    internal void Define(TokenReader tokens)
    {
        var start = tokens.At;
        var name = tokens.ExpectName("the name of the gate");
        List<string> parameters = [], qubits = [];
        if (tokens.TakeIf("(") && !tokens.TakeIf(")"))
        {
            do parameters.Add(tokens.ExpectName("the name of a parameter").Text);
            while (tokens.TakeIf(","));
            tokens.Expect(")");
        }

        do qubits.Add(tokens.ExpectName("the name of a qubit").Text);
        while (tokens.TakeIf(","));
        var definition = new GateDefinition(name.Text, [.. parameters], [.. qubits], tokens, tokens.At);
        _trial = true;
        Expand(definition, [.. parameters.Select(_ => 1.0)]);
        _trial = false;
        tokens.SkipBlock();
        if (!IsTheTables(name.Text, tokens, start)) _defined[name.Text] = definition;
    }

    // The definition that the writer gives a device's own gate: what it names is then the table's gate itself.
    private static bool IsTheTables(string name, TokenReader tokens, int start)
    {
        if (Gates.Find(name)?.Definition is not { } text) return false;
        var own = Lexer.Read(text);
        var end = tokens.At;
        tokens.At = start;
        var same = end - start == own.Length - 2;
        for (var i = 1; same && i < own.Length - 1; i++) same = tokens.Take().Text == own[i].Text;
        tokens.At = end;
        return same;
    }

    /// <summary>Reads modifiers, name and parameters; what it comes to depends on the number of operands, so that is a function.</summary>
    internal (Token Name, Func<int, Expansion> Work) ReadHead(TokenReader tokens, IReadOnlyDictionary<string, double> names)
    {
        var modifiers = new List<(Token At, string Name, int Number)>();
        while (tokens.Now.Is("inv") || tokens.Now.Is("pow") || tokens.Now.Is("ctrl") || tokens.Now.Is("negctrl"))
        {
            var word = tokens.Take();
            if (modifiers.Count == MostModifiers) throw word.Fault($"more than {MostModifiers} modifiers on one gate are not supported.");
            var number = 1;
            if (tokens.Now.Is("("))
            {
                tokens.Take();
                var value = new Expressions(tokens).Read(names);
                tokens.Expect(")");
                if (value != Math.Floor(value) || Math.Abs(value) > 1000 || (word.Text != "pow" && value < 1))
                    throw word.Fault($"found {word.Text}({value}); a whole number, {(word.Text == "pow" ? "-1000" : "1")} to 1000, is supported.");
                number = (int)value;
            }
            else if (word.Text == "pow")
            {
                throw word.Fault("'pow' needs its exponent in brackets.");
            }

            tokens.Expect("@");
            modifiers.Add((word, word.Text, number));
        }

        var name = tokens.ExpectName("the name of a gate");
        var parameters = Parameters(tokens, names);
        return (name, operands => Modified(name, parameters, modifiers, 0, operands));
    }

    private static ImmutableArray<double> Parameters(TokenReader tokens, IReadOnlyDictionary<string, double> names)
    {
        if (!tokens.TakeIf("(")) return [];
        var parameters = ImmutableArray.CreateBuilder<double>();
        if (tokens.TakeIf(")")) return [];
        do parameters.Add(new Expressions(tokens).Read(names));
        while (tokens.TakeIf(","));
        tokens.Expect(")");
        return parameters.ToImmutable();
    }

    private Expansion Modified(Token name, ImmutableArray<double> parameters, List<(Token At, string Name, int Number)> modifiers, int first, int operands)
    {
        if (first == modifiers.Count) return Plain(name, parameters, operands);
        var (at, word, number) = modifiers[first];
        if (word is "ctrl" or "negctrl")
        {
            // A global phase has no operand of its own, so under controls it acts on them alone.
            if (operands < number || (operands == number && name.Text != "gphase")) throw at.Fault($"{word}({number}) needs more than {number} operand{(number == 1 ? "" : "s")} but got {operands}.");
            var targets = operands - number;
            return Controls.Add(Modified(name, parameters, modifiers, first + 1, targets), targets, [.. Enumerable.Repeat(word == "ctrl", number)], at);
        }

        var inner = Modified(name, parameters, modifiers, first + 1, operands);
        if (word == "inv" || number < 0) inner = new Expansion([.. Enumerable.Reverse(inner.Operations).Select(o => o.Inverse())], -inner.Phase);
        if (word == "inv") return inner;
        var repeated = new Expansion([], inner.Phase * Math.Abs(number));
        for (var i = 0; i < Math.Abs(number); i++)
        {
            Count(inner.Operations.Count, at);
            repeated.Operations.AddRange(inner.Operations);
        }

        return repeated;
    }

    private Expansion Plain(Token name, ImmutableArray<double> parameters, int operands)
    {
        Count(1, name);
        if (_trial) parameters = [.. parameters.Select(p => double.IsFinite(p) ? p : 0)];
        if (_defined.TryGetValue(name.Text, out var definition))
        {
            if (parameters.Length != definition.Parameters.Length || operands != definition.Qubits.Length)
                throw name.Fault($"'{name.Text}' takes {definition.Parameters.Length} parameters and {definition.Qubits.Length} qubits but got {parameters.Length} and {operands}.");
            return Expand(definition, [.. parameters]);
        }

        // OpenQASM 3's own U carries half of theta as a phase; OpenQASM 2's is told apart by no program.
        if (name.Text == "U" && parameters.Length == 3) return new Expansion([Make("u", parameters, 1, name)], Version3 ? parameters[0] / 2 : 0);
        if (name.Text == "gphase" && parameters.Length == 1 && operands == 0) return new Expansion([], parameters[0]);
        if (Gates.Find(name.Text) is not { } gate || (gate.Shape != GateShape.Controlled && gate.Definition is null)) throw name.Fault($"there is no gate '{name.Text}' here.");
        return new Expansion([Make(name.Text, parameters, operands, name)], 0);
    }

    private static Operation Make(string gate, ImmutableArray<double> parameters, int operands, Token at)
    {
        try
        {
            return new Operation(Gates.Named(gate), [.. Enumerable.Range(0, operands)], parameters);
        }
        catch (ArgumentException fault)
        {
            throw at.Fault(fault.Message);
        }
    }

    private Expansion Expand(GateDefinition definition, double[] values)
    {
        var names = new Dictionary<string, double>();
        for (var i = 0; i < values.Length; i++) names[definition.Parameters[i]] = values[i];
        var tokens = definition.Source;
        if (++_nesting > MostNesting) throw tokens.Now.Fault($"gates are defined by gates more than {MostNesting} deep.");
        var back = tokens.At;
        tokens.At = definition.Body;
        var whole = new Expansion([], 0);
        tokens.Expect("{");
        while (!tokens.TakeIf("}"))
        {
            if (tokens.Now.Kind == TokenKind.End) throw tokens.Now.Fault("the body of a gate is not closed.");
            if (tokens.TakeIf("barrier"))
            {
                while (tokens.Now.Kind == TokenKind.Name || tokens.Now.Is(",")) tokens.Take();
                tokens.Expect(";");
                continue;
            }

            whole = Joined(whole, Statement(tokens, names, definition.Qubits));
        }

        tokens.At = back;
        _nesting--;
        return whole;
    }

    private Expansion Statement(TokenReader tokens, Dictionary<string, double> names, string[] qubits)
    {
        var (name, work) = ReadHead(tokens, names);
        var operands = new List<int>();
        while (!tokens.Now.Is(";"))
        {
            if (operands.Count > 0) tokens.ExpectComma();
            var operand = tokens.ExpectName("a qubit of the gate");
            var at = Array.IndexOf(qubits, operand.Text);
            if (at < 0) throw operand.Fault($"'{operand.Text}' is not a qubit of this gate; there are {string.Join(", ", qubits)}.");
            if (operands.Contains(at)) throw operand.Fault($"'{name.Text}' got the qubit '{operand.Text}' twice; operands must differ.");
            operands.Add(at);
        }

        tokens.Expect(";");
        var inner = work(operands.Count);
        return new Expansion([.. inner.Operations.Select(o => o.On(operands))], inner.Phase);
    }

    private static Expansion Joined(Expansion first, Expansion second)
    {
        first.Operations.AddRange(second.Operations);
        return new Expansion(first.Operations, first.Phase + second.Phase);
    }

    private void Count(int operations, Token at)
    {
        _count += operations;
        if (_count > MostWork) throw at.Fault($"the program comes to more than {MostOperations} operations.");
    }
}
