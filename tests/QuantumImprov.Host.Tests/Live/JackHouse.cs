using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

/// <summary>One private server for the tests that do not end it. Timing wants the machine for itself: these tests run one after the other, when all others are done.</summary>
public sealed class JackHouse : IDisposable
{
    private readonly List<JackServer> _servers = [];
    private JackServer? _shared;

    public JackServer Server => _shared ??= Start();

    /// <summary>A server that belongs to one test, for its ending or its period.</summary>
    public JackServer Start(int period = LiveRig.Period)
    {
        var started = JackServer.TryStart(period, out var server, out var reason);
        Parts.Need(started, reason);
        _servers.Add(server!);
        return server!;
    }

    public void Dispose() => _servers.ForEach(server => server.Dispose());
}

[CollectionDefinition("JACK", DisableParallelization = true)]
public sealed class JackCollection : ICollectionFixture<JackHouse>;
