namespace QuantumImprov.Storage.Journal;

/// <summary>One thing more that a session started from.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Text">Its text.</param>
public sealed record JournalGiven(string Name, string Text);
