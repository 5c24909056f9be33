namespace QuantumImprov.Engine.Session;

/// <summary>Whose time a session keeps, and how well it can. Immutable. [any]</summary>
/// <param name="Keeper">Who keeps it.</param>
/// <param name="IsSteady">Whether the beat stays where it is as far as can be known: a clock's ticks come evenly and none is missing, a song runs on as it was, nobody but the performer moves it in each phrase.</param>
/// <param name="Uneven">How far the clock's last ticks lie from an even beat, in milliseconds, root mean square; null while none is heard.</param>
/// <param name="Follows">Whose time may be followed.</param>
public readonly record struct TimeView(TimeKeeper Keeper, bool IsSteady, double? Uneven, TimeSources Follows);
