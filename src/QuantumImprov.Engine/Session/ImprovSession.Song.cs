using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Session;

/// <summary>Keeps with the song of a host.</summary>
public sealed partial class ImprovSession
{
    private readonly SongFollower _song = new(1e9);

    /// <summary>
    /// A host said at <paramref name="at"/>, about now, where its song is; <paramref name="now"/> is as of <see cref="Advance"/>. While the song runs, beats and bar lines are the song's; when it stops or goes elsewhere, what the
    /// partner plays ends. A MIDI clock that is followed keeps the time instead; a song that never ran says nothing. [engine]
    /// </summary>
    public void HearSong(HostTime now, HostTime at, in SongPlace told)
    {
        var change = _song.Hear(at.Nanoseconds, told);
        if (change == SongChange.None || Pipeline.SharesTime(now)) return;
        var (hushes, follows) = ((change & (SongChange.Stopped | SongChange.Jumped)) != 0, _song.IsPlaying && _song.KnowsTempo && (change & SongChange.Beat) != 0);
        if (!hushes && !follows) return;
        Pipeline.Advance(now);
        SongKept?.Invoke(now, hushes, follows);
        if (!follows)
        {
            KeepWithSong(now, hushes, null);
            return;
        }

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
}
