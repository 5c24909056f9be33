using System.Collections.Immutable;
using System.Numerics;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Files;

/// <summary>
/// An event of a track, with everything the file says about it. Two events are equal when time, kind and all bytes are. <c>default</c> is not an event.
/// </summary>
public readonly record struct MidiFileEvent
{
    /// <summary>The most data bytes an event can carry, and the most ticks between two events: what four bytes of seven bits hold.</summary>
    public const int LargestNumber = 0x0FFF_FFFF;

    // Status byte and type or data bytes; 24 bytes an event, so that a file of the largest size still fits in memory.
    private readonly ShortMessage _head;
    private readonly ImmutableArray<byte> _data;

    internal MidiFileEvent(long tick, ShortMessage head, ImmutableArray<byte> data) => (Tick, _head, _data) = (tick, head, data);

    /// <summary>Ticks from the start of the track.</summary>
    public long Tick { get; }

    /// <summary>What the event carries.</summary>
    public MidiFileEventKind Kind => _head.Status switch
    {
        0xFF => MidiFileEventKind.Meta,
        0xF0 => MidiFileEventKind.SystemExclusive,
        0xF7 => MidiFileEventKind.Escape,
        _ => MidiFileEventKind.Channel,
    };

    /// <summary>The channel message; <c>default</c> when <see cref="Kind"/> is another.</summary>
    public ShortMessage Message => Kind == MidiFileEventKind.Channel ? _head : default;

    /// <summary>The type of a meta event, 0 to 127 (<see cref="Files.MetaType"/>); -1 when <see cref="Kind"/> is another.</summary>
    public int MetaType => Kind == MidiFileEventKind.Meta ? _head.Data1 : -1;

    /// <summary>The bytes after the length, as they stand in the file (a closing F7 included); empty for channel messages.</summary>
    public ImmutableArray<byte> Data => _data.IsDefault ? [] : _data;

    /// <summary>A channel message at <paramref name="tick"/>.</summary>
    /// <exception cref="ArgumentException">Not a channel message, or a data byte above 127.</exception>
    public static MidiFileEvent Channel(long tick, ShortMessage message) => message is { Status: >= 0x80 and < 0xF0, Data1: < 0x80, Data2: < 0x80 }
        ? new MidiFileEvent(tick, message.Length == 2 ? message with { Data2 = 0 } : message, [])
        : throw new ArgumentException(
            $"The message is {message.Status:X2} {message.Data1:X2} {message.Data2:X2}; allowed is a status of 80 to EF and data of 00 to 7F.", nameof(message));

    /// <summary>A meta event of <paramref name="type"/> 0 to 127, except the end of the track.</summary>
    /// <exception cref="ArgumentException">Another type, or more than <see cref="LargestNumber"/> bytes.</exception>
    public static MidiFileEvent Meta(long tick, byte type, ImmutableArray<byte> data) => type < 0x80 && type != Files.MetaType.EndOfTrack
        ? new MidiFileEvent(tick, new ShortMessage(0xFF, type, 0), Checked(data))
        : throw new ArgumentException($"The meta event is of type {type:X2}; allowed is 00 to 7F without 2F, the end of the track.", nameof(type));

    /// <summary>System exclusive data; <paramref name="data"/> is what follows F0, with its closing F7 when it is complete.</summary>
    /// <exception cref="ArgumentException">More than <see cref="LargestNumber"/> bytes.</exception>
    public static MidiFileEvent SystemExclusive(long tick, ImmutableArray<byte> data) => new(tick, new ShortMessage(0xF0, 0, 0), Checked(data));

    /// <summary>Bytes to send as they are.</summary>
    /// <exception cref="ArgumentException">More than <see cref="LargestNumber"/> bytes.</exception>
    public static MidiFileEvent Escape(long tick, ImmutableArray<byte> data) => new(tick, new ShortMessage(0xF7, 0, 0), Checked(data));

    /// <summary>A meta event that holds <paramref name="text"/>, in UTF-8.</summary>
    public static MidiFileEvent Text(long tick, byte type, string text) => Meta(tick, type, FileText.Encode(text));

    /// <summary>The tempo from <paramref name="tick"/> on, to the nearest microsecond a quarter and at most 16,777,215 (about 3.6 quarters a minute).</summary>
    public static MidiFileEvent SetTempo(long tick, Tempo tempo)
    {
        var microseconds = Math.Clamp((tempo.NanosecondsPerQuarter + 500) / 1000, 1, 0xFF_FFFF);
        return Meta(tick, Files.MetaType.SetTempo, [(byte)(microseconds >> 16), (byte)(microseconds >> 8), (byte)microseconds]);
    }

    /// <summary>The metre from <paramref name="tick"/> on; the click is the felt beat.</summary>
    public static MidiFileEvent TimeSignature(long tick, Metre metre)
    {
        var clocks = metre.Beat.Ticks * 24 / Beats.PerQuarter;
        return Meta(tick, Files.MetaType.TimeSignature, [(byte)metre.Numerator, (byte)BitOperations.Log2((uint)metre.Denominator), (byte)clocks, 8]);
    }

    /// <summary>The tempo this event sets; false when it sets none.</summary>
    public bool TryGetTempo(out Tempo tempo)
    {
        var sets = MetaType == Files.MetaType.SetTempo && Data.Length == 3;
        tempo = sets ? Tempo.FromMicrosecondsPerQuarter(Data[0] << 16 | Data[1] << 8 | Data[2]) : default;
        return sets;
    }

    /// <summary>The metre this event sets; false when it sets none, or one that <see cref="Metre.IsAllowed"/> does not know.</summary>
    public bool TryGetMetre(out Metre metre)
    {
        var sets = MetaType == Files.MetaType.TimeSignature && Data.Length >= 2 && Data[1] <= 5 && Metre.IsAllowed(Data[0], 1 << Data[1]);
        metre = sets ? Metre.Of(Data[0], 1 << Data[1]) : default;
        return sets;
    }

    /// <summary>Whether time, kind and all bytes are equal.</summary>
    public bool Equals(MidiFileEvent other) => Tick == other.Tick && _head == other._head && Data.AsSpan().SequenceEqual(other.Data.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tick, _head, Data.Length);

    /// <summary>The event as its time and bytes, such as <c>480: 90 3C 40</c>.</summary>
    public override string ToString() => Kind switch
    {
        MidiFileEventKind.Channel => $"{Tick}: {_head.Status:X2} {_head.Data1:X2}{(_head.Length == 3 ? $" {_head.Data2:X2}" : "")}",
        MidiFileEventKind.Meta => $"{Tick}: FF {MetaType:X2} [{Convert.ToHexString(Data.AsSpan())}]",
        _ => $"{Tick}: {_head.Status:X2} [{Convert.ToHexString(Data.AsSpan())}]",
    };

    private static ImmutableArray<byte> Checked(ImmutableArray<byte> data) => data.IsDefault ? [] : data.Length <= LargestNumber
        ? data
        : throw new ArgumentException($"The event holds {data.Length} bytes; allowed are {LargestNumber}.", nameof(data));
}
