using System.CommandLine;
using QuantumImprov.Host.CommandLine;

namespace QuantumImprov.Host.Backends;

/// <summary><c>--backend</c> and <c>--budget</c>, the same on every verb that plays.</summary>
public sealed class BackendFlags
{
    private const double MostMoney = 1_000_000;

    /// <summary>What is shown for a backend.</summary>
    public const string Value = "BACKEND";

    private readonly Option<string?> _backend;
    private readonly Option<double?> _budget = Flags.Number("--budget", "AMOUNT", 0, MostMoney, "What may be spent on a vendor's devices in any 24 hours, in the vendor's currency; default 0.");

    /// <summary>Adds both flags to <paramref name="command"/>.</summary>
    public BackendFlags(Command command, string? what = null)
    {
        _backend = Flags.Text("--backend", Value, what ?? "What chooses the notes: local (the default), noisy:PROFILE, or VENDOR[:DEVICE]; see qpu list.");
        command.Options.Add(_backend);
        command.Options.Add(_budget);
    }

    /// <summary>Both flags' options, in order.</summary>
    public IEnumerable<Option> Options => [_backend, _budget];

    /// <summary>What was said of the backend; null when nothing.</summary>
    public string? Name(ParseResult result) => result.GetValue(_backend);

    /// <summary>The backend.</summary>
    public BackendChoice Backend(ParseResult result) => BackendChoice.Of(result.GetValue(_backend));

    /// <summary>The budget.</summary>
    public decimal Budget(ParseResult result) => (decimal)(result.GetValue(_budget) ?? 0);
}
