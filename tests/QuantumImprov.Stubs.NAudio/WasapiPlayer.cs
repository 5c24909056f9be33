using NAudio.CoreAudioApi;

namespace NAudio.Wave;

public class WasapiPlayer : IWavePlayer
{
    private readonly MMDevice _device;
    private readonly WasapiPlayerBuilder _builder;
    private long _frames;

    private bool _disposed;

    internal WasapiPlayer(WasapiPlayerBuilder builder, MMDevice device)
    {
        (_builder, _device) = (builder, device);
        device.Endpoint.Players++;
    }

    public event EventHandler<StoppedEventArgs>? PlaybackStopped;

    public WaveFormat DeviceMixFormat => _device.Endpoint.Format;

    public WaveFormat OutputWaveFormat => _device.Endpoint.Format;

    public bool LowLatencyActive => _builder.LowLatency;

    public int LatencyMilliseconds => _builder.Latency;

    internal ISampleProvider? Provider { get; set; }

    public void Play()
    {
        if (_device.Endpoint.IsTaken) throw new InvalidOperationException("The device is in use.");
        _device.Endpoint.Player = this;
    }

    public long GetPosition() => _frames * OutputWaveFormat.BlockAlign;

    public void Dispose()
    {
        if (_device.Endpoint.Player == this) _device.Endpoint.Player = null;
        if (!_disposed) _device.Endpoint.Players--;
        _disposed = true;
    }

    internal int Pull(Span<float> buffer)
    {
        var read = Provider!.Read(buffer);
        _frames += read / 2;
        return read;
    }

    internal void Stop(Exception? why) => PlaybackStopped?.Invoke(this, new StoppedEventArgs(why));
}
