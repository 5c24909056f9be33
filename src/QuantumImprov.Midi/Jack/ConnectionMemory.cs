namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Which foreign ports ours were connected to, by name, so that a returning port, or a returning server, finds the same cabling. A port that goes takes its cables apart first, and so does a server
/// that goes down in order: what was disconnected shortly before the end counts as connected. What is parted while both ports stay is forgotten. [any]
/// </summary>
internal sealed class ConnectionMemory(TimeProvider time)
{
    private static readonly TimeSpan Dying = TimeSpan.FromSeconds(2);
    private readonly Dictionary<JackConnection, Cable> _cables = [];
    private readonly Lock _gate = new();

    private enum State
    {
        In,
        Parted,
        Awaited,
    }

    /// <summary>What is connected or awaited, in order of names.</summary>
    public IReadOnlyList<JackConnection> All
    {
        get
        {
            lock (_gate) return [.. _cables.Where(c => c.Value.State != State.Parted || IsLate(c.Value, time.GetTimestamp())).Select(c => c.Key).OrderBy(c => c.End).ThenBy(c => c.Other, StringComparer.Ordinal)];
        }
    }

    /// <summary>What is to be connected as soon as its port is there.</summary>
    public IReadOnlyList<JackConnection> Awaited
    {
        get
        {
            lock (_gate) return [.. _cables.Where(c => c.Value.State == State.Awaited).Select(c => c.Key)];
        }
    }

    /// <summary>Whether <paramref name="connection"/> is there now.</summary>
    public bool Has(JackConnection connection)
    {
        lock (_gate) return _cables.TryGetValue(connection, out var cable) && cable.State == State.In;
    }

    /// <summary>Notes a connection that is there.</summary>
    public void Add(JackConnection connection)
    {
        lock (_gate) _cables[connection] = new Cable(State.In, 0);
    }

    /// <summary>Notes a connection that is to be made when its port comes.</summary>
    public void Await(JackConnection connection)
    {
        lock (_gate) _cables[connection] = new Cable(State.Awaited, 0);
    }

    /// <summary>Notes a disconnection that was seen to happen.</summary>
    public void Fade(JackConnection connection)
    {
        lock (_gate)
        {
            if (_cables.TryGetValue(connection, out var cable) && cable.State == State.In) _cables[connection] = new Cable(State.Parted, time.GetTimestamp());
        }
    }

    /// <summary>Notes that the port <paramref name="other"/> has gone: its cables are awaited, unless they were parted before.</summary>
    public void Vanish(string other)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            foreach (var (connection, cable) in _cables.ToArray())
            {
                if (connection.Other == other) AwaitOrForget(connection, cable, now);
            }
        }
    }

    /// <summary>Forgets a connection that was taken apart on purpose.</summary>
    public void Forget(JackConnection connection)
    {
        lock (_gate) _cables.Remove(connection);
    }

    /// <summary>What was connected or awaited when the server went, at timestamp <paramref name="end"/>, is awaited; the rest is forgotten.</summary>
    public void Recall(long end)
    {
        lock (_gate)
        {
            foreach (var (connection, cable) in _cables.ToArray()) AwaitOrForget(connection, cable, end);
        }
    }

    private void AwaitOrForget(JackConnection connection, Cable cable, long end)
    {
        if (cable.State == State.Parted && !IsLate(cable, end)) _cables.Remove(connection);
        else _cables[connection] = new Cable(State.Awaited, 0);
    }

    private bool IsLate(Cable cable, long end) => time.GetElapsedTime(cable.Since, end) <= Dying;

    private readonly record struct Cable(State State, long Since);
}
