using System.CommandLine;
using System.Runtime.InteropServices;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Qpu;
using QuantumImprov.Qpu.Osc;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary>Waits until a person, or the system, wants the program to end.</summary>
internal static class Waiting
{
    internal static void For(double? seconds)
    {
        using var stop = new ManualResetEventSlim();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Quit);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Quit);
        if (seconds is { } length) stop.Wait(TimeSpan.FromSeconds(length));
        else stop.Wait();

        void Quit(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Set();
        }
    }
}
