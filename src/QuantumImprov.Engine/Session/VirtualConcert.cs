using System.Collections.Immutable;
using System.Reactive.Concurrency;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Engine.Session;

/// <summary>
/// A whole concert on virtual time: a performance takes the performer's place, and the session plays as it would have played live, as fast as the machine can.
/// Time is a scheduler's; nothing waits.
/// </summary>
public sealed class VirtualConcert
{
    private readonly ImprovSession _session;
    private readonly Performance _performance;
    private readonly HistoricalScheduler _scheduler = new(Instant(default));
    private readonly PartnerRecording _recording = new();
    private readonly List<TimedMessage> _heard = [];
    private HostTime _played;
    private HostTime _nextWake = HostTime.Never;

    private VirtualConcert(ImprovSession session, Performance performance) => (_session, _performance) = (session, performance);

    /// <summary>
    /// Plays <paramref name="performance"/> to <paramref name="session"/>, which was set up to start at time zero with the performance's tempo, until the last
    /// answer has ended. Returns everything the partner sent, in order of time.
    /// </summary>
    /// <param name="session">Fresh; used up by the concert.</param>
    /// <param name="performance">The performer.</param>
    /// <param name="progress">Told how much of the performance is over, 0 to 1; may be null.</param>
    public static ImmutableArray<TimedMessage> Play(ImprovSession session, Performance performance, IProgress<double>? progress = null)
    {
        var concert = new VirtualConcert(session, performance);
        concert.Schedule(progress);
        concert._scheduler.Start();
        concert.PlayUntil(HostTime.Never);
        return concert._recording.Messages;
    }

    private void Schedule(IProgress<double>? progress)
    {
        var map = _performance.Map;
        foreach (var timeline in map.Timelines.Skip(1)) At(timeline.TimeOrigin, _ => _session.Follow(timeline));
        var total = Math.Max(1, _performance.Messages.Length);
        for (var i = 0; i < total && i < _performance.Messages.Length; i++)
        {
            var (message, done) = (_performance.Messages[i], i);
            At(map.ToHost(message.At), now =>
            {
                Hear(now, message.Message);
                if (done % 256 == 0) progress?.Report(done / (double)total);
            });
        }

        // A file that ends with keys down: the performer leaves the keyboard where the file ends.
        At(map.ToHost(Beats.Max(_performance.End, _performance.Messages.IsEmpty ? Beats.Zero : _performance.Messages[^1].At)), now =>
        {
            for (var channel = 0; channel < 16; channel++) Hear(now, ShortMessage.Control(channel, 123, 0));
            progress?.Report(1);
        });
    }

    // Whatever happens at an instant, the player has played up to it, and the session is woken when it next wants to be.
    private void At(HostTime time, Action<HostTime> action) => _scheduler.Schedule((this, time, action), Instant(time), static (_, state) =>
    {
        var (concert, time, action) = state;
        concert.PlayUntil(time);
        action(time);
        concert.Wake();
        return System.Reactive.Disposables.Disposable.Empty;
    });

    // To the session, and to the player, which lets a second voice follow within the same period.
    private void Hear(HostTime now, ShortMessage message)
    {
        var heard = new TimedMessage(now, message);
        _session.Hear(heard);
        _heard.Add(heard);
    }

    private void Wake()
    {
        var due = _session.Due;
        if (due == HostTime.Never || due >= _nextWake) return;
        _nextWake = due;
        At(due, now =>
        {
            _nextWake = HostTime.Never;
            _session.Advance(now);
        });
    }

    private void PlayUntil(HostTime until)
    {
        if (until <= _played) return;
        _session.Player.Turn(_played, until, _recording, CollectionsMarshal.AsSpan(_heard));
        _heard.Clear();
        while (_session.Player.TryReadEmitted(out _))
        {
        }

        _played = until;
    }

    private static DateTimeOffset Instant(HostTime time) => new(DateTime.UnixEpoch.Ticks + time.Nanoseconds / 100, TimeSpan.Zero);
}
