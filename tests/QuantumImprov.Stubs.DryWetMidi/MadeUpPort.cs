namespace Melanchall.DryWetMidi.Multimedia;

/// <summary>A cable with two ends of one name: what is played to it can be listened to. Not the library's.</summary>
public sealed class MadeUpPort(string name)
{
    public string Name { get; } = name;

    /// <summary>Whether opening it for playing is refused, as by WinMM when another program holds it.</summary>
    public bool IsTaken { get; set; }

    internal List<InputDevice> Listeners { get; } = [];
}
