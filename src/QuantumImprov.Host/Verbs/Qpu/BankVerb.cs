using System.CommandLine;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Storage.Qpu;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary><c>qpu bank</c>: the shots on disk.</summary>
internal static class BankVerb
{
    internal static Command Create()
    {
        var export = Flags.Text("--export", "FILE", "Hand everything over as one flat file that other programs can read; it is used up here.");
        var command = new Command("bank", "Tells which shots are on disk, by device and class.\n\nExample:\n  quantumimprov qpu bank") { export };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            using var desk = new QpuDesk(TimeProvider.System, 1);
            using var shelf = ShotShelf.Open(desk.Store);
            var now = TimeProvider.System.GetUtcNow();
            var rows = shelf.Look().GroupBy(b => (b.Vendor, b.Device)).OrderBy(g => g.Key).Select(g => new
            {
                vendor = g.Key.Vendor, device = g.Key.Device, shots = g.Sum(b => (long)b.Left), oldest_seconds = Math.Round((now - g.Min(b => b.TakenAt)).TotalSeconds, 1),
                classes = g.GroupBy(b => b.Spec.Class).OrderBy(c => c.Key).Select(c => new { @class = c.Key, editions = c.Select(b => b.Spec.Fingerprint).Distinct().Count(), labels = c.First().Spec.Labels, shots = c.Sum(b => (long)b.Left) }).ToList(),
            }).ToList();
            long? exported = null;
            if (result.GetValue(export) is { } path)
            {
                (exported, var fault) = shelf.Export(path);
                if (fault is not null) throw new Refusal(fault);
            }

            json.Write(result, new { shots = rows.Sum(r => r.shots), in_use = !shelf.MayUse, devices = rows, entropy_bytes = new EntropyShelf(desk.Store).Left, exported });
            if (json.TakesOutput(result)) return ExitCodes.Done;
            if (rows.Count == 0) Console.Out.WriteLine("The bank is empty; qpu fill fills it.");
            foreach (var row in rows) Console.Out.WriteLine(FormattableString.Invariant($"{row.vendor}:{row.device}  {row.shots} shots of {row.classes.Count} classes, the oldest {row.oldest_seconds:0} s old"));
            if (exported is not null) Console.Out.WriteLine($"{exported} shots were handed over to {result.GetValue(export)}.");
            return ExitCodes.Done;
        });
        return command;
    }
}
