namespace QuantumImprov.Engine.Presets;

/// <summary>What a preset says about the way of playing.</summary>
/// <param name="Way">Which.</param>
/// <param name="Bars">For <see cref="WayOfPlaying.Trade"/>: bars of a turn, 1 to 16.</param>
/// <param name="PartnerFirst">For <see cref="WayOfPlaying.Trade"/>: whether the partner has the first turn; the performer's first key then asks for it.</param>
/// <param name="CountIn">For <see cref="WayOfPlaying.Trade"/>: bars counted on channel 10 before the first turn, 0 to 2.</param>
/// <param name="Interval">For <see cref="WayOfPlaying.Follow"/>: steps of the key between a key and its second voice, -14 to 14; 0 doubles it.</param>
public readonly record struct WayRules(WayOfPlaying Way, int Bars, bool PartnerFirst, int CountIn, int Interval)
{
    /// <summary>Answering; turns of four bars, the performer first; a third above.</summary>
    public static WayRules Default => new(WayOfPlaying.Answer, 4, false, 0, 2);
}
