using System.CommandLine;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>ports</c>: what can be listened to and played to.</summary>
public static class PortsVerb
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var server = Flags.Text("--jack-server", "NAME", "The JACK server; default the one JACK names.");
        var command = new Command("ports", "Lists the ports that can be listened to and played to.\n\nExample:\n  quantumimprov ports --json") { server };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var reachable = JackPorts.TryList(result.GetValue(server), out var ports, out var reason);
            var devices = Devices(out var noDevices);
            json.Write(result, new
            {
                midi = new
                {
                    reachable = devices is not null,
                    reason = devices is null ? noDevices : null,
                    ports = (devices ?? []).Select(p => new { name = p.Name, direction = p.Direction == PortDirection.In ? "output" : "input" }),
                },
                jack = new
                {
                    reachable,
                    reason = reachable ? null : reason,
                    ports = ports.Select(p => new { name = p.Name, kind = p.IsMidi ? "midi" : "audio", direction = p.IsInput ? "input" : "output", physical = p.IsPhysical }),
                },
            });
            if (json.TakesOutput(result)) return ExitCodes.Done;
            foreach (var port in devices ?? []) Console.Out.WriteLine($"midi   {(port.Direction == PortDirection.In ? "listen to" : "play to  ")}  {port.Name}");
            // Elsewhere than on Linux there is no JACK to speak of.
            if (!OperatingSystem.IsLinux() && result.GetValue(server) is null)
            {
                if (devices is null) Console.Out.WriteLine(noDevices);
                return ExitCodes.Done;
            }

            if (!reachable) Console.Out.WriteLine(reason);
            else if (ports.Count == 0) Console.Out.WriteLine("The JACK server has no ports.");
            foreach (var port in ports)
                Console.Out.WriteLine($"{(port.IsMidi ? "midi " : "audio")}  {(port.IsInput ? "play to  " : "listen to")}  {port.Name}{(port.IsPhysical ? "  (hardware)" : "")}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static IReadOnlyList<MidiPort>? Devices(out string reason)
    {
        if (!SystemMidi.TryOpen(out var devices, out reason)) return null;
        using (devices) return devices.List();
    }
}
