using NAudio.CoreAudioApi;

namespace NAudio.Wave;

public class WasapiPlayerBuilder
{
    private MMDevice? _device;

    internal int Latency { get; private set; } = 200;

    internal bool LowLatency { get; private set; }

    internal bool Exclusive { get; private set; }

    public WasapiPlayerBuilder WithDevice(MMDevice device)
    {
        _device = device;
        return this;
    }

    public WasapiPlayerBuilder WithSharedMode()
    {
        Exclusive = false;
        return this;
    }

    public WasapiPlayerBuilder WithExclusiveMode()
    {
        Exclusive = true;
        return this;
    }

    public WasapiPlayerBuilder WithLatency(int milliseconds)
    {
        Latency = milliseconds;
        return this;
    }

    public WasapiPlayerBuilder WithEventSync() => this;

    public WasapiPlayerBuilder WithMmcssThreadPriority(string taskName) => this;

    public WasapiPlayerBuilder WithLowLatency(bool required = false)
    {
        LowLatency = true;
        return this;
    }

    public WasapiPlayer Build() => new(this, _device ?? throw new InvalidOperationException("No device."));
}
