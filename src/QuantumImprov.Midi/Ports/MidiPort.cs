namespace QuantumImprov.Midi.Ports;

/// <summary>One port of the system's MIDI service.</summary>
/// <param name="Name">The name, unique among the ports of its direction: of several devices of one name the second is called "NAME (2)", and so on.</param>
/// <param name="Direction">In: it can be listened to. Out: it can be played to.</param>
public readonly record struct MidiPort(string Name, PortDirection Direction)
{
    /// <summary>Numbers names that occur more than once, in the order given.</summary>
    public static IReadOnlyList<string> Distinct(IEnumerable<string> names)
    {
        var seen = new Dictionary<string, int>();
        return [.. names.Select(name => (seen[name] = seen.GetValueOrDefault(name) + 1) is > 1 and var count ? $"{name} ({count})" : name)];
    }
}
