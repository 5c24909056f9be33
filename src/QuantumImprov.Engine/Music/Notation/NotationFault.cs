namespace QuantumImprov.Engine.Music.Notation;

/// <summary>One thing a notated tune does that it may not do.</summary>
/// <param name="Line">The line it stands on, from 1.</param>
/// <param name="Column">The column it begins at, from 1, counted in UTF-16 units.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Allowed">What may stand there.</param>
public readonly record struct NotationFault(int Line, int Column, string Found, string Allowed)
{
    /// <summary>The fault as one sentence.</summary>
    public override string ToString() => $"Line {Line}, column {Column}: found {Found}; allowed is {Allowed}.";
}
