namespace QuantumImprov.Midi.Jack;

public sealed partial class JackClient
{
    private readonly ConnectionMemory _memory;
    private readonly PortArrivals _arrivals = new();
    private volatile bool _portsChanged = true;

    /// <summary>What our ports are connected with, and what they are to be connected with when it comes. A cable that was parted counts for two seconds more, in case its port, or the server, is on its way out. [any]</summary>
    public IReadOnlyList<JackConnection> Remembered => _memory.All;

    /// <summary>All ports of the server, ours among them; empty while it is away. [any but callbacks]</summary>
    public IReadOnlyList<JackPort> Ports()
    {
        lock (_gate) return _running ? _handle!.Ports() : [];
    }

    /// <summary>Full names of what <paramref name="end"/> is connected to; empty while the server is away. [any but callbacks]</summary>
    public IReadOnlyList<string> Connections(JackEnd end)
    {
        lock (_gate) return _running ? _handle!.Connections(_ports![end]) : [];
    }

    /// <summary>Whether a cable leads from our output straight to our input, as far as the server has told. Cheap. [any]</summary>
    public bool ComesBack => _memory.Has(new JackConnection(JackEnd.Out, NameOf(JackEnd.In)));

    /// <summary>Full names of the ports that <see cref="TryConnect"/> of the same arguments would connect; empty when it would say why none, or while the server is away. [any but callbacks]</summary>
    public IReadOnlyList<string> Matching(JackEnd end, string pattern)
    {
        lock (_gate) return TrySelect(end, pattern, out var ports, out _) ? [.. ports.Select(port => port.Name)] : [];
    }

    /// <summary>
    /// Connects <paramref name="end"/> with the port of exactly the name <paramref name="pattern"/>, or with every fitting port that matches it: * stands for
    /// any text, ? for one character, capitals do not matter. True when at least one connection is there; <paramref name="report"/> is one sentence either
    /// way. The connection comes back with a returning server. [any but callbacks]
    /// </summary>
    public bool TryConnect(JackEnd end, string pattern, out string report)
    {
        lock (_gate)
        {
            if (!TrySelect(end, pattern, out var ports, out report)) return false;
            var connected = new List<string>();
            foreach (var port in ports)
            {
                if (!TryJoin(end, port.Name)) continue;
                _memory.Add(new JackConnection(end, port.Name));
                connected.Add(port.Name);
            }

            report = connected.Count > 0
                ? $"{NameOf(end)} is connected with {string.Join(", ", connected)}."
                : $"The JACK server refused to connect {NameOf(end)} with {string.Join(", ", ports.Select(port => port.Name))}.";
            return connected.Count > 0;
        }
    }

    /// <summary>Connects <paramref name="connection"/> now, or by <see cref="TryReopen"/> once its port is there. [any but callbacks]</summary>
    public void Await(JackConnection connection)
    {
        lock (_gate)
        {
            _memory.Await(connection);
            if (_running) Restore();
        }
    }

    /// <summary><paramref name="connection"/> is no longer to be made when its port comes; one that is there stays. [any]</summary>
    public void GiveUp(JackConnection connection)
    {
        if (_memory.Awaited.Contains(connection)) _memory.Forget(connection);
    }

    /// <summary>Whether anything can be connected with <paramref name="end"/> at <paramref name="port"/>: of its kind, of the other direction, and not ours. [any]</summary>
    public bool Fits(JackEnd end, JackPort port) => port.IsMidi == end is JackEnd.In or JackEnd.Out && port.IsInput == (end != JackEnd.In) && !IsOurs(port);

    /// <summary>The ports that have come since this was last asked; the first time, and after a server has returned, all. Cheap while none has come or gone. [owner]</summary>
    public IReadOnlyList<JackPort> TakeArrivals()
    {
        if (!_running || !_portsChanged) return [];
        _portsChanged = false;
        return _arrivals.Look(Ports());
    }

    /// <summary>Takes apart what <see cref="TryConnect"/> of the same arguments joins; true when at least one connection was taken apart. [any but callbacks]</summary>
    public bool TryDisconnect(JackEnd end, string pattern, out string report)
    {
        lock (_gate)
        {
            if (!TrySelect(end, pattern, out var ports, out report)) return false;
            var connected = _handle!.Connections(_ports![end]);
            var parted = new List<string>();
            foreach (var port in ports)
            {
                _memory.Forget(new JackConnection(end, port.Name));
                if (!connected.Contains(port.Name)) continue;
                if (end == JackEnd.In ? _handle.TryDisconnect(port.Name, NameOf(end)) : _handle.TryDisconnect(NameOf(end), port.Name)) parted.Add(port.Name);
            }

            report = parted.Count > 0 ? $"{NameOf(end)} is parted from {string.Join(", ", parted)}." : $"{NameOf(end)} was not connected with \"{pattern}\".";
            return parted.Count > 0;
        }
    }

    /// <summary>The full name of one of our ports, such as <c>quantumimprov:in</c>. [any]</summary>
    public string NameOf(JackEnd end) => ClientName + end switch
    {
        JackEnd.In => ":in",
        JackEnd.Out => ":out",
        JackEnd.Left => ":left",
        _ => ":right",
    };

    internal unsafe void HearConnection(uint a, uint b, bool connected)
    {
        if (_handle is not { Native: not 0 } handle || _ports is not { } ports) return;
        var (first, second) = (LibJack.PortById(handle.Native, a), LibJack.PortById(handle.Native, b));
        Remember(ports.EndOf(first), second, connected);
        Remember(ports.EndOf(second), first, connected);
    }

    internal unsafe void HearPort(uint id, bool there)
    {
        _portsChanged = true;
        if (there || _handle is not { Native: not 0 } handle) return;
        if (JackHandle.NameOf(LibJack.PortById(handle.Native, id)) is { Length: > 0 } name) _memory.Vanish(name);
    }

    private void Remember(JackEnd? end, nint other, bool connected)
    {
        if (end is null || JackHandle.NameOf(other) is not { Length: > 0 } name) return;
        if (connected)
        {
            _memory.Add(new JackConnection(end.Value, name));
            return;
        }

        _memory.Fade(new JackConnection(end.Value, name));

        // Nobody will let its keys go any more.
        if (end == JackEnd.In) _options.Player.ReleaseKeys();
    }

    private void Restore()
    {
        // Not every server tells the name of a port that has gone.
        foreach (var connection in _memory.All)
        {
            if (_handle!.Find(connection.Other) == 0) _memory.Vanish(connection.Other);
        }

        foreach (var connection in _memory.Awaited)
        {
            if (_handle!.Find(connection.Other) != 0 && TryJoin(connection.End, connection.Other)) _memory.Add(connection);
        }
    }

    private bool TryJoin(JackEnd end, string other) =>
        end == JackEnd.In ? _handle!.TryConnect(other, NameOf(end)) : _handle!.TryConnect(NameOf(end), other);

    private bool TrySelect(JackEnd end, string pattern, out IReadOnlyList<JackPort> ports, out string report)
    {
        ports = [];
        report = "The JACK server is away.";
        if (!_running) return false;
        var midi = end is JackEnd.In or JackEnd.Out;
        var fitting = Ports().Where(port => Fits(end, port)).ToList();
        ports = PortPattern.Select(fitting, pattern);
        var kind = $"{(midi ? "MIDI" : "audio")} {(end == JackEnd.In ? "output" : "input")}";
        report = fitting.Count == 0
            ? $"No JACK {kind} port is there to connect {NameOf(end)} with."
            : $"No JACK {kind} port matches \"{pattern}\"; there are {string.Join(", ", fitting.Select(port => port.Name))}.";
        return ports.Count > 0;
    }

    private bool IsOurs(JackPort port) => port.Name.StartsWith(ClientName + ":", StringComparison.Ordinal);
}
