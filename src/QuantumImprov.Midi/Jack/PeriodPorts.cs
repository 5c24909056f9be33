using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>libjack's handles of the client and its four ports.</summary>
internal sealed record PeriodPorts(
    [property: RealTime] nint Client, [property: RealTime] nint In, [property: RealTime] nint Out, [property: RealTime] nint Left, [property: RealTime] nint Right)
{
    public nint this[JackEnd end] => end switch
    {
        JackEnd.In => In,
        JackEnd.Out => Out,
        JackEnd.Left => Left,
        _ => Right,
    };

    /// <summary>Which of ours <paramref name="port"/> is; null when none.</summary>
    public JackEnd? EndOf(nint port)
    {
        foreach (var end in Enum.GetValues<JackEnd>())
        {
            if (this[end] == port) return end;
        }

        return null;
    }
}
