using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QuantumImprov.Engine.Playing;

/// <summary>
/// How one voice of the partner follows the performer's keys at once: a key that goes down on one of its channels starts the key its table names, at the same
/// instant, and ends it when it comes up, whatever the rule is by then. The player's own thread does it, so no engine and no collector stands in between.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct FollowRule
{
    /// <summary>How many voices can follow at a time; of those from <see cref="FirstThrough"/> on the performer himself is heard, not the partner.</summary>
    public const int Voices = 8;

    /// <summary>The first of the voices that pass through what the performer plays.</summary>
    public const int FirstThrough = 4;

    /// <summary>In a table of keys: this key is not followed.</summary>
    public const sbyte NoKey = -1;

    // In the channel's byte: no channel of its own, and everything else of the channel passes as well.
    private const byte AsItCame = 0x10, Whole = 0x80;

    private const int Unity = 256, MostLoudness = 2;
    private readonly ushort _channels;
    private readonly byte _channel;
    private readonly byte _voice;
    private readonly int _loudness;
    private readonly KeyTable _keys;

    /// <summary>A rule for voice <paramref name="voice"/>.</summary>
    /// <param name="voice">0 to 7.</param>
    /// <param name="channels">One bit for each of the performer's channels that is followed, bit 0 = channel 1.</param>
    /// <param name="channel">The partner's channel, 0 to 15.</param>
    /// <param name="keys">For each of the 128 keys the one that is to sound, 0 to 127, or <see cref="NoKey"/>.</param>
    /// <param name="loudness">Velocity as a multiple of the performer's, 0 to 2; the result stays in 1 to 127.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number outside its range, or a table of another length.</exception>
    public FollowRule(int voice, ushort channels, int channel, ReadOnlySpan<sbyte> keys, double loudness)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(voice);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(voice, Voices);
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channel, 15);
        ArgumentOutOfRangeException.ThrowIfNotEqual(keys.Length, 128);
        if (!(loudness is >= 0 and <= MostLoudness)) throw new ArgumentOutOfRangeException(nameof(loudness), loudness, "Allowed is 0 to 2.");
        (_voice, _channels, _channel, _loudness) = ((byte)voice, channels, (byte)channel, (int)Math.Round(loudness * Unity));
        keys.CopyTo(_keys);
    }

    private FollowRule(in FollowRule keys, byte channel)
    {
        this = keys;
        _channel = channel;
    }

    /// <summary>Which voice this is for, 0 to 7.</summary>
    public int Voice => _voice;

    /// <summary>Whether not only keys pass but everything on their channels: pedals, bends and pressure, but not programs and banks.</summary>
    public bool IsWhole => (_channel & Whole) != 0;

    /// <summary>Whether the voice follows anything; a rule that does not ends what its voice still holds.</summary>
    public bool IsOn => _channels != 0;

    /// <summary>The rule by which voice <paramref name="voice"/> follows nothing.</summary>
    public static FollowRule Off(int voice) => Moved(voice, 0, 0, 0, 1);

    /// <summary>
    /// The rule by which everything the performer plays on <paramref name="channels"/> passes through as it came, on <paramref name="channel"/>, 0 to 15, or its own when that is null.
    /// </summary>
    /// <param name="voice"><see cref="FirstThrough"/> to 7.</param>
    /// <param name="channels">As in the constructor.</param>
    /// <param name="channel">Where it goes.</param>
    public static FollowRule Through(int voice, ushort channels, int? channel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(voice, FirstThrough);
        return new FollowRule(Moved(voice, channels, channel ?? 0, 0, 1), (byte)(Whole | channel ?? Whole | AsItCame));
    }

    /// <summary>The rule by which every key is followed <paramref name="semitones"/> above itself, where there is such a key.</summary>
    public static FollowRule Moved(int voice, ushort channels, int channel, int semitones, double loudness)
    {
        Span<sbyte> keys = stackalloc sbyte[128];
        for (var key = 0; key < 128; key++) keys[key] = key + semitones is >= 0 and <= 127 and var moved ? (sbyte)moved : NoKey;
        return new FollowRule(voice, channels, channel, keys, loudness);
    }

    /// <summary>Whether the performer's channel <paramref name="channel"/> is followed.</summary>
    internal bool Hears(int channel) => (_channels >> channel & 1) != 0;

    /// <summary>The channel on which what came on <paramref name="channel"/> goes out.</summary>
    internal int ChannelFor(int channel) => (_channel & AsItCame) != 0 ? channel : _channel & 15;

    /// <summary>What sounds for <paramref name="key"/>; below 0 when nothing does.</summary>
    internal int KeyFor(int key) => _keys[key & 127];

    /// <summary>How loud <paramref name="velocity"/> comes back.</summary>
    internal int VelocityFor(int velocity) => Math.Clamp((velocity * _loudness + Unity / 2) / Unity, 1, 127);

    [InlineArray(128)]
    private struct KeyTable
    {
        private sbyte _first;
    }
}
