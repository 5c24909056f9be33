using System.CommandLine;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Storage.Qpu;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary><c>qpu jobs</c>: what the ledger knows.</summary>
internal static class JobsVerb
{
    internal static Command Create()
    {
        var most = Flags.Whole("--last", "N", 1, 10_000, "How many, the latest first; default 20.");
        var command = new Command("jobs", "Lists jobs, open ones and those that have ended, with what they cost.\n\nExample:\n  quantumimprov qpu jobs --last 5") { most };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            using var desk = new QpuDesk(TimeProvider.System, 1);
            var jobs = new JobLedger(desk.Store, 0).Jobs(result.GetValue(most) ?? 20);
            json.Write(result, new { open = jobs.Count(j => j.Ended is null), jobs });
            if (json.TakesOutput(result)) return ExitCodes.Done;
            if (jobs.Count == 0) Console.Out.WriteLine("No job was ever sent.");
            foreach (var job in jobs) Console.Out.WriteLine(FormattableString.Invariant($"{job.Sent:u}  {job.Vendor}:{job.Device}  {job.Tag}  {job.Circuits} x {job.Shots} shots  {job.Cost ?? job.Reserved:0.00} {job.Currency}  {job.Outcome}{(job.Job is null ? "" : $"  {job.Job}")}"));
            return ExitCodes.Done;
        });
        return command;
    }
}
