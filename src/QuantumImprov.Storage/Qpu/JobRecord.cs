namespace QuantumImprov.Storage.Qpu;

/// <summary>A job as the ledger has it. Immutable.</summary>
/// <param name="Tag">Our name of it.</param>
/// <param name="Vendor">Whose device.</param>
/// <param name="Device">Which device.</param>
/// <param name="Job">The vendor's name of it; null when nobody knows whether it was taken.</param>
/// <param name="Circuits">How many circuits.</param>
/// <param name="Shots">Shots of each.</param>
/// <param name="Currency">Of the amounts.</param>
/// <param name="Reserved">What it was expected to cost.</param>
/// <param name="Cost">What it cost; null while it is open.</param>
/// <param name="Outcome">How it ended, in a word; open while it has not.</param>
/// <param name="Sent">When it was sent.</param>
/// <param name="Ended">When it ended; null while it has not.</param>
public sealed record JobRecord(string Tag, string Vendor, string Device, string? Job, int Circuits, int Shots, string Currency, decimal Reserved, decimal? Cost, string Outcome, DateTimeOffset Sent, DateTimeOffset? Ended);
