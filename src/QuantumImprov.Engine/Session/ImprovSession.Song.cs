using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Session;

/// <summary>Keeps with whoever keeps the time.</summary>
public sealed partial class ImprovSession
{
    // A song that was moved is steady again after so long, in nanoseconds.
    private const long SongSettles = 2_000_000_000;

    private readonly SongFollower _song = new(1e9);
    private TimeSources _follows;
    private bool _songLeads, _tapped;
    private HostTime _songMoved;

    /// <summary>
    /// A host said at <paramref name="at"/>, about now, where its song is; <paramref name="now"/> is as of <see cref="Advance"/>. While the song runs, beats and bar lines are the song's; when it stops or goes elsewhere, what the
    /// partner plays ends. A MIDI clock that is followed keeps the time instead, until it is gone; a song that never ran says nothing, nor does any where none is to be followed. [engine]
    /// </summary>
    public void HearSong(HostTime now, HostTime at, in SongPlace told)
    {
        var leads = _follows.HasFlag(TimeSources.Song) && !Pipeline.SharesTime(now);
        // It may have run on for long while the time was somebody else's.
        if (leads && !_songLeads) _song.Forget();
        _songLeads = leads;
        var change = _song.Hear(at.Nanoseconds, told);
        if (change == SongChange.None || !leads) return;
        var (hushes, follows) = ((change & (SongChange.Stopped | SongChange.Jumped)) != 0, _song.IsPlaying && _song.KnowsTempo && (change & SongChange.Beat) != 0);
        if (!hushes && !follows) return;
        Pipeline.Advance(now);
        SongKept?.Invoke(now, hushes, follows);
        if (!follows)
        {
            KeepWithSong(now, hushes, null);
            return;
        }

        if ((change & SongChange.Started) == 0) _songMoved = now;
        _tapped = false;
        var since = new Beats((long)((double)now.Since(at) / _song.Tempo.NanosecondsPerQuarter * Beats.PerQuarter));
        KeepWithSong(now, hushes, SongFollower.Beside(Pipeline.Timeline, now, _song.Tempo, _song.Metre, (_song.InBar + since).Modulo(_song.Metre.Bar)));
    }

    /// <summary>At <paramref name="now"/> what the partner plays ends, where the song <paramref name="hushes"/> it, and from then on beats pass as <paramref name="song"/> says, where it is not null. [engine]</summary>
    public void KeepWithSong(HostTime now, bool hushes, in Timeline? song)
    {
        Pipeline.Advance(now);
        if (hushes) Pipeline.Hush();
        if (song is { } timeline) Pipeline.Follow(timeline);
    }

    private void Follows(TimeSources sources)
    {
        _follows = sources;
        Pipeline.FollowsClock = sources.HasFlag(TimeSources.Clock);
        if (!sources.HasFlag(TimeSources.Song)) _songLeads = false;
    }

    // A tempo is stated: a song that leads is heard anew, and says its own again.
    private void State() => _tapped = _songLeads = false;

    private TimeView LookAtTime(HostTime now)
    {
        var clock = Pipeline.Clock;
        double? uneven = clock.IsFollowing(now) ? Math.Round(clock.Uneven, 1) : null;
        if (Pipeline.SharesTime(now)) return new TimeView(TimeKeeper.Clock, clock.IsSteady(now), uneven, _follows);
        if (_songLeads && _song.IsPlaying && _song.KnowsTempo) return new TimeView(TimeKeeper.Song, _songMoved == default || now.Since(_songMoved) > SongSettles, uneven, _follows);
        return Pipeline.TempoKnown ? new TimeView(_tapped ? TimeKeeper.Tapped : TimeKeeper.Stated, true, uneven, _follows) : new TimeView(TimeKeeper.Phrases, false, uneven, _follows);
    }
}
