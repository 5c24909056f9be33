using System.Globalization;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Host.CommandLine;

namespace QuantumImprov.Host.Live;

/// <summary>What of the performer's playing passes through to the output, and where to.</summary>
/// <param name="Channels">One bit for each channel that passes, bit 0 = channel 1.</param>
/// <param name="Channel">The channel it goes to, 0 to 15; null: its own.</param>
public readonly record struct ThroughRoute(ushort Channels, int? Channel)
{
    /// <summary>The most routes there can be.</summary>
    public const int Most = FollowRule.Voices - FollowRule.FirstThrough;

    private const string All = "all";

    /// <summary>The routes that <paramref name="texts"/> name: <c>all</c> or a channel, 1 to 16, and where it is to go to another one, <c>:</c> and that.</summary>
    /// <exception cref="Refusal">One of them names none, or there are more than <see cref="Most"/>.</exception>
    public static IReadOnlyList<ThroughRoute> Read(IReadOnlyList<string> texts)
    {
        if (texts.Count > Most) throw new Refusal($"--thru was given {texts.Count} times; allowed is {Most} times.");
        return [.. texts.Select(text => TryRead(text) ?? throw new Refusal($"--thru was given \"{text}\"; allowed is \"all\" or a channel from 1 to 16, and after a colon the channel it goes to."))];
    }

    private static ThroughRoute? TryRead(string text)
    {
        var (from, to) = text.Split(':') switch { [var one] => (one, null), [var one, var other] => (one, other), _ => ("", null) };
        var channels = from == All ? ushort.MaxValue : ReadChannel(from) is { } channel ? 1 << channel : 0;
        if (channels == 0) return null;
        if (to is null) return new ThroughRoute((ushort)channels, null);
        return ReadChannel(to) is { } goal ? new ThroughRoute((ushort)channels, goal) : null;
    }

    private static int? ReadChannel(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 16 ? number - 1 : null;
}
