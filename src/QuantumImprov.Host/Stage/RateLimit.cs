namespace QuantumImprov.Host.Stage;

/// <summary>A bucket of <paramref name="burst"/> tokens that refills with <paramref name="perSecond"/> a second; a message takes one. [one thread]</summary>
internal sealed class RateLimit(int perSecond, int burst, TimeProvider clock)
{
    private double _tokens = burst;
    private long _last = clock.GetTimestamp();

    public bool TryTake()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + clock.GetElapsedTime(_last, now).TotalSeconds * perSecond);
        _last = now;
        if (_tokens < 1) return false;
        _tokens--;
        return true;
    }
}
