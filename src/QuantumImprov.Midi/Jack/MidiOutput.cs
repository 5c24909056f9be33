using System.Runtime.CompilerServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Writes messages into the MIDI output's buffer of a period. What finds no room there waits and goes out first thing in the next period, in order: a
/// note-off that was dropped would be a stuck note.
/// </summary>
internal sealed unsafe class MidiOutput
{
    private readonly SpscRing<ShortMessage> _waiting = new(16384);
    private readonly Pinned<OutputState> _state = new();
    private void* _buffer;

    /// <summary>Messages written. [any]</summary>
    public long Written => Volatile.Read(ref State.Written);

    /// <summary>Messages that had to wait for a later period. [any]</summary>
    public long Delayed => Volatile.Read(ref State.Delayed);

    /// <summary>Messages that found no room to wait either. [any]</summary>
    public long Lost => _waiting.Refused;

    /// <summary>Where the counts and what is to be written next lie.</summary>
    public nint Address => _state.Address;

    /// <summary>Where waiting messages lie.</summary>
    public RingMemory Waiting => _waiting.Memory;

    [RealTime]
    private ref OutputState State => ref _state.Value;

    /// <summary>Takes the next period's buffer and writes what waits. [player]</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Begin(void* buffer)
    {
        _buffer = buffer;
        while (State.HasNext != 0 || _waiting.TryRead(out State.Next))
        {
            State.HasNext = TryWrite(0, State.Next) ? 0 : 1;
            if (State.HasNext != 0) return;
        }
    }

    /// <summary>Writes <paramref name="message"/> at <paramref name="offset"/>, which does not decrease within a period. [player]</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(int offset, ShortMessage message)
    {
        if (message.Length == 0 || (State.HasNext == 0 && _waiting.Count == 0 && TryWrite(offset, message))) return;
        _waiting.TryWrite(message);
        Volatile.Write(ref State.Delayed, State.Delayed + 1);
    }

    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryWrite(int offset, ShortMessage message)
    {
        var length = message.Length;
        var bytes = LibJack.MidiEventReserve(_buffer, (uint)offset, (nuint)length);
        if (bytes is null) return false;
        bytes[0] = message.Status;
        if (length > 1) bytes[1] = message.Data1;
        if (length > 2) bytes[2] = message.Data2;
        Volatile.Write(ref State.Written, State.Written + 1);
        return true;
    }
}
