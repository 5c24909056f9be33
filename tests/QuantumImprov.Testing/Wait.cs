namespace QuantumImprov.Testing;

/// <summary>Waits for what another thread or process does, never longer than a deadline.</summary>
public static class Wait
{
    /// <summary>The deadline where none is given; long enough for a machine that does something else as well.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Waits until <paramref name="done"/>.</summary>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public static void Until(Func<bool> done, string what) => Until(done, () => what);

    /// <summary>Waits until <paramref name="done"/>; <paramref name="what"/> tells what was there when it did not come.</summary>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public static void Until(Func<bool> done, Func<string> what)
    {
        if (!SpinWait.SpinUntil(done, Longest)) throw new TimeoutException($"Waited in vain for {what()}.");
    }
}
