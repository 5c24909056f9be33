namespace QuantumImprov.Host.Measuring;

/// <summary>
/// A thread that allocates 20 MB a second in small arrays and, five times a second, forces a full, blocking, compacting collection over some 64 MB that live: what
/// no session does, to see what a collection costs.
/// </summary>
public sealed class Churn : IDisposable
{
    /// <summary>Bytes allocated a second.</summary>
    public const int BytesASecond = 20_000_000;

    private const int SlicesASecond = 50, SlicesACollection = 10, ArrayBytes = 1000, Living = 64_000;
    private readonly TimeProvider _time;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private readonly byte[][] _living = new byte[Living][];

    /// <summary>Starts allocating.</summary>
    public Churn(TimeProvider time)
    {
        _time = time;
        _thread = new Thread(Run) { Name = "churn", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Stops and lets go of what lived.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
    }

    // Behind time it catches up, so that the rate holds on average, whatever the collections cost.
    private void Run()
    {
        var began = _time.GetTimestamp();
        for (var slice = 1L; ; slice++)
        {
            for (var i = 0; i < BytesASecond / SlicesASecond / ArrayBytes; i++) _living[(slice * 7919 + i * 104729) % Living] = new byte[ArrayBytes - 24];
            if (slice % SlicesACollection == 0) GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            var ahead = TimeSpan.FromSeconds((double)slice / SlicesASecond) - _time.GetElapsedTime(began);
            if (_stop.Wait(ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero)) return;
        }
    }
}
