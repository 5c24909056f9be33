namespace NAudio.Wave;

public sealed class AsioPlaybackOptions
{
    internal ISampleProvider? Samples { get; private init; }

    public static AsioPlaybackOptions From(ISampleProvider source, int[]? outputChannels = null, int? bufferSize = null) => new() { Samples = source };
}
