using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Hands the player the rules by which its first voice follows the performer's keys. The player takes a dozen at a time; more wait here until it has, so that the last one counts whatever came before it.
/// Allocates nothing. [engine]
/// </summary>
internal sealed class SecondVoice(Player player)
{
    private FollowRule _last;
    private bool _waits, _ends;

    /// <summary>From now on the voice follows by <paramref name="rule"/>.</summary>
    internal void Follow(in FollowRule rule)
    {
        if (!_waits && player.TryFollow(rule)) return;
        (_last, _waits) = (rule, true);
        // What is held by a rule that was switched off ends, even when the voice follows by another at once.
        _ends |= !rule.IsOn;
    }

    /// <summary>Hands over what waits, as far as there is room.</summary>
    internal void Tend()
    {
        if (!_waits || (_ends && !player.TryFollow(FollowRule.Off(0)))) return;
        _ends = false;
        _waits = !player.TryFollow(_last);
    }
}
