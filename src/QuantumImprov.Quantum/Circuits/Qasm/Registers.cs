namespace QuantumImprov.Quantum.Circuits.Qasm;

/// <summary>The declared registers, laid one behind the other in the order of declaration.</summary>
internal sealed class Registers(string kind, int most)
{
    private readonly Dictionary<string, (int First, int Width)> _byName = [];

    internal int Total { get; private set; }

    internal bool Has(string name) => _byName.ContainsKey(name);

    internal void Declare(Token name, int width)
    {
        if (_byName.ContainsKey(name.Text)) throw name.Fault($"'{name.Text}' is declared twice.");
        if (Total + width > most) throw name.Fault($"'{name.Text}' brings the {kind}s to {Total + width}; up to {most} are supported.");
        _byName[name.Text] = (Total, width);
        Total += width;
    }

    /// <summary>Reads <c>name</c> or <c>name[index]</c>; a single element is not spread over others.</summary>
    internal (int First, int Width, bool Single) Read(TokenReader tokens)
    {
        if (tokens.Now.Is("$")) throw tokens.Now.Fault("physical qubits ('$') are not supported; declare a register.");
        var name = tokens.ExpectName($"a {kind} register");
        if (!_byName.TryGetValue(name.Text, out var register)) throw name.Fault($"there is no {kind} register '{name.Text}'.");
        if (!tokens.TakeIf("[")) return (register.First, register.Width, register.Width == 1);
        var at = tokens.Now;
        var index = tokens.ExpectInteger("an index", 0, int.MaxValue);
        if (tokens.Now.Is(":") || tokens.Now.Is(",")) throw tokens.Now.Fault("ranges and lists of indices are not supported; name one element.");
        tokens.Expect("]");
        if (index >= register.Width) throw at.Fault($"'{name.Text}' has the elements 0 to {register.Width - 1}, not {index}.");
        return (register.First + index, 1, true);
    }
}
