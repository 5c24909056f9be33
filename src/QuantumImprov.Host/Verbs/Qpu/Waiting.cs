using QuantumImprov.Host.CommandLine;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary>Waits until a person, or the system, wants the program to end.</summary>
internal static class Waiting
{
    /// <summary>Returns after <paramref name="seconds"/>, or when asked to end, with <paramref name="server"/> closed.</summary>
    internal static void For(double? seconds, IAsyncDisposable server)
    {
        using var stop = new ManualResetEventSlim();
        using var signals = new StopSignals(stop.Set);
        if (seconds is { } length) stop.Wait(TimeSpan.FromSeconds(length));
        else stop.Wait();
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
