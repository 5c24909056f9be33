using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Host.Live;

/// <summary>
/// Runs the player while no ports do: without any, or while JACK's server is away. It is 20 ms ahead of the clock, so that pages can schedule each note at
/// its own instant; keys played on a page are followed here.
/// </summary>
public sealed class PlayerThread : IDisposable
{
    /// <summary>How far ahead of the clock notes go out to the stage, in nanoseconds.</summary>
    public const long Ahead = 20_000_000;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(2);
    private readonly ManualResetEventSlim _stop = new();
    private readonly SpscRing<TimedMessage> _heard = new(1024);
    private readonly Thread _thread;

    /// <summary>Starts the thread; <paramref name="ports"/> is null when there are none.</summary>
    public PlayerThread(Player player, IHostClock clock, ILivePorts? ports)
    {
        var sink = new NoSink();
        var heard = new TimedMessage[64];
        _thread = new Thread(() =>
        {
            var played = clock.Now;
            while (!_stop.Wait(Period))
            {
                var until = clock.Now.Plus(Ahead);
                if (ports is not null) ports.TryTurnWhileAway(until, sink);
                else if (until > played)
                {
                    var count = 0;
                    while (count < heard.Length && _heard.TryRead(out heard[count])) count++;
                    player.Turn(played, until, sink, heard.AsSpan(0, count));
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

    /// <summary>A message played on a page, to be followed where a voice follows; lost while ports run, which have keys of their own. [engine]</summary>
    public void Hear(TimedMessage message) => _heard.TryWrite(message);

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
    }
}
