using System.Globalization;
using System.Net;
using System.Net.Sockets;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Qpu.Osc;

/// <summary>
/// A drop-in OSC-Qasm server: UDP, <c>/QuTune</c> with OpenQASM 2, shots and a backend's name; answers <c>/info</c>, <c>/counts</c> and <c>/error</c> as existing Max, Pd and SuperCollider patches expect them. Names are looked up in a table and never
/// evaluated. Listens on loopback unless told otherwise. A refusal is an answer; the server lives on.
/// </summary>
public sealed class OscQasmServer : IAsyncDisposable
{
    /// <summary>The ports of the original.</summary>
    public const int UsualPort = 1416, UsualReplyPort = 1417;

    /// <summary>The name that is meant when none is given.</summary>
    public const string UsualBackend = "qasm_simulator";

    private const int UsualShots = 1024;

    private readonly OscQasmOptions _options;
    private readonly UdpClient _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    private OscQasmServer(OscQasmOptions options, UdpClient socket)
    {
        (_options, _socket) = (options, socket);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => (IPEndPoint)_socket.Client.LocalEndPoint!;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="QpuException">The port is taken or not allowed.</exception>
    public static OscQasmServer Start(OscQasmOptions options)
    {
        try
        {
            return new OscQasmServer(options, new UdpClient(new IPEndPoint(options.Remote ? IPAddress.Any : IPAddress.Loopback, options.Port)));
        }
        catch (SocketException e)
        {
            throw new QpuException($"UDP port {options.Port} cannot be listened on: {(e.SocketErrorCode == SocketError.AddressAlreadyInUse ? "it is taken" : "it was refused")}.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        var usual = new IPEndPoint(_options.ReplyTo, _options.ReplyPort);
        await SendAsync(usual, "/info", "OSC-Qasm is now running").ConfigureAwait(false);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var datagram = await _socket.ReceiveAsync(_stop.Token).ConfigureAwait(false);
                // The original answers to a fixed port; of whoever asks from elsewhere only when that is allowed.
                var to = _options.Remote ? new IPEndPoint(datagram.RemoteEndPoint.Address, _options.ReplyPort) : usual;
                if (OscMessage.Read(datagram.Buffer) is not { Address: "/QuTune" } message) continue;
                await AnswerAsync(message, to).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException)
            {
                // Nobody listens where the last answer went; the next may come from somebody else.
            }
        }

        await SendAsync(usual, "/info", "OSC-Qasm Server has Stopped.").ConfigureAwait(false);
    }

    private async Task AnswerAsync(OscMessage message, IPEndPoint to)
    {
        if (message.Arguments is not [string program, ..])
        {
            await SendAsync(to, "/error", "A program in OpenQASM 2 is needed as the first argument.").ConfigureAwait(false);
            return;
        }

        var shots = message.Arguments.Length > 1 ? Whole(message.Arguments[1]) : UsualShots;
        var name = message.Arguments.Length > 2 && message.Arguments[2] is string { Length: > 0 } given ? given : UsualBackend;
        if (shots is not (>= 1 and <= 1_000_000))
        {
            await SendAsync(to, "/error", "The number of shots must be a whole number from 1 to 1000000.").ConfigureAwait(false);
            return;
        }

        if (!_options.Backends.TryGetValue(name, out var entry))
        {
            await SendAsync(to, "/error", $"There is no backend {Shown(name)}; there are {string.Join(", ", _options.Backends.Keys.Order(StringComparer.Ordinal))}.").ConfigureAwait(false);
            return;
        }

        Circuit circuit;
        try
        {
            circuit = OpenQasmReader.Read(program);
        }
        catch (CircuitTextException e)
        {
            await SendAsync(to, "/error", e.Message).ConfigureAwait(false);
            return;
        }

        if (circuit.Qubits > entry.Qubits)
        {
            await SendAsync(to, "/error", $"The circuit submitted is requesting {circuit.Qubits} qubits but the {name} backend selected only has {entry.Qubits} available qubits.").ConfigureAwait(false);
            return;
        }

        if (circuit.Bits == 0)
        {
            await SendAsync(to, "/error", "The circuit submitted measures nothing.").ConfigureAwait(false);
            return;
        }

        await SendAsync(to, "/info", $"Running circuit on {name}...").ConfigureAwait(false);
        var reply = await entry.Backend.RunAsync(circuit, shots.Value, _stop.Token).ConfigureAwait(false);
        if (reply is not Counts counts)
        {
            await SendAsync(to, "/error", reply is Refused refused ? refused.Reason : "The backend did not answer in time.").ConfigureAwait(false);
            return;
        }

        await SendAsync(to, "/info", "Retrieving results from OSC-Qasm...").ConfigureAwait(false);
        await SendAsync(to, "/counts", InWords(counts, circuit.Bits)).ConfigureAwait(false);
    }

    /// <summary>Keys ascending, each followed by its count; the leftmost character is the highest bit.</summary>
    internal static string InWords(Counts counts, int bits) => string.Join(' ', counts.ByBits.Where(c => c.Value > 0)
        .Select(c => (Key: Convert.ToString((long)c.Key, 2).PadLeft(bits, '0'), c.Value)).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value.ToString(CultureInfo.InvariantCulture)}"));

    private async Task SendAsync(IPEndPoint to, string address, string text)
    {
        var bytes = new OscMessage(address, [text]).ToBytes();
        if (bytes.Length > OscMessage.MostBytes) bytes = new OscMessage("/error", ["The answer is too long for one datagram."]).ToBytes();
        try
        {
            await _socket.SendAsync(bytes, to, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Nobody is there to hear it.
        }
    }

    private static int? Whole(object argument) => argument switch
    {
        int number => number,
        long number and >= 0 and <= int.MaxValue => (int)number,
        float number when float.IsFinite(number) && number is >= 0 and <= 2e6f && number == MathF.Floor(number) => (int)number,
        double number when double.IsFinite(number) && number is >= 0 and <= 2e6 && number == Math.Floor(number) => (int)number,
        _ => null,
    };

    private static string Shown(string name) => $"\"{(name.Length > 40 ? name[..40] + "..." : name)}\"";
}
