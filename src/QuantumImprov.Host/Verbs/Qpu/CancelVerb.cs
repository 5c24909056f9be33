using System.CommandLine;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Storage.Qpu;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary><c>qpu cancel</c>: calls open jobs off.</summary>
internal static class CancelVerb
{
    internal static Command Create()
    {
        var which = new Argument<string[]>("TAG") { Description = "Tags or vendor's names of open jobs; none with --all.", Arity = ArgumentArity.ZeroOrMore };
        var all = Flags.Switch("--all", "Every open job.");
        var command = new Command("cancel", "Calls open jobs off, as far as their vendors still can.\n\nExample:\n  quantumimprov qpu cancel --all") { which, all };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var names = result.GetValue(which) ?? [];
            if (names.Length == 0 && !result.GetValue(all)) throw new Refusal("a job must be named, or --all given.", ExitCodes.Usage);
            using var desk = new QpuDesk(TimeProvider.System, 1);
            var ledger = new JobLedger(desk.Store, 0);
            var open = ledger.Jobs(10_000).Where(j => j.Ended is null && (result.GetValue(all) || names.Contains(j.Tag) || (j.Job is not null && names.Contains(j.Job)))).ToList();
            if (names.FirstOrDefault(n => !open.Any(j => j.Tag == n || j.Job == n)) is { } unknown) throw new Refusal($"There is no open job {unknown}; qpu jobs lists them.");
            var (cancelled, left) = (new List<string>(), new List<object>());
            foreach (var job in open)
            {
                var reason = job.Job is null ? "Nobody knows whether it was taken." : null;
                if (reason is null && BackendChoice.Read($"{job.Vendor}:{job.Device}", out _) is { } choice)
                {
                    var backend = desk.Create(choice);
                    using var held = backend as IDisposable;
                    switch (backend.CancelAsync(job.Job!).AsTask().GetAwaiter().GetResult())
                    {
                        case Accepted:
                            ledger.Settle(job.Tag, 0, "cancelled", TimeProvider.System.GetUtcNow());
                            cancelled.Add(job.Tag);
                            continue;
                        case Refused refused:
                            reason = refused.Reason;
                            break;
                        default:
                            reason = $"{job.Vendor} does not answer.";
                            break;
                    }
                }

                left.Add(new { tag = job.Tag, reason = reason ?? "Its vendor is not known here." });
            }

            json.Write(result, new { cancelled, left });
            if (json.TakesOutput(result)) return ExitCodes.Done;
            foreach (var tag in cancelled) Console.Out.WriteLine($"{tag} was called off.");
            foreach (var job in left) Console.Out.WriteLine(job.ToString());
            if (open.Count == 0) Console.Out.WriteLine("No job is open.");
            return ExitCodes.Done;
        });
        return command;
    }
}
