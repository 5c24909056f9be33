using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Qpu.Vendors;

namespace QuantumImprov.Qpu.Osc;

/// <summary>
/// Asks an OSC-Qasm server, ours or another: OpenQASM 2 in one datagram, counts in another. UDP may lose either, so the wait is bounded and a loss is late. One question at a time. [worker]
/// </summary>
public sealed class OscQasmClient : IQuantumBackend, IDisposable
{
    private readonly IPEndPoint _server;
    private readonly string _backend;
    private readonly TimeSpan _longest;
    private readonly UdpClient _socket;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Xoshiro _random;

    /// <summary>Listens for answers on the port that the server sends them to.</summary>
    /// <param name="server">Where the server listens.</param>
    /// <param name="replyPort">Where it answers to; 0: any free one, for servers that were told.</param>
    /// <param name="backend">Which of its backends.</param>
    /// <param name="seed">Decides the order of the shots, which are only counted.</param>
    /// <param name="longest">How long an answer is waited for; default 30 s.</param>
    /// <exception cref="QpuException">The port is taken.</exception>
    public OscQasmClient(IPEndPoint server, int replyPort = OscQasmServer.UsualReplyPort, string backend = OscQasmServer.UsualBackend, ulong seed = 1, TimeSpan? longest = null)
    {
        (_server, _backend, _longest, _random) = (server, backend, longest ?? TimeSpan.FromSeconds(30), new Xoshiro(seed));
        try
        {
            _socket = new UdpClient(new IPEndPoint(IPAddress.IsLoopback(server.Address) ? IPAddress.Loopback : IPAddress.Any, replyPort));
        }
        catch (SocketException)
        {
            throw new QpuException($"UDP port {replyPort}, where an OSC-Qasm server answers to, is taken.");
        }
    }

    /// <inheritdoc/>
    public string Name => $"local:osc:{_backend}";

    /// <summary>Where answers are listened for.</summary>
    public int ReplyPort => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    /// <inheritdoc/>
    public async ValueTask<BackendReply> RunAsync(Circuit circuit, int shots, CancellationToken stop = default)
    {
        string program;
        try
        {
            program = OpenQasm.Write2(circuit);
        }
        catch (NotSupportedException e)
        {
            return new Refused(e.Message);
        }

        var bytes = new OscMessage("/QuTune", [program, shots, _backend]).ToBytes();
        if (bytes.Length > OscMessage.MostBytes) return new Refused($"The program takes {bytes.Length} bytes; one datagram holds {OscMessage.MostBytes}.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_longest);
        try
        {
            await _one.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new Late();
        }

        try
        {
            // Whatever came too late for an earlier question is not an answer to this one.
            while (_socket.Available > 0) await _socket.ReceiveAsync(limit.Token).ConfigureAwait(false);
            await _socket.SendAsync(bytes, _server, limit.Token).ConfigureAwait(false);
            while (true)
            {
                var datagram = await _socket.ReceiveAsync(limit.Token).ConfigureAwait(false);
                if (!datagram.RemoteEndPoint.Address.Equals(_server.Address) || OscMessage.Read(datagram.Buffer) is not { Arguments: [string text, ..] } message) continue;
                if (message.Address == "/error") return new Refused(text);
                if (message.Address == "/counts") return Read(text, circuit, shots) is { } counts ? counts : new Refused("The OSC-Qasm server sent no counts of this circuit.");
            }
        }
        catch (OperationCanceledException)
        {
            return new Late();
        }
        catch (SocketException)
        {
            return new Refused($"There is no OSC-Qasm server at {_server}.");
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _one.Dispose();
    }

    private Counts? Read(string text, Circuit circuit, int shots)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var counts = new List<(ulong, int)>();
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            if (Readout.FromString(words[i]) is not { } word || !int.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > shots) return null;
            counts.Add((word, count));
        }

        ImmutableArray<ulong> read = Readout.Shuffled(counts, _random);
        return read.Length == shots ? Readout.Checked(read, circuit, shots) : null;
    }
}
