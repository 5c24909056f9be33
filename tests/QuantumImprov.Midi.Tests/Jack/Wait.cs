using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

internal static class Wait
{
    /// <summary>Waits until <paramref name="done"/>, at most ten seconds.</summary>
    public static void For(Func<bool> done, string what) => For(done, () => what);

    /// <summary>Waits until <paramref name="done"/>, at most ten seconds, and tells what was there when it did not come.</summary>
    public static void For(Func<bool> done, Func<string> what) => Assert.True(SpinWait.SpinUntil(done, TimeSpan.FromSeconds(10)), $"Waited in vain for {what()}.");
}
