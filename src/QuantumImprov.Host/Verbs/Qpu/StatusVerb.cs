using System.CommandLine;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Terminal;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Storage.Qpu;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary><c>qpu status</c>: the device, its queue and prices, and what is reserved and in stock.</summary>
internal static class StatusVerb
{
    internal static Command Create()
    {
        var command = new Command("status", "Asks a device how it is: qubits, queue, prices; tells what is booked and in stock. Sends no job.\n\nExample:\n  quantumimprov qpu status --backend ibm");
        var flags = new BackendFlags(command);
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var (choice, budget, now) = (flags.Backend(result), flags.Budget(result), TimeProvider.System.GetUtcNow());
            using var desk = new QpuDesk(TimeProvider.System, 1);
            var backend = desk.Create(choice);
            using var held = backend as IDisposable;
            var failure = Progress.Show("asking", _ => backend.DescribeAsync().AsTask().GetAwaiter().GetResult());
            var device = backend.Device;
            var trouble = failure switch { null => null, Refused refused => refused.Reason, _ => $"{device.Vendor} does not answer." };
            var ledger = new JobLedger(desk.Store, budget);
            using var shelf = ShotShelf.Open(desk.Store);
            var stock = shelf.Look().Where(b => b.Vendor == device.Vendor && b.Device == device.Name).ToList();
            var answer = new
            {
                backend = choice.Text, vendor = device.Vendor, device = device.Name, simulator = device.IsSimulator, online = failure is null && device.IsOnline, qubits = device.Qubits, queue = device.Queue, reads_in_the_middle = device.ReadsInTheMiddle,
                most_circuits = device.MostCircuits, most_shots = device.MostShots, jobs_a_minute = device.JobsAMinute,
                pricing = new { currency = device.Pricing.Currency, a_job = device.Pricing.AJob, a_shot = device.Pricing.AShot, a_second = device.Pricing.ASecond, least = device.Pricing.Least },
                booked_24h = ledger.Booked(device.Pricing.Currency, now), budget_left = ledger.Left(device.Pricing.Currency, now), open_jobs = ledger.Unfinished(device).Count, stock_shots = stock.Sum(s => (long)s.Left), stock_classes = stock.Select(s => s.Spec.Class).Distinct().Count(), trouble,
            };
            json.Write(result, answer);
            if (!json.TakesOutput(result))
            {
                Console.Out.WriteLine($"{backend.Name}: {(answer.online ? "online" : "not online")}, {device.Qubits} qubits{(device.Queue is { } queue ? $", {queue} jobs waiting" : "")}.");
                Console.Out.WriteLine(device.Pricing.IsFree ? "It costs nothing." : FormattableString.Invariant($"{device.Pricing.AJob} {device.Pricing.Currency} a job, {device.Pricing.AShot} a shot, {device.Pricing.ASecond} a second."));
                Console.Out.WriteLine(FormattableString.Invariant($"Booked in the last 24 hours: {answer.booked_24h:0.00} {device.Pricing.Currency}; open jobs: {answer.open_jobs}; in stock: {answer.stock_shots} shots of {answer.stock_classes} classes."));
                if (trouble is not null) Console.Out.WriteLine(trouble);
            }

            return trouble is null ? ExitCodes.Done : throw new Refusal(trouble);
        });
        return command;
    }
}
