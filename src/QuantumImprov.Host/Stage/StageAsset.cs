namespace QuantumImprov.Host.Stage;

/// <summary>One file of the page.</summary>
internal sealed record StageAsset(byte[] Content, string ContentType);
