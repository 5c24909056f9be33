namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Which foreign ports ours were connected to, by name, so that a returning server finds the same cabling. A server that goes down in order takes its own
/// ports apart first: what was disconnected shortly before the end counts as connected. [any]
/// </summary>
internal sealed class ConnectionMemory(TimeProvider time)
{
    private static readonly TimeSpan Dying = TimeSpan.FromSeconds(2);
    private readonly Dictionary<JackConnection, long?> _gone = [];
    private readonly Lock _gate = new();

    public void Add(JackConnection connection)
    {
        lock (_gate) _gone[connection] = null;
    }

    /// <summary>Notes a disconnection that was seen to happen.</summary>
    public void Fade(JackConnection connection)
    {
        lock (_gate)
        {
            if (_gone.TryGetValue(connection, out var since) && since is null) _gone[connection] = time.GetTimestamp();
        }
    }

    /// <summary>Forgets a connection that was taken apart on purpose.</summary>
    public void Forget(JackConnection connection)
    {
        lock (_gate) _gone.Remove(connection);
    }

    /// <summary>What was connected when the server went, at timestamp <paramref name="end"/>; the rest is forgotten.</summary>
    public IReadOnlyList<JackConnection> Recall(long end)
    {
        lock (_gate)
        {
            foreach (var (connection, since) in _gone.ToArray())
            {
                if (since is { } at && time.GetElapsedTime(at, end) > Dying) _gone.Remove(connection);
                else _gone[connection] = null;
            }

            return [.. _gone.Keys];
        }
    }
}
