namespace QuantumImprov.Midi.Ports;

/// <summary>Ports on Windows that lead from one program to another instead of to a device. Nothing but their names tells them.</summary>
public static class LoopbackPorts
{
    /// <summary>What to do where there are none, in one sentence or two.</summary>
    public const string HowToHaveSome =
        "To play with a DAW make two virtual ports: with loopMIDI, called \"loopMIDI to partner\" and \"loopMIDI from partner\", or, where Windows MIDI Services are installed (Windows 11 24H2 and later), use the pair \"Default App Loopback (A)\" and \"(B)\": what is played to one comes out of the other.";

    private static readonly string[] Marks = ["loopback", "loopmidi", "loopbe", "midi yoke", "virtual"];

    /// <summary>The input at which what is played to the output <paramref name="name"/> would come back, if it is one: the other of a crossed pair, or else the one of the same name.</summary>
    public static string ComesBackAt(string name)
    {
        var end = !name.Contains("loopback", StringComparison.OrdinalIgnoreCase) ? -1 : Math.Max(name.LastIndexOf("(A)", StringComparison.Ordinal), name.LastIndexOf("(B)", StringComparison.Ordinal));
        return end < 0 ? name : $"{name[..(end + 1)]}{(name[end + 1] == 'A' ? 'B' : 'A')}{name[(end + 2)..]}";
    }

    /// <summary>Whether a port of that name is one, as far as its name says.</summary>
    public static bool IsOne(string name) => Marks.Any(mark => name.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
