using System.CommandLine;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Qpu.Randomness;
using QuantumImprov.Qpu.Vendors;
using QuantumImprov.Quantum.Noise;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary><c>qpu list</c>: every backend there is, and whether its keys are set.</summary>
internal static class ListVerb
{
    internal static Command Create()
    {
        var command = new Command("list", "Lists what --backend can name, and whether the keys for it are set.\n\nExample:\n  quantumimprov qpu list");
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            using var desk = new QpuDesk(TimeProvider.System, 1);
            var vendors = VendorTable.All.Select(v => new { name = v.Name, title = v.Title, configured = v.Variables.All(desk.Secrets.Has), variables = v.Variables.Select(n => new { name = n, set = desk.Secrets.Has(n) }), device = v.Device, usual_device = v.UsualDevice }).ToList();
            var entropy = new { name = "anu", variable = QuantumRandomNumbers.KeyVariable, set = desk.Secrets.Has(QuantumRandomNumbers.KeyVariable) };
            json.Write(result, new { vendors, profiles = DeviceProfiles.All.Select(p => new { name = p.Name, source = p.Source }), entropy });
            if (json.TakesOutput(result)) return ExitCodes.Done;
            Console.Out.WriteLine("local      the simulator of this program; answers at once (the default)");
            foreach (var profile in DeviceProfiles.All) Console.Out.WriteLine($"noisy:{profile.Name,-14} {profile.Source}");
            foreach (var vendor in vendors)
            {
                var missing = vendor.variables.Where(v => !v.set).Select(v => v.name).ToList();
                Console.Out.WriteLine($"{vendor.name,-10} {vendor.title}; device {vendor.device} (default {vendor.usual_device}){(missing.Count == 0 ? "" : $"; needs {string.Join(", ", missing)}")}");
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
