namespace QuantumImprov.Midi.Ports;

/// <summary>Ports on Windows that lead from one program to another instead of to a device. Nothing but their names tells them.</summary>
public static class LoopbackPorts
{
    /// <summary>What to do where there are none, in one sentence or two.</summary>
    public const string HowToHaveSome =
        "To play with a DAW make two virtual ports: with loopMIDI, or, where Windows MIDI Services are installed (Windows 11 24H2 and later), use the pair \"Default App Loopback (A)\" and \"(B)\": what is played to one comes out of the other.";

    private static readonly string[] Marks = ["loopback", "loopmidi", "loopbe", "midi yoke", "virtual"];

    /// <summary>Whether a port of that name is one, as far as its name says.</summary>
    public static bool IsOne(string name) => Marks.Any(mark => name.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
