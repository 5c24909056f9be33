using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

/// <summary>One private server for the tests that do not end it. libjack knows one server a process at a time, so these tests run one after the other.</summary>
public sealed class JackHouse : IDisposable
{
    /// <summary>Frames a period: 5.3 ms, so that a hiccup of a shared machine does not end every play.</summary>
    public const int Period = 256;

    private readonly List<JackServer> _servers = [];
    private JackServer? _shared;

    public JackServer Server => _shared ??= Start();

    /// <summary>A server that belongs to one test, for its ending.</summary>
    public JackServer Start()
    {
        if (!JackServer.TryStart(Period, out var server, out var reason))
        {
            if (Environment.GetEnvironmentVariable("QUANTUMIMPROV_REQUIRE_PARTS") == "1") Assert.Fail(reason);
            Assert.Skip(reason);
        }

        _servers.Add(server);
        return server;
    }

    public void Dispose() => _servers.ForEach(server => server.Dispose());
}

[CollectionDefinition("JACK", DisableParallelization = true)]
public sealed class JackCollection : ICollectionFixture<JackHouse>;
