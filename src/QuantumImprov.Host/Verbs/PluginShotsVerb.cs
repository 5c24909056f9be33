using System.Buffers.Binary;
using System.CommandLine;
using System.Security.Cryptography;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Presets;
using QuantumImprov.Host.Verbs.Qpu;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Storage.Data;
using QuantumImprov.Storage.Qpu;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>plugin shots</c>: shots out of the bank to where the plugin takes them from.</summary>
internal static class PluginShotsVerb
{
    private const int UsualShare = 50;

    private static readonly TimeSpan Simulated = TimeSpan.FromMinutes(10);

    internal static Command Create()
    {
        var backend = Flags.Text("--backend", "VENDOR[:DEVICE]", "Only shots of this device, such as ionq:qpu.aria-1; default of all. noisy:PROFILE: ten minutes of shots of a simulated device, made on the spot.");
        var share = Flags.Whole("--share", "PERCENT", 1, 100, $"How much of the unused shots of each batch, rounded up; default {UsualShare}.");
        var all = Flags.Switch("--all", "Everything that is unused.");
        var command = new Command("shots", "On Linux: hands unused shots of the bank to the plugin, which takes them when its Device Shots is on and its Seed is 0. They are used up here.\n\nExample:\n  quantumimprov plugin shots --share 50") { backend, share, all };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            if (result.GetValue(all) && result.GetValue(share) is not null) throw new Refusal("--all was given beside --share; allowed is either.", ExitCodes.Usage);
            var choice = result.GetValue(backend) is { } text ? BackendChoice.Of(text) : null;
            if (choice is { IsLocal: true }) throw new Refusal("--backend must name a device, such as noisy:ion-trap, ionq or ibm:ibm_fez; the local simulator has no shots to hand over.", ExitCodes.Usage);
            // Elsewhere the plugin never opens the file: paid shots would be gone.
            if (!OperatingSystem.IsLinux()) throw new Refusal("plugin shots was asked for on a system whose plugin takes no shots; it moves them on Linux alone, and nothing was moved.");
            if (DataFolder.Open(Environment.GetEnvironmentVariable, DataFolder.ThisPlatform) is not DataFolderOpening.Opened { Folder: var folder }) throw new Refusal("There is no data folder, and so no bank.");
            var file = new FlatBankFile(folder.PluginShots);
            var given = choice is { Vendor: null, Profile: { } profile } ? Simulate(file, choice, profile) : HandOver(file, choice, result.GetValue(all) ? 100 : result.GetValue(share) ?? UsualShare);
            var devices = given.GroupBy(b => (b.Vendor, b.Device)).OrderBy(g => g.Key).Select(g => new { vendor = g.Key.Vendor, device = g.Key.Device, shots = g.Sum(b => (long)b.Left), classes = g.Select(b => b.Spec.Fingerprint).Distinct().Count() }).ToList();
            var held = file.Read(out _)?.Left ?? 0;
            json.Write(result, new { to = folder.PluginShots, moved = devices.Sum(d => d.shots), held, devices });
            if (json.TakesOutput(result)) return ExitCodes.Done;
            foreach (var d in devices) Console.Out.WriteLine($"{d.vendor}:{d.device}  {d.shots} shots of {d.classes} classes were handed over.");
            Console.Out.WriteLine($"{folder.PluginShots} holds {held} shots. In the plugin switch Device Shots on and leave Seed at 0; an instance finds classes that are new to it when the DAW activates it again.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static IReadOnlyList<ShotBatch> HandOver(FlatBankFile file, BackendChoice? choice, int percent)
    {
        using var desk = new QpuDesk(TimeProvider.System, 1);
        using var shelf = ShotShelf.Open(desk.Store);
        // The most of a few shots is all of them: at least one is moved.
        var (given, fault) = shelf.HandOver(file, batch => Serves(choice, batch) ? (int)Math.Ceiling(batch.Left * (percent / 100.0)) : 0);
        if (fault is not null) throw new Refusal(fault);
        return given.Count > 0 ? given : throw new Refusal($"The bank has no unused shots{(choice is null ? "" : $" of {choice.Text}")}; qpu fill fills it.");
    }

    // A vendor's simulator is local in the bank, by its own name.
    private static bool Serves(BackendChoice? choice, ShotBatch batch) =>
        choice is null || (choice.Device is null ? batch.Vendor == choice.Vendor!.Name : batch.Device == choice.Device && (batch.Vendor == choice.Vendor!.Name || batch.Vendor == "local"));

    // Nothing of a simulated device is ever stored, and nothing has to be marked as used.
    private static List<ShotBatch> Simulate(FlatBankFile file, BackendChoice choice, NoiseProfile profile)
    {
        var seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
        using var rig = new BankRig(choice, 0, Files.Repertoires.Load(null), PresetLibrary.Find(null).Preset, seed, TimeProvider.System, target: Simulated);
        var (device, made, now) = (new NoisyDevice(profile, new Xoshiro(seed)), new List<ShotBatch>(), TimeProvider.System.GetUtcNow());
        foreach (var (spec, shots) in FillPlan.Jobs(rig, Simulated).SelectMany(j => j.Circuits.Select(c => (c, j.Shots))))
        {
            if (device.RunAsync(spec.ToCircuit(), shots).AsTask().GetAwaiter().GetResult() is not Counts counts) continue;
            made.Add(new ShotBatch(spec, "local", choice.Text, $"simulated-{seed:x16}", now, counts.Shots) { Circuit = made.Count, KnownLaw = device.LawOf(spec) });
        }

        return file.Add(made, _ => [], () => { }) is { } fault ? throw new Refusal(fault) : made;
    }
}
