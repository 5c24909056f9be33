using System.CommandLine;
using System.Runtime.InteropServices;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Qpu;
using QuantumImprov.Qpu.Osc;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary><c>qpu osc</c>: an OSC-Qasm server.</summary>
internal static class OscVerb
{
    internal static Command Create()
    {
        var port = Flags.Whole("--port", "N", 0, 65535, $"The UDP port to listen on; 0 = any free one; default {OscQasmServer.UsualPort}.");
        var reply = Flags.Whole("--reply-port", "N", 1, 65535, $"The UDP port answers go to; default {OscQasmServer.UsualReplyPort}.");
        var remote = Flags.Switch("--remote", "Answer other machines too; default this one only.");
        var duration = Flags.Number("--for", "SECONDS", 0, 1_000_000, "Stop after this long; default when asked to.");
        var seed = Flags.Seed();
        var command = new Command("osc", "Serves OSC-Qasm: Max, Pd and SuperCollider patches send circuits to /QuTune and get counts.\n\nExample:\n  quantumimprov qpu osc") { port, reply, remote, duration, seed };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            try
            {
                var options = new OscQasmOptions
                {
                    Port = result.GetValue(port) ?? OscQasmServer.UsualPort, ReplyPort = result.GetValue(reply) ?? OscQasmServer.UsualReplyPort, Remote = result.GetValue(remote), Backends = OscQasmOptions.UsualBackends(result.GetValue(seed) ?? RespondVerb.DefaultSeed),
                };
                var server = OscQasmServer.Start(options);
                json.Write(result, new { port = server.Address.Port, reply_port = options.ReplyPort, remote = options.Remote, backends = options.Backends.Keys.Order(StringComparer.Ordinal) });
                if (!json.TakesOutput(result)) Console.Out.WriteLine($"OSC-Qasm listens on {server.Address} and answers to port {options.ReplyPort}. Ctrl-C ends it.");
                Console.Out.Flush();
                Waiting.For(result.GetValue(duration), server);
                return ExitCodes.Done;
            }
            catch (QpuException e)
            {
                throw new Refusal(e.Message);
            }
        });
        return command;
    }
}
