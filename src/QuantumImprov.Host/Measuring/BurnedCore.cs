namespace QuantumImprov.Host.Measuring;

/// <summary>A thread of ordinary priority that keeps one core busy until it is disposed of. It allocates nothing.</summary>
public sealed class BurnedCore : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _stop;
    private long _turns;

    /// <summary>Starts burning.</summary>
    public BurnedCore()
    {
        _thread = new Thread(() =>
        {
            while (!_stop) Volatile.Write(ref _turns, _turns + 1);
        })
        {
            Name = "burn",
            IsBackground = true,
        };
        _thread.Start();
    }

    /// <summary>Turns of the loop so far. [any]</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>Stops burning.</summary>
    public void Dispose()
    {
        _stop = true;
        _thread.Join();
    }
}
