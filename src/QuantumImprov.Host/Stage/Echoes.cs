using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Stage;

/// <summary>
/// The last messages a page played, so that they are not sent back to it, where they would sound twice. They are recognised by their instant and bytes, both
/// of which the session leaves as they came. [any]
/// </summary>
internal sealed class Echoes
{
    private readonly TimedMessage[] _played = new TimedMessage[256];
    private readonly Lock _access = new();
    private int _next;

    public void Add(TimedMessage message)
    {
        lock (_access) _played[_next++ & (_played.Length - 1)] = message;
    }

    public bool Has(TimedMessage message)
    {
        lock (_access) return Array.IndexOf(_played, message) >= 0;
    }
}
