using System.Net;
using System.Net.Sockets;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Qpu.Osc;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Osc;

public sealed class OscTests
{
    private const string Bell = "OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0],q[1];\nmeasure q -> c;\n";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_message_is_padded_to_fours_and_comes_back()
    {
        var message = new OscMessage("/QuTune", ["abc", 7, 3L, 1.5f, 2.5, ""]);
        var bytes = message.ToBytes();
        Assert.Equal(0, bytes.Length % 4);
        Assert.Equal("/QuTune\0,sihfds\0abc\0"u8.ToArray(), bytes[..20]);
        var read = OscMessage.Read(bytes);
        Assert.Equal(message.Address, read!.Address);
        Assert.Equal(message.Arguments, read.Arguments);
        Assert.Equal("/x", OscMessage.Read("/x\0\0"u8)!.Address);
    }

    [Theory]
    [InlineData("no slash\0\0\0\0")]
    [InlineData("/x")]
    [InlineData("/x\0\0,q\0\0")]
    [InlineData("/x\0\0,i\0\0ab")]
    [InlineData("/x\0\0s\0\0\0")]
    public void What_is_no_message_is_none(string text) => Assert.Null(OscMessage.Read(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public async Task The_server_answers_as_the_original_did()
    {
        using var patch = new Patch();
        await using var server = patch.Serve();
        Assert.Equal(("/info", "OSC-Qasm is now running"), await patch.HearAsync());
        await patch.AskAsync(server, Bell, 1024, "qasm_simulator");
        Assert.Equal(("/info", "Running circuit on qasm_simulator..."), await patch.HearAsync());
        Assert.Equal(("/info", "Retrieving results from OSC-Qasm..."), await patch.HearAsync());
        var (address, text) = await patch.HearAsync();
        Assert.Equal("/counts", address);
        var words = text.Split(' ');
        Assert.Equal(["00", "11"], words.Where((_, i) => i % 2 == 0));
        Assert.Equal(1024, words.Where((_, i) => i % 2 == 1).Sum(int.Parse));
        // Shots and name may be left out, and shots come as any kind of number.
        await patch.AskAsync(server, Bell);
        Assert.Equal(1024, Total(await patch.CountsAsync()));
        foreach (var shots in (object[])[50L, 50f, 50.0])
        {
            await patch.AskAsync(server, Bell, shots);
            Assert.Equal(50, Total(await patch.CountsAsync()));
        }
    }

    [Fact]
    public async Task The_leftmost_character_is_the_highest_bit()
    {
        using var patch = new Patch();
        await using var server = patch.Serve();
        await patch.AskAsync(server, "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[3]; creg c[3]; x q[0]; measure q -> c;", 8);
        Assert.Equal("001 8", await patch.CountsAsync());
    }

    [Theory]
    [InlineData("OPENQASM 2.0; qreg q[2]; nonsense q[0];", 10, "qasm_simulator")]
    [InlineData(Bell, 0, "qasm_simulator")]
    [InlineData(Bell, -5, "qasm_simulator")]
    [InlineData(Bell, 10, "__import__('os').system('true')")]
    [InlineData(Bell, 10, "ibmq_nowhere")]
    [InlineData("OPENQASM 2.0; include \"qelib1.inc\"; qreg q[7]; creg c[7]; h q[0]; measure q -> c;", 10, "FakeManila")]
    [InlineData("OPENQASM 2.0; include \"qelib1.inc\"; qreg q[1]; h q[0];", 10, "qasm_simulator")]
    [InlineData("", 10, "qasm_simulator")]
    public async Task A_refusal_is_an_answer_and_the_server_lives_on(string program, int shots, string backend)
    {
        using var patch = new Patch();
        await using var server = patch.Serve();
        await patch.AskAsync(server, program, shots, backend);
        string address;
        do (address, _) = await patch.HearAsync();
        while (address == "/info");
        Assert.Equal("/error", address);
        await patch.SendAsync(server, [1, 2, 3]);
        await patch.SendAsync(server, new OscMessage("/QuTune", []).ToBytes());
        Assert.Equal("/error", (await patch.HearAsync()).Address);
        await patch.AskAsync(server, Bell, 10);
        Assert.Equal(10, Total(await patch.CountsAsync()));
    }

    [Fact]
    public async Task It_says_when_it_stops_and_listens_on_loopback()
    {
        using var patch = new Patch();
        var server = patch.Serve();
        Assert.Equal(IPAddress.Loopback, server.Address.Address);
        await server.DisposeAsync();
        Assert.Equal("OSC-Qasm is now running", (await patch.HearAsync()).Text);
        Assert.Equal("OSC-Qasm Server has Stopped.", (await patch.HearAsync()).Text);
    }

    [Fact]
    public async Task Our_client_gets_counts_refusals_and_silence_as_values()
    {
        using var free = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var server = OscQasmServer.Start(new OscQasmOptions { Port = 0, ReplyPort = ((IPEndPoint)free.Client.LocalEndPoint!).Port, Backends = OscQasmOptions.UsualBackends(1) });
        var replyPort = ((IPEndPoint)free.Client.LocalEndPoint!).Port;
        free.Dispose();
        var port = server.Address.Port;
        using (var client = new OscQasmClient(new IPEndPoint(IPAddress.Loopback, port), replyPort, longest: Longest))
        {
            var counts = Assert.IsType<Counts>(await client.RunAsync(Cloud.Asymmetric(0, 1, 2), 30, TestContext.Current.CancellationToken));
            Assert.Equal((30, 30), (counts.ByBits[1], counts.Shots.Length));
            Assert.IsType<Refused>(await client.RunAsync(new CircuitBuilder(30, 1).H(0).Measure(0, 0).Build(), 30, TestContext.Current.CancellationToken));
        }

        await server.DisposeAsync();
        using var alone = new OscQasmClient(new IPEndPoint(IPAddress.Loopback, port), replyPort, longest: TimeSpan.FromMilliseconds(200));
        Assert.True(await alone.RunAsync(Cloud.Asymmetric(0, 1, 2), 30, TestContext.Current.CancellationToken) is Late or Refused);
    }

    [Fact]
    public async Task A_program_that_no_datagram_holds_is_refused()
    {
        var long0 = new CircuitBuilder(2, 1);
        for (var i = 0; i < 6_000; i++) long0.RY(.1 + (i * 1e-7), i % 2);
        using var client = new OscQasmClient(new IPEndPoint(IPAddress.Loopback, 9), 0);
        Assert.Contains("datagram", Assert.IsType<Refused>(await client.RunAsync(long0.Measure(0, 0).Build(), 1, TestContext.Current.CancellationToken)).Reason, StringComparison.Ordinal);
    }

    private static int Total(string counts) => counts.Split(' ').Where((_, i) => i % 2 == 1).Sum(int.Parse);

    /// <summary>What a Max, Pd or SuperCollider patch does.</summary>
    private sealed class Patch : IDisposable
    {
        private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));

        internal OscQasmServer Serve() => OscQasmServer.Start(new OscQasmOptions { Port = 0, ReplyPort = ((IPEndPoint)_socket.Client.LocalEndPoint!).Port, Backends = OscQasmOptions.UsualBackends(1) });

        internal Task AskAsync(OscQasmServer server, params object[] arguments) => SendAsync(server, new OscMessage("/QuTune", [.. arguments]).ToBytes());

        internal async Task SendAsync(OscQasmServer server, byte[] bytes) => await _socket.SendAsync(bytes, new IPEndPoint(IPAddress.Loopback, server.Address.Port));

        internal async Task<(string Address, string Text)> HearAsync()
        {
            using var limit = new CancellationTokenSource(Longest);
            var message = OscMessage.Read((await _socket.ReceiveAsync(limit.Token)).Buffer)!;
            return (message.Address, (string)message.Arguments[0]);
        }

        internal async Task<string> CountsAsync()
        {
            while (true)
            {
                var (address, text) = await HearAsync();
                if (address == "/counts") return text;
                Assert.Equal("/info", address);
            }
        }

        public void Dispose() => _socket.Dispose();
    }
}
