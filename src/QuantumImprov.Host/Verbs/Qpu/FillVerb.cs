using System.CommandLine;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Terminal;
using QuantumImprov.Qpu;
using QuantumImprov.Qpu.Randomness;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Storage.Qpu;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary><c>qpu fill</c>: buys shots before a concert and keeps them on disk.</summary>
internal static class FillVerb
{
    internal static Command Create()
    {
        var dry = Flags.Switch("--dry-run", "Tell what would be sent and cost, and send nothing.");
        var longest = Flags.Number("--longest", "SECONDS", 1, 1_000_000, "Stop waiting after this long; open jobs are called off; default 3600.");
        var entropy = Flags.Switch("--entropy", "Also fetch a block of quantum random numbers of ANU, for seeds.");
        var command = new Command("fill", "Fills the bank before a concert: orders shots for every context the preset and the repertoire will ask for, waits, and keeps them on disk.\n\nExample:\n  quantumimprov qpu fill --backend ionq --preset answer --target 10m");
        var plan = new FillPlan(command);
        foreach (var option in new Option[] { longest, entropy, dry }) command.Options.Add(option);
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            using var stop = new CancellationTokenSource();
            using var signals = new StopSignals(stop.Cancel);
            using var rig = plan.Rig(result);
            if (Progress.Show("asking", _ => rig.Backend.DescribeAsync().AsTask().GetAwaiter().GetResult()) is { } failure)
                throw new Refusal(failure is Refused refused ? refused.Reason : $"{rig.Backend.Device.Vendor} does not answer.");
            var estimate = FillPlan.Estimate(rig, plan.Target(result));
            var came = 0L;
            if (!result.GetValue(dry)) came = Progress.Show("filling", progress => BankFilling.Fill(rig, TimeSpan.FromSeconds(result.GetValue(longest) ?? 3600), TimeProvider.System, progress, stop.Token));
            var blocks = result.GetValue(entropy) && !result.GetValue(dry) ? FetchEntropy() : 0;
            var pricing = rig.Backend.Device.Pricing;
            var supply = rig.Supply;
            var summary = new
            {
                backend = rig.Backend.Name, dry_run = result.GetValue(dry), would_send = estimate, shots = came, jobs = supply?.JobsSent ?? 0, open_jobs = supply?.OpenJobs ?? 0, harvested = rig.Former, spent = supply?.Spent ?? 0, budget = supply?.Budget ?? 0, currency = pricing.Currency,
                stock = rig.Classes.Sum(c => (long)c.Level), classes = rig.Classes.Count, complete = rig.IsSatisfied, entropy_blocks = blocks, trouble = supply?.Trouble,
            };
            json.Write(result, summary);
            if (!json.TakesOutput(result))
            {
                Console.Out.WriteLine(FormattableString.Invariant($"Wanted: {estimate.Executions} shots in {estimate.Jobs} jobs, {(pricing.IsFree ? "free" : FormattableString.Invariant($"{estimate.Price:0.00} {estimate.Currency}"))}."));
                if (!summary.dry_run) Console.Out.WriteLine(FormattableString.Invariant($"{came} shots came in {summary.jobs} jobs; {summary.stock} are in stock for {summary.classes} classes; spent {summary.spent:0.00} {pricing.Currency}.{(summary.complete ? "" : " The stock is not as high as it was asked for.")}"));
                if (summary.trouble is not null) Console.Out.WriteLine(summary.trouble);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static int FetchEntropy()
    {
        using var desk = new QpuDesk(TimeProvider.System, 1);
        try
        {
            using var numbers = new QuantumRandomNumbers(desk.Wire);
            var (block, why) = numbers.FetchAsync().AsTask().GetAwaiter().GetResult();
            if (block is null) throw new Refusal(why!);
            new EntropyShelf(desk.Store).Add(QuantumRandomNumbers.NameOf(block), block);
            return 1;
        }
        catch (QpuException e)
        {
            throw new Refusal(e.Message);
        }
    }
}
