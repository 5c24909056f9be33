using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Hands the player the rules by which its voices follow the performer's keys. The player takes a dozen at a time; more wait here until it has, so that the last one of each voice counts whatever came before it.
/// Allocates nothing. [engine]
/// </summary>
internal sealed class FollowingVoices(Player player)
{
    private readonly FollowRule[] _last = new FollowRule[FollowRule.FirstThrough];
    private readonly bool[] _waits = new bool[FollowRule.FirstThrough], _ends = new bool[FollowRule.FirstThrough];

    /// <summary>From now on the voice of <paramref name="rule"/> follows by it.</summary>
    internal void Follow(in FollowRule rule)
    {
        var voice = rule.Voice;
        if (!_waits[voice] && player.TryFollow(rule)) return;
        (_last[voice], _waits[voice]) = (rule, true);
        // What is held by a rule that was switched off ends, even when the voice follows by another at once.
        _ends[voice] |= !rule.IsOn;
    }

    /// <summary>No voice follows any more.</summary>
    internal void Stop()
    {
        for (var voice = 0; voice < FollowRule.FirstThrough; voice++) Follow(FollowRule.Off(voice));
    }

    /// <summary>Hands over what waits, as far as there is room.</summary>
    internal void Tend()
    {
        for (var voice = 0; voice < FollowRule.FirstThrough; voice++)
        {
            if (!_waits[voice] || (_ends[voice] && !player.TryFollow(FollowRule.Off(voice)))) continue;
            _ends[voice] = false;
            _waits[voice] = !player.TryFollow(_last[voice]);
        }
    }
}
