using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Host.Live;

/// <summary>
/// Runs the player while no ports do: without any, or while JACK's server is away. It is 20 ms ahead of the clock, so that pages can schedule each note at
/// its own instant.
/// </summary>
public sealed class PlayerThread : IDisposable
{
    /// <summary>How far ahead of the clock notes go out to the stage, in nanoseconds.</summary>
    public const long Ahead = 20_000_000;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(2);
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    /// <summary>Starts the thread; <paramref name="ports"/> is null when there are none.</summary>
    public PlayerThread(Player player, IHostClock clock, ILivePorts? ports)
    {
        var sink = new NoSink();
        _thread = new Thread(() =>
        {
            var played = clock.Now;
            while (!_stop.Wait(Period))
            {
                var until = clock.Now.Plus(Ahead);
                if (ports is not null) ports.TryTurnWhileAway(until, sink);
                else if (until > played)
                {
                    player.Turn(played, until, sink);
                    played = until;
                }
            }
        })
        {
            Name = "player",
            IsBackground = true,
            Priority = ThreadPriority.Highest,
        };
        _thread.Start();
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
    }
}
