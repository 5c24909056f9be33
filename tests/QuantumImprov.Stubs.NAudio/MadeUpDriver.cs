namespace NAudio.Wave;

/// <summary>An ASIO driver that exists nowhere. Not the library's.</summary>
public sealed class MadeUpDriver(string name, int sampleRate)
{
    public static List<MadeUpDriver> All { get; } = [];

    public string Name { get; } = name;

    public int SampleRate { get; } = sampleRate;

    /// <summary>Frames of a buffer, as the control panel sets them.</summary>
    public int Buffer { get; set; } = 256;

    /// <summary>Whether it refuses to play.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether it fails when asked for its latency.</summary>
    public bool IsTongueTied { get; set; }

    /// <summary>Whether somebody plays on it.</summary>
    public bool IsPlaying => Device is not null;

    /// <summary>Devices of it that were opened and not disposed of.</summary>
    public int Handles { get; internal set; }

    /// <summary>The threads that have called it.</summary>
    public HashSet<int> Threads { get; } = [];

    internal AsioDevice? Device { get; set; }

    /// <summary>The driver asks for sound.</summary>
    public int Pull(Span<float> buffer) => Device!.Pull(buffer);

    /// <summary>Its settings were changed.</summary>
    public void AskForReset() => Device!.AskForReset();

    /// <summary>The interface is pulled out.</summary>
    public void Unplug()
    {
        All.Remove(this);
        var device = Device;
        Device = null;
        device?.Tell(new InvalidOperationException("The interface is gone."));
    }

    internal void Enter() => Threads.Add(Environment.CurrentManagedThreadId);

    internal int Tell(int value)
    {
        Enter();
        return value;
    }
}
