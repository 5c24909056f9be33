namespace QuantumImprov.Engine.Music;

/// <summary>A message and the instant it came in at, or went out at, on the session's clock.</summary>
/// <param name="At">The instant.</param>
/// <param name="Message">The message.</param>
public readonly record struct TimedMessage(HostTime At, ShortMessage Message);
