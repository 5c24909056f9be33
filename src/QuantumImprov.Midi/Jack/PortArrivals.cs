namespace QuantumImprov.Midi.Jack;

/// <summary>Tells which ports have come from one look at a server to the next. [owner]</summary>
internal sealed class PortArrivals
{
    private HashSet<string> _there = [];

    /// <summary>Those of <paramref name="now"/> that were not there at the last look; at the first one, all.</summary>
    public IReadOnlyList<JackPort> Look(IReadOnlyList<JackPort> now)
    {
        var arrived = now.Where(port => !_there.Contains(port.Name)).ToList();
        _there = [.. now.Select(port => port.Name)];
        return arrived;
    }

    /// <summary>The next look is a first one.</summary>
    public void Forget() => _there = [];
}
