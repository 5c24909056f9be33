namespace QuantumImprov.Qpu.Secrets;

/// <summary>A key or token. It prints as dots, and whatever else prints it is told to its <see cref="Redactor"/>. Immutable.</summary>
public sealed class Secret
{
    private readonly string _value;

    internal Secret(string value) => _value = value;

    /// <summary>Dots.</summary>
    public override string ToString() => "•••";

    /// <summary>The secret itself, for the one header or form it belongs in.</summary>
    internal string Reveal() => _value;
}
