using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Qpu.Fake;

/// <summary>How long jobs take. Immutable but for its stream of chance.</summary>
public sealed class FakeLatency
{
    private readonly Func<Xoshiro, int, TimeSpan> _draw;

    private FakeLatency(Func<Xoshiro, int, TimeSpan> draw) => _draw = draw;

    /// <summary>No time at all.</summary>
    public static FakeLatency None { get; } = Fixed(TimeSpan.Zero);

    /// <summary>A queue of 12 s in the median, one job in twenty above 60 s.</summary>
    public static FakeLatency Cloud { get; } = Spread(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(60));

    /// <summary>Hours.</summary>
    public static FakeLatency Hours { get; } = Spread(TimeSpan.FromHours(3), TimeSpan.FromHours(20));

    /// <summary>Never.</summary>
    public static FakeLatency Never { get; } = Fixed(TimeSpan.FromDays(3650));

    /// <summary>Always the same.</summary>
    public static FakeLatency Fixed(TimeSpan time) => new((_, _) => time);

    /// <summary>Lognormal, by its median and its 95th percentile.</summary>
    public static FakeLatency Spread(TimeSpan median, TimeSpan slow) => new((random, _) =>
    {
        var spread = Math.Log(slow / median) / 1.645;
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return median * Math.Exp(spread * normal);
    });

    /// <summary>The first job takes longest, so that jobs end in another order than they came.</summary>
    public static FakeLatency Backwards(TimeSpan first) => new((_, job) => first / (1 + job));

    internal TimeSpan Draw(Xoshiro random, int job) => _draw(random, job);
}
