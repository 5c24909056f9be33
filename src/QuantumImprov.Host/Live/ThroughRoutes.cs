using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Host.Live;

/// <summary>
/// The routes by which the performer's playing passes through to the output. While a cable leads from the output straight back to the input they are closed: what passes would go round without end. A way back through another program is not
/// seen. [owner]
/// </summary>
/// <param name="routes">At most <see cref="ThroughRoute.Most"/>.</param>
/// <param name="comesBack">Whether such a cable is there now.</param>
public sealed class ThroughRoutes(IReadOnlyList<ThroughRoute> routes, Func<bool> comesBack)
{
    private bool _closed;

    /// <summary>Opens the routes in <paramref name="player"/>; before it is played.</summary>
    public void Open(Player player)
    {
        for (var i = 0; i < routes.Count; i++) player.TryFollow(RuleOf(i));
    }

    /// <summary>Closes or opens the routes when the cable has come or gone; what became of them as one sentence, null when nothing did. Cheap.</summary>
    /// <param name="follow">Gives a rule to the player on the engine's thread; false when it has no room for it.</param>
    public string? Tend(Func<FollowRule, bool> follow)
    {
        if (routes.Count == 0 || comesBack() is var closes && closes == _closed) return null;
        for (var i = 0; i < routes.Count; i++)
        {
            // One that has no room now is given once more.
            if (!follow(closes ? FollowRule.Off(FollowRule.FirstThrough + i) : RuleOf(i))) return null;
        }

        _closed = closes;
        return _closed
            ? "A cable leads from our output back to our input: nothing passes through (--thru) until it is taken away, because it would go round."
            : "The cable from our output back to our input is gone: what you play passes through again.";
    }

    private FollowRule RuleOf(int i) => FollowRule.Through(FollowRule.FirstThrough + i, routes[i].Channels, routes[i].Channel);
}
