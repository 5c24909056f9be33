using NAudio.Wave;

namespace NAudio.CoreAudioApi;

/// <summary>A sound device that exists nowhere; the first one plugged is the default. Not the library's.</summary>
public sealed class MadeUpEndpoint(string name, int sampleRate)
{
    public static List<MadeUpEndpoint> All { get; } = [];

    public string Name { get; } = name;

    /// <summary>Whether it refuses to play.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether somebody plays on it.</summary>
    public bool IsPlaying => Player is not null;

    /// <summary>Players of it that were not disposed of.</summary>
    public int Players { get; internal set; }

    internal WaveFormat Format { get; } = new(sampleRate, 2);

    internal WasapiPlayer? Player { get; set; }

    /// <summary>The device asks for sound.</summary>
    public int Pull(Span<float> buffer) => Player!.Pull(buffer);

    /// <summary>The device is pulled out.</summary>
    public void Unplug()
    {
        All.Remove(this);
        Player?.Stop(new InvalidOperationException("The device is gone."));
        Player = null;
    }
}
