using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Circuits.Qasm;

/// <summary>Reads the statements of a program, OpenQASM 2 or 3, into operations.</summary>
internal sealed class ProgramReader(TokenReader tokens)
{
    private static readonly string[] Unsupported =
    [
        "opaque", "def", "for", "while", "switch", "input", "output", "extern", "cal", "defcal", "defcalgrammar", "box", "delay", "let", "return", "break", "continue", "duration", "stretch",
        "angle", "bool", "complex", "array", "int", "uint", "float", "pragma", "end", "nop",
    ];

    private const int MostBranches = 20_000;

    private readonly Registers _qubits = new("qubit", Circuit.MostQubits);
    private readonly Registers _bits = new("bit", Circuit.MostBits);
    private readonly GateCalls _gates = new();
    private readonly Dictionary<string, double> _constants = [];
    private readonly ImmutableArray<Operation>.Builder _operations = ImmutableArray.CreateBuilder<Operation>();
    private int _depth, _branches;

    internal Circuit Read()
    {
        if (tokens.TakeIf("OPENQASM")) ReadVersion();
        while (tokens.Now.Kind != TokenKind.End) ReadStatement(default);
        if (_qubits.Total == 0) throw tokens.Now.Fault("the program declares no qubit.");
        return new Circuit(_qubits.Total, _bits.Total, _operations.ToImmutable());
    }

    private void ReadVersion()
    {
        var version = tokens.Take();
        if (version.Kind != TokenKind.Number || version.Text is not ("2" or "2.0" or "3" or "3.0" or "3.1")) throw version.Fault($"found version {version}; 2.0, 3.0 and 3.1 are supported.");
        _gates.Version3 = version.Text[0] == '3';
        tokens.Expect(";");
    }

    private void ReadStatement(Condition condition)
    {
        var first = tokens.Now;
        if (first.Is("@")) throw first.Fault("annotations ('@') are not supported.");
        if (first.Kind != TokenKind.Name) throw first.Fault($"found {first}; a statement begins with a word.");
        if (Array.IndexOf(Unsupported, first.Text) >= 0) throw first.Fault($"'{first.Text}' is not supported.");
        var declares = first.Text is "include" or "qreg" or "qubit" or "creg" or "bit" or "gate" or "const";
        if (declares && _depth > 0) throw first.Fault($"'{first.Text}' cannot stand under a condition.");
        switch (first.Text)
        {
            case "include":
                tokens.Take();
                var file = tokens.Take();
                if (file.Kind != TokenKind.Text || file.Text is not ("qelib1.inc" or "stdgates.inc")) throw file.Fault($"cannot include {file}; \"qelib1.inc\" and \"stdgates.inc\" are known.");
                tokens.Expect(";");
                break;
            case "qreg" or "qubit":
                Declare(_qubits);
                tokens.Expect(";");
                break;
            case "creg" or "bit":
                DeclareBits();
                break;
            case "gate":
                tokens.Take();
                _gates.Define(tokens);
                break;
            case "const":
                ReadConstant();
                break;
            case "if":
                ReadIf(condition);
                break;
            case "measure":
                ReadMeasureArrow(condition);
                break;
            case "reset":
                tokens.Take();
                foreach (var q in Spread(_qubits.Read(tokens))) Add(new Operation(Gates.Named("reset"), [q], condition: condition), first);
                tokens.Expect(";");
                break;
            case "barrier":
                ReadBarrier();
                break;
            default:
                if (_bits.Has(first.Text)) ReadAssignment(condition);
                else ReadCall(condition);
                break;
        }
    }

    // qreg q[3]; qubit[3] q; qubit q;
    private Token Declare(Registers registers)
    {
        var old = tokens.Take().Text is "qreg" or "creg";
        var width = old ? 1 : Width();
        var name = tokens.ExpectName("the name of a register");
        if (_qubits.Has(name.Text) || _bits.Has(name.Text)) throw name.Fault($"'{name.Text}' is declared twice.");
        if (old) width = Width();
        registers.Declare(name, width);
        return name;

        int Width()
        {
            if (!tokens.TakeIf("[")) return 1;
            var number = tokens.Now.Kind == TokenKind.Name && _constants.TryGetValue(tokens.Now.Text, out var value) && value >= 1 && value == Math.Floor(value) && value <= 1000
                ? Constant((int)value) : tokens.ExpectInteger("a size", 1, 1000);
            tokens.Expect("]");
            return number;
        }

        int Constant(int value)
        {
            tokens.Take();
            return value;
        }
    }

    private void DeclareBits()
    {
        var before = _bits.Total;
        Declare(_bits);
        if (tokens.Now.Is("="))
        {
            var at = tokens.Take();
            tokens.Expect("measure");
            Measure(_qubits.Read(tokens), (before, _bits.Total - before, _bits.Total - before == 1), default, at);
        }

        tokens.Expect(";");
    }

    private void ReadConstant()
    {
        tokens.Take();
        var type = tokens.ExpectName("a type");
        if (type.Text is not ("int" or "uint" or "float" or "angle")) throw type.Fault($"a constant of type {type} is not supported; int, uint, float and angle are.");
        if (tokens.TakeIf("["))
        {
            tokens.ExpectInteger("a width", 1, 128);
            tokens.Expect("]");
        }

        var name = tokens.ExpectName("the name of the constant");
        tokens.Expect("=");
        _constants[name.Text] = new Expressions(tokens).Read(_constants);
        tokens.Expect(";");
    }

    private void ReadIf(Condition outer)
    {
        var word = tokens.Take();
        if (++_depth > 50) throw word.Fault("conditions are nested more than 50 deep.");
        tokens.Expect("(");
        var asked = new Conditions(tokens, _bits).Read();
        tokens.Expect(")");
        var start = _operations.Count;
        ReadBranch(asked.SelectMany(c => Both(outer, c)), word);
        if (tokens.Now.Is("else"))
        {
            tokens.Take();
            ReadBranch(Conditions.Not(asked).SelectMany(c => Both(outer, c)), word);
        }

        // Every operation asks for itself, so a branch that writes the bits it depends on would change its own mind.
        ulong mask = outer.Mask;
        foreach (var c in asked) mask |= c.Mask;
        for (var i = start; i < _operations.Count - 1; i++)
        {
            if (_operations[i].Bit >= 0 && (mask >> _operations[i].Bit & 1) != 0) throw word.Fault("a branch that measures into the bits of its own condition and goes on is not supported.");
        }

        _depth--;
    }

    // The alternatives exclude one another, so the branch is written once for each.
    private void ReadBranch(IEnumerable<Condition> alternatives, Token word)
    {
        var start = tokens.At;
        var end = -1;
        foreach (var condition in alternatives.DefaultIfEmpty(new Condition(0, 1)))
        {
            // Alternatives within alternatives multiply.
            if (++_branches > MostBranches) throw word.Fault($"the conditions come to more than {MostBranches} cases.");
            tokens.At = start;
            var count = _operations.Count;
            if (tokens.TakeIf("{"))
            {
                while (!tokens.TakeIf("}"))
                {
                    if (tokens.Now.Kind == TokenKind.End) throw word.Fault("the branch of this 'if' is not closed.");
                    ReadStatement(condition);
                }
            }
            else
            {
                ReadStatement(condition);
            }

            // A condition that can never hold: the text is checked, the operations are dropped.
            if (condition == new Condition(0, 1)) _operations.Count = count;
            end = tokens.At;
        }

        tokens.At = end;
    }

    private static IEnumerable<Condition> Both(Condition a, Condition b)
    {
        var shared = a.Mask & b.Mask;
        if ((a.Value & shared) == (b.Value & shared)) yield return new Condition(a.Mask | b.Mask, a.Value | b.Value);
    }

    private void ReadMeasureArrow(Condition condition)
    {
        var word = tokens.Take();
        var from = _qubits.Read(tokens);
        if (tokens.Now.Is(";")) throw word.Fault("a measurement whose result goes nowhere is not supported; write c = measure q.");
        tokens.Expect("->");
        Measure(from, _bits.Read(tokens), condition, word);
        tokens.Expect(";");
    }

    private void ReadAssignment(Condition condition)
    {
        var at = tokens.Now;
        var to = _bits.Read(tokens);
        tokens.Expect("=");
        if (!tokens.Now.Is("measure")) throw tokens.Now.Fault($"found {tokens.Now}; a bit can only be given a measurement.");
        tokens.Take();
        Measure(_qubits.Read(tokens), to, condition, at);
        tokens.Expect(";");
    }

    private void Measure((int First, int Width, bool Single) from, (int First, int Width, bool Single) to, Condition condition, Token at)
    {
        if (from.Width != to.Width) throw at.Fault($"{from.Width} qubits are measured into {to.Width} bits; the sizes must be equal.");
        for (var i = 0; i < from.Width; i++) Add(new Operation(Gates.Named("measure"), [from.First + i], bit: to.First + i, condition: condition), at);
    }

    private void ReadBarrier()
    {
        var word = tokens.Take();
        var qubits = new SortedSet<int>();
        while (!tokens.Now.Is(";"))
        {
            if (qubits.Count > 0) tokens.ExpectComma();
            qubits.UnionWith(Spread(_qubits.Read(tokens)));
        }

        tokens.Expect(";");
        if (qubits.Count == 0) qubits.UnionWith(Enumerable.Range(0, _qubits.Total));
        if (_depth == 0 && qubits.Count > 0) Add(new Operation(Gates.Named("barrier"), [.. qubits]), word);
    }

    private void ReadCall(Condition condition)
    {
        var (name, work) = _gates.ReadHead(tokens, _constants);
        var operands = new List<(int First, int Width, bool Single)>();
        while (!tokens.Now.Is(";"))
        {
            if (operands.Count > 0) tokens.ExpectComma();
            operands.Add(_qubits.Read(tokens));
        }

        tokens.Expect(";");
        var widths = operands.Where(o => !o.Single).Select(o => o.Width).Distinct().ToArray();
        if (widths.Length > 1) throw name.Fault($"'{name.Text}' got registers of {string.Join(" and ", widths)} qubits; registers in one call have one size.");
        var inner = work(operands.Count);
        for (var i = 0; i < (widths.Length == 0 ? 1 : widths[0]); i++)
        {
            int[] map = [.. operands.Select(o => o.Single ? o.First : o.First + i)];
            if (map.Distinct().Count() < map.Length) throw name.Fault($"'{name.Text}' got a qubit twice; operands must differ.");
            foreach (var o in inner.Operations) Add(new Operation(o.Gate, [.. o.Qubits.Select(q => map[q])], o.Parameters, -1, condition), name);
        }
    }

    private void Add(Operation operation, Token at)
    {
        if (_operations.Count >= GateCalls.MostOperations) throw at.Fault($"the program comes to more than {GateCalls.MostOperations} operations.");
        _operations.Add(operation);
    }

    private static IEnumerable<int> Spread((int First, int Width, bool Single) register) => Enumerable.Range(register.First, register.Width);
}
