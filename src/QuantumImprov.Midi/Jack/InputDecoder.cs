using System.Runtime.CompilerServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Reads the events of a JACK MIDI port, one complete message each, as short messages. System exclusive, whole or in chunks, is passed over and counted;
/// so is what is no message at all. Never throws, whatever the bytes. The native callback has a twin of it.
/// </summary>
internal sealed class InputDecoder
{
    private readonly Pinned<DecoderState> _state = new();

    /// <summary>System exclusive messages passed over. [any]</summary>
    public long Exclusives => Volatile.Read(ref State.Exclusives);

    /// <summary>Events that were no message. [any]</summary>
    public long Malformed => Volatile.Read(ref State.Malformed);

    /// <summary>Where its state lies.</summary>
    public nint Address => _state.Address;

    [RealTime]
    private ref DecoderState State => ref _state.Value;

    /// <summary>Reads one event; false when it holds no short message. [player]</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryDecode(ReadOnlySpan<byte> bytes, out ShortMessage message)
    {
        message = default;
        if (bytes.IsEmpty) return Refuse();
        var status = bytes[0];

        // Real-time bytes may stand between the chunks of a system exclusive message and do not end it.
        if (status >= 0xF8) return bytes.Length == 1 ? Accept(new ShortMessage(status, 0, 0), out message) : Refuse();
        if (State.InExclusive != 0 && (status < 0x80 || status == 0xF7))
        {
            State.InExclusive = bytes[^1] != 0xF7 ? 1 : 0;
            return false;
        }

        State.InExclusive = status == 0xF0 && bytes[^1] != 0xF7 ? 1 : 0;
        if (status == 0xF0)
        {
            Volatile.Write(ref State.Exclusives, State.Exclusives + 1);
            return false;
        }

        if (status < 0x80) return Refuse();
        var candidate = new ShortMessage(status, bytes.Length > 1 ? bytes[1] : (byte)0, bytes.Length > 2 ? bytes[2] : (byte)0);
        var sound = candidate.Length == bytes.Length && (candidate.Data1 | candidate.Data2) < 0x80;
        return sound ? Accept(candidate, out message) : Refuse();
    }

    [RealTime]
    private static bool Accept(ShortMessage candidate, out ShortMessage message)
    {
        message = candidate;
        return true;
    }

    [RealTime]
    private bool Refuse()
    {
        Volatile.Write(ref State.Malformed, State.Malformed + 1);
        return false;
    }
}
