using System.CommandLine;
using System.Runtime.InteropServices;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Terminal;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank.Supply;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Storage.Qpu;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary><c>qpu run FILE.qasm</c>: one circuit on one backend.</summary>
internal static class RunVerb
{
    internal static Command Create()
    {
        var file = new Argument<string>("FILE.qasm") { Description = "A circuit in OpenQASM 2 or 3 that measures something." };
        var shots = Flags.Whole("--shots", "N", 1, 1_000_000, "How many shots; default 1024.");
        var seed = Flags.Seed();
        var command = new Command("run", "Runs one circuit and prints the counts; the highest bit stands first.\n\nExample:\n  quantumimprov qpu run bell.qasm --backend noisy:ion-trap --shots 1000") { file, shots, seed };
        var flags = new BackendFlags(command, "Where it runs: local (the default), noisy:PROFILE, or VENDOR[:DEVICE]; see qpu list.");
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var (circuit, wanted) = (Read(result.GetValue(file)!), result.GetValue(shots) ?? 1024);
            using var stop = new CancellationTokenSource();
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
            {
                context.Cancel = true;
                stop.Cancel();
            });
            using var desk = new QpuDesk(TimeProvider.System, result.GetValue(seed) ?? RespondVerb.DefaultSeed);
            var backend = desk.Create(flags.Backend(result));
            using var held = backend as IDisposable;
            var (reply, price) = Progress.Show("running", _ => Run(desk, backend, circuit, wanted, flags.Budget(result), stop.Token));
            if (reply is not Counts counts) throw new Refusal(reply is Refused refused ? refused.Reason : "It did not answer in time.");
            var keys = counts.ByBits.Where(c => c.Value > 0).Select(c => (Key: Convert.ToString((long)c.Key, 2).PadLeft(Math.Max(1, circuit.Bits), '0'), c.Value)).OrderBy(c => c.Key, StringComparer.Ordinal).ToList();
            json.Write(result, new { backend = backend.Name, shots = counts.ByBits.Values.Sum(), qubits = circuit.Qubits, bits = circuit.Bits, price, currency = backend.Device.Pricing.Currency, counts = keys.ToDictionary(k => k.Key, k => k.Value) });
            if (json.TakesOutput(result)) return ExitCodes.Done;
            foreach (var (key, count) in keys) Console.Out.WriteLine($"{key} {count}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Circuit Read(string path)
    {
        try
        {
            var circuit = OpenQasmReader.Read(File.ReadAllText(path));
            return circuit.Bits > 0 ? circuit : throw new Refusal($"{path} measures nothing; a circuit that does is needed.");
        }
        catch (CircuitTextException e)
        {
            throw new Refusal($"{path}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Refusal($"{path} cannot be read: {Sentences.Reason(e)}");
        }
    }

    // What can cost is reserved first, as all jobs are.
    internal static (BackendReply Reply, decimal Price) Run(QpuDesk desk, IJobBackend backend, Circuit circuit, int shots, decimal budget, CancellationToken stop)
    {
        if (backend.DescribeAsync(stop).AsTask().GetAwaiter().GetResult() is { } failure) return (failure, 0);
        var now = TimeProvider.System.GetUtcNow();
        var price = backend.Device.Pricing.Of(new JobRequest("price", [circuit], shots));
        if (price == 0) return (backend.RunAsync(circuit, shots, stop).AsTask().GetAwaiter().GetResult(), 0);
        var ledger = new JobLedger(desk.Store, budget);
        var job = new OpenJob($"qimprov-run-{now.ToUnixTimeMilliseconds():x}", backend.Device, new JobPlan([], shots), price);
        if (!ledger.TryReserve(job, now)) return (new Refused(FormattableString.Invariant($"It would cost {price:0.00} {backend.Device.Pricing.Currency}; --budget leaves {ledger.Left(backend.Device.Pricing.Currency, now):0.00}.")), price);
        var reply = backend.RunAsync(circuit, shots, stop).AsTask().GetAwaiter().GetResult();
        ledger.Settle(job.Tag, reply is Refused ? 0 : price, reply is Counts ? "done" : reply is Refused ? "refused" : "not known", TimeProvider.System.GetUtcNow());
        return (reply, price);
    }
}
