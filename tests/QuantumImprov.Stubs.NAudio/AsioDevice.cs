namespace NAudio.Wave;

public sealed class AsioDevice : IDisposable
{
    private readonly MadeUpDriver _driver;
    private ISampleProvider? _source;
    private bool _disposed;

    private AsioDevice(MadeUpDriver driver)
    {
        _driver = driver;
        driver.Enter();
        driver.Handles++;
    }

    public event EventHandler<StoppedEventArgs>? Stopped;

    public event EventHandler? DriverResetRequest;

    public string DriverName => _driver.Name;

    public int CurrentSampleRate => _driver.Tell(_driver.SampleRate);

    public int OutputLatencySamples => _driver.IsTongueTied ? throw new InvalidOperationException("The driver knows no latency.") : _driver.Tell(2 * _driver.Buffer);

    public int FramesPerBuffer => _source is not null ? _driver.Buffer : throw new InvalidOperationException("FramesPerBuffer is only available after Init*.");

    public static string[] GetDriverNames() => [.. MadeUpDriver.All.Select(driver => driver.Name)];

    public static AsioDevice Open(string driverName) => new(MadeUpDriver.All.FirstOrDefault(driver => driver.Name == driverName) ?? throw new ArgumentException("No such driver."));

    public void InitPlayback(AsioPlaybackOptions options)
    {
        _driver.Enter();
        if (_source is not null) throw new InvalidOperationException("Already configured.");
        _source = options.Samples;
    }

    public void Start()
    {
        _driver.Enter();
        if (_driver.IsTaken) throw new InvalidOperationException("The driver is in use.");
        _driver.Device = this;
    }

    public void Stop()
    {
        _driver.Enter();
        _driver.Device = null;
        Tell(null);
    }

    public void Reinitialize()
    {
        _driver.Enter();
        if (_driver.Device == this) throw new InvalidOperationException("Reinitialize requires the device to be stopped first.");
    }

    public void Dispose()
    {
        _driver.Enter();
        if (_driver.Device == this) _driver.Device = null;
        if (!_disposed) _driver.Handles--;
        _disposed = true;
    }

    internal int Pull(Span<float> buffer) => _source!.Read(buffer);

    internal void Tell(Exception? why) => Stopped?.Invoke(this, new StoppedEventArgs(why));

    internal void AskForReset() => DriverResetRequest?.Invoke(this, EventArgs.Empty);
}
