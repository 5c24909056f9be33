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
    private int _taken;
    private long _until;

    /// <summary>The instant up to which the player has played. [any]</summary>
    [RealTime]
    public HostTime Until => new(Volatile.Read(ref _until));

    /// <summary>
    /// Plays up to <paramref name="until"/>, from <paramref name="from"/> or from where the player already is; false, with nothing done, when the seat is
    /// taken. [player]
    /// </summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryTurn(HostTime from, HostTime until, IMessageSink sink)
    {
        if (Interlocked.CompareExchange(ref _taken, 1, 0) != 0) return false;
        try
        {
            var start = Math.Max(from.Nanoseconds, _until);
            if (start < until.Nanoseconds)
            {
                player.Turn(new HostTime(start), until, sink);
                Volatile.Write(ref _until, until.Nanoseconds);
            }
        }
        finally
        {
            Volatile.Write(ref _taken, 0);
        }

        return true;
    }
}
