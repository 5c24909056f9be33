using System.CommandLine;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Midi.Jack;

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
            json.Write(result, new
            {
                jack = new
                {
                    reachable,
                    reason = reachable ? null : reason,
                    ports = ports.Select(p => new { name = p.Name, kind = p.IsMidi ? "midi" : "audio", direction = p.IsInput ? "input" : "output", physical = p.IsPhysical }),
                },
            });
            if (json.TakesOutput(result)) return ExitCodes.Done;
            if (!reachable) Console.Out.WriteLine(reason);
            else if (ports.Count == 0) Console.Out.WriteLine("The JACK server has no ports.");
            foreach (var port in ports)
                Console.Out.WriteLine($"{(port.IsMidi ? "midi " : "audio")}  {(port.IsInput ? "play to  " : "listen to")}  {port.Name}{(port.IsPhysical ? "  (hardware)" : "")}");
            return ExitCodes.Done;
        });
        return command;
    }
}
