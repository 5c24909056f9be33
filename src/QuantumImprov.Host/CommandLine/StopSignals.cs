using System.Runtime.InteropServices;

namespace QuantumImprov.Host.CommandLine;

/// <summary>
/// Ctrl-C, SIGTERM and SIGHUP ask for an orderly end. Where the window's closing or the system's end is what asks (Windows tells both by those two signals), the process is ended as soon as it
/// has been heard: there whoever calls is kept waiting until this is disposed of, which is when all is closed. Dispose of it last.
/// </summary>
public sealed class StopSignals : IDisposable
{
    /// <summary>How long the system is kept waiting: Windows loses its patience after five seconds.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(4.5);

    private readonly Action _stop;
    private readonly bool _endsWhenHeard;
    private readonly TimeSpan _longest;
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _closed = new();
    private readonly PosixSignalRegistration[] _registrations;
    private bool _waits;

    /// <summary>Listens on this system; <paramref name="stop"/> is called on a thread of the system's, once a signal, and returns at once. [owner]</summary>
    public StopSignals(Action stop)
        : this(stop, OperatingSystem.IsWindows(), Longest)
    {
    }

    /// <summary>As the other, on a system that ends the process when a closing was heard or on one that does not, kept waiting for at most <paramref name="longest"/>. [owner]</summary>
    public StopSignals(Action stop, bool endsWhenHeard, TimeSpan longest)
    {
        (_stop, _endsWhenHeard, _longest) = (stop, endsWhenHeard, longest);
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            Hear(context.Signal);
        }))];
    }

    /// <summary>What the system's thread does when <paramref name="signal"/> has come. [any]</summary>
    public void Hear(PosixSignal signal)
    {
        var waits = _endsWhenHeard && signal != PosixSignal.SIGINT;
        lock (_gate)
        {
            if (_closed.IsSet) return;
            _waits |= waits;
            _stop();
        }

        // Not within the lock: what is waited for here needs it.
        if (waits) _closed.Wait(_longest);
    }

    /// <summary>All is closed: lets whoever waits go. When it returns the stop is not being called, nor will be. [owner]</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed.Set();
            // Who is being heard is not taken back: the process ends when that returns.
            if (_waits) return;
        }

        foreach (var registration in _registrations) registration.Dispose();
    }
}
