namespace QuantumImprov.Midi.Jack;

/// <summary>A look at a JACK server's ports without taking part.</summary>
public static class JackPorts
{
    /// <summary>
    /// Lists the ports of the server named <paramref name="serverName"/> (null = the default); false, with one sentence, when no library or no server is
    /// there. Takes well under a second. [worker]
    /// </summary>
    public static bool TryList(string? serverName, out IReadOnlyList<JackPort> ports, out string reason)
    {
        ports = [];
        if (!JackHandle.TryOpen("quantumimprov-look", serverName, out var handle, out reason)) return false;
        using (handle) ports = handle.Ports();
        return true;
    }
}
