using QuantumImprov.Engine.Music;

namespace QuantumImprov.Storage.Journal;

/// <summary>Something worth knowing that happened in a session, such as an xrun.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What.</param>
public sealed record JournalRemark(HostTime At, string Text);
