namespace Melanchall.DryWetMidi.Multimedia;

/// <summary>A cable with two ends of one name: what is played to it can be listened to. Not the library's.</summary>
public sealed class MadeUpPort(string name)
{
    private int _handles;

    public string Name { get; } = name;

    /// <summary>Whether opening it is refused, as by WinMM when another program holds it.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Devices of it that were given out and not disposed of.</summary>
    public int Handles => _handles;

    internal void Count(int more) => Interlocked.Add(ref _handles, more);

    internal List<InputDevice> Listeners { get; } = [];
}
