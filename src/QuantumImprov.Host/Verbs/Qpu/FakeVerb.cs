using System.CommandLine;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Qpu.Fake;
using QuantumImprov.Quantum.Noise;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary><c>qpu fake</c>: a cloud of all vendors on this machine.</summary>
internal static class FakeVerb
{
    internal static Command Create()
    {
        var port = Flags.Whole("--port", "N", 0, 65535, "The port on this machine; 0 = any free one; default 5180.");
        var latency = Flags.Text("--latency", "HOW", "How long jobs take: none, cloud (12 s in the median, one in twenty above 60 s), hours, never, or seconds; default cloud.");
        var faults = Flags.Texts("--fault", "NAME", $"What goes wrong at first: {string.Join(", ", FakeFault.Named.Keys)}.");
        var profile = Flags.Text("--profile", "PROFILE", $"The noise of its devices: {string.Join(", ", DeviceProfiles.All.Select(p => p.Name))}; default cz-transmons.");
        var skew = Flags.Number("--clock-skew", "SECONDS", -86_400, 86_400, "How far the server's clock is ahead; default 0.");
        var token = Flags.Number("--token-life", "SECONDS", 1, 86_400, "How long tokens last; default 3600.");
        var duration = Flags.Number("--for", "SECONDS", 0, 1_000_000, "Stop after this long; default when asked to.");
        var seed = Flags.Seed();
        var command = new Command("fake", "Serves a fake cloud of all vendors on this machine, over real HTTP, with simulated devices: to try adapters, budgets and faults without money.\n\nExample:\n  quantumimprov qpu fake --port 5180 --latency cloud --fault reset")
        {
            port, latency, faults, profile, skew, token, duration, seed,
        };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var noise = result.GetValue(profile) is { } name ? DeviceProfiles.Find(name) ?? throw new Refusal($"--profile was given \"{name}\"; allowed are {string.Join(", ", DeviceProfiles.All.Select(p => p.Name))}.", ExitCodes.Usage) : DeviceProfiles.CzTransmons;
            var scripted = (result.GetValue(faults) ?? []).Select(f => FakeFault.Named.TryGetValue(f, out var fault) ? fault : throw new Refusal($"--fault was given \"{f}\"; allowed are {string.Join(", ", FakeFault.Named.Keys)}.", ExitCodes.Usage)).ToList();
            var options = new FakeCloudOptions
            {
                Port = result.GetValue(port) ?? 5180, Latency = Latency(result.GetValue(latency) ?? "cloud"), Profile = noise, ClockSkew = TimeSpan.FromSeconds(result.GetValue(skew) ?? 0), TokenLife = TimeSpan.FromSeconds(result.GetValue(token) ?? 3600),
                Seed = result.GetValue(seed) ?? RespondVerb.DefaultSeed,
            };
            FakeCloud cloud;
            try
            {
                cloud = FakeCloud.StartAsync(options).GetAwaiter().GetResult();
            }
            catch (IOException)
            {
                throw new Refusal($"Port {options.Port} is taken; --port 0 takes any free one.");
            }

            foreach (var fault in scripted) cloud.Script(fault);
            json.Write(result, new { address = cloud.Address, variables = cloud.Variables });
            if (!json.TakesOutput(result))
            {
                Console.Out.WriteLine($"# A fake cloud at {cloud.Address}. Ctrl-C ends it. To send the adapters there:");
                foreach (var (variable, value) in cloud.Variables) Console.Out.WriteLine($"export {variable}='{value}'");
            }

            Console.Out.Flush();
            Waiting.For(result.GetValue(duration), cloud);
            return ExitCodes.Done;
        });
        return command;
    }

    private static FakeLatency Latency(string text) => text switch
    {
        "none" => FakeLatency.None,
        "cloud" => FakeLatency.Cloud,
        "hours" => FakeLatency.Hours,
        "never" => FakeLatency.Never,
        _ => double.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds <= 1e6
            ? FakeLatency.Fixed(TimeSpan.FromSeconds(seconds))
            : throw new Refusal($"--latency was given \"{text}\"; allowed are none, cloud, hours, never, or a number of seconds.", ExitCodes.Usage),
    };
}
