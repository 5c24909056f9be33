using System.Runtime.CompilerServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// The one seat at the player: JACK's callback takes it while a server is there, the host's own thread while it is away. Never two at once, nobody waits
/// for it, and the player's time does not go back when it changes hands.
/// </summary>
internal sealed class PlayerSeat(Player player)
{
    private readonly Pinned<SeatState> _state = new();

    /// <summary>The instant up to which the player has played. [any]</summary>
    [RealTime]
    public HostTime Until => new(Volatile.Read(ref State.Until));

    /// <summary>Where the seat lies.</summary>
    public nint Address => _state.Address;

    [RealTime]
    private ref SeatState State => ref _state.Value;

    /// <summary>
    /// Plays up to <paramref name="until"/>, from <paramref name="from"/> or from where the player already is; false, with nothing done, when the seat is
    /// taken. [player]
    /// </summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryTurn(HostTime from, HostTime until, IMessageSink sink) => TryTurn(from, until, sink, default);

    /// <summary>The same, with what the performer played meanwhile; keys the player did not hear of are let go. [player]</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryTurn(HostTime from, HostTime until, IMessageSink sink, ReadOnlySpan<TimedMessage> heard)
    {
        var taken = Interlocked.CompareExchange(ref State.Taken, SeatState.Managed, SeatState.Free) != SeatState.Free;
        var start = taken ? until : HostTime.Max(from, new HostTime(State.Until));

        // A key's end may be among what the player does not hear.
        if (start >= until && heard.Length > 0) player.ReleaseKeys();
        if (taken) return false;
        try
        {
            if (start < until)
            {
                player.Turn(start, until, sink, heard);
                Volatile.Write(ref State.Until, until.Nanoseconds);
            }
        }
        finally
        {
            Volatile.Write(ref State.Taken, SeatState.Free);
        }

        return true;
    }

    /// <summary>Frees the seat of a native callback that was cancelled in it; only when its client is closed. [owner]</summary>
    public void Vacate() => Interlocked.CompareExchange(ref State.Taken, SeatState.Free, SeatState.Native);
}
