using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>A session beside a host's song.</summary>
public sealed class SongTests
{
    [Theory]
    [InlineData(100, 4, 4)]
    [InlineData(93.7, 3, 4)]
    [InlineData(240, 7, 8)]
    public void While_the_song_runs_beats_and_bar_lines_are_its_own_to_a_thousandth_of_a_quarter(double tempo, int units, int unit)
    {
        using var scene = new Scene([[60, 62, 64]]);
        var bar = Metre.Of(units, unit).Bar.Quarters;
        for (var i = 0; i < 4000; i++)
        {
            scene.Rest(.005);
            // Told of an instant up to a period before or after.
            var at = scene.Now.PlusSeconds((i % 5 - 2) * .001);
            var quarters = (at.SecondsSince(default) - 3) * tempo / 60;
            var playing = at.SecondsSince(default) > 4;
            scene.Session.HearSong(scene.Now, at, new SongPlace(tempo, at.SecondsSince(default) - 3, quarters, Math.Floor(quarters / bar) * bar, units, unit, playing));
            if (!playing) continue;
            var timeline = scene.Session.Pipeline.Timeline;
            Assert.Equal(Metre.Of(units, unit), timeline.Metre);
            Assert.Equal(tempo, timeline.Tempo.BeatsPerMinute, 1e-4);
            var apart = Math.Abs(timeline.InBar(timeline.ToBeats(at)).Quarters - (quarters - Math.Floor(quarters / bar) * bar));
            Assert.True(Math.Min(apart, bar - apart) < 2.5e-3, $"{apart} quarters apart");
        }
    }

    [Fact]
    public void Whose_time_is_kept_can_be_chosen_and_what_is_chosen_again_is_where_it_is_by_then()
    {
        using var scene = new Scene([[60, 62, 64]]);
        var told = new List<SessionCommand>();
        scene.Session.CarriedOut += told.Add;
        Run(1, 96);
        Assert.Equal((TimeKeeper.Song, true), (Time().Keeper, Time().IsSteady));
        // Nobody's time but our own: its tempo stays, and the song may do what it wants.
        scene.Ask(CommandKind.Sync, (int)TimeSources.None);
        var before = scene.Session.Pipeline.Timeline;
        Run(2, 133);
        Assert.Equal((before, new TimeView(TimeKeeper.Stated, true, null, TimeSources.None)), (scene.Session.Pipeline.Timeline, Time()));
        // A song that has changed nothing meanwhile is followed all the same.
        scene.Ask(CommandKind.Sync, (int)TimeSources.Song);
        Run(.1, 133);
        Assert.Equal((TimeKeeper.Song, true, TimeSources.Song), (Time().Keeper, Time().IsSteady, Time().Follows));
        AssertWithSong(133);
        // It goes its way whatever is stated beside it.
        scene.Ask(CommandKind.Tempo, 60);
        Run(.1, 133);
        AssertWithSong(133);
        Run(.1, 90);
        Assert.Equal((TimeKeeper.Song, false), (Time().Keeper, Time().IsSteady));
        Run(2.5, 90);
        Assert.True(Time().IsSteady);
        for (var i = 0; i < 4; i++) scene.Ask(CommandKind.Sync, -1);
        Assert.Equal([0, 2, 60, 3, 0, 1, 2], told.Select(command => command.Value));

        scene.Ask(CommandKind.Sync, (int)TimeSources.None);
        foreach (var _ in "taps")
        {
            scene.Ask(CommandKind.Tap);
            scene.Rest(.5);
        }

        Assert.Equal(new TimeView(TimeKeeper.Tapped, true, null, TimeSources.None), Time());
        scene.Ask(CommandKind.Tempo, 100);
        Assert.Equal(TimeKeeper.Stated, Time().Keeper);

        void Run(double seconds, double tempo)
        {
            for (var end = scene.Now.PlusSeconds(seconds); scene.Now < end;)
            {
                scene.Rest(.01);
                scene.Session.HearSong(scene.Now, scene.Now, Place(tempo));
            }
        }

        SongPlace Place(double tempo)
        {
            var quarters = scene.Now.SecondsSince(default) * tempo / 60;
            return new SongPlace(tempo, scene.Now.SecondsSince(default), quarters, Math.Floor(quarters / 4) * 4, 4, 4, true);
        }

        void AssertWithSong(double tempo)
        {
            var timeline = scene.Session.Pipeline.Timeline;
            Assert.Equal(tempo, timeline.Tempo.BeatsPerMinute, 1e-3);
            var apart = Math.Abs(timeline.InBar(timeline.ToBeats(scene.Now)).Quarters - Place(tempo).Quarters % 4);
            Assert.True(Math.Min(apart, 4 - apart) < 2.5e-3, $"{apart} quarters apart");
        }

        TimeView Time() => scene.Session.Snapshot(scene.Now).Time;
    }

    [Fact]
    public void A_song_that_stops_or_goes_elsewhere_ends_what_the_partner_plays_and_one_that_never_ran_says_nothing()
    {
        foreach (var (stops, elsewhere) in new[] { (true, 0.0), (false, 30.0) })
        {
            using var scene = new Scene([[60, 62, 64]]);
            var before = scene.Session.Pipeline.Timeline;
            Tell(false, 0);
            Assert.Equal(before, scene.Session.Pipeline.Timeline);
            Tell(true, 0);
            scene.PlayKeys([60, 62, 64, 65, 67, 65, 64, 62]);
            scene.Until(() => scene.Session.Player.Sounding > 0);
            Tell(true, 0);
            Assert.True(scene.Session.Pipeline.Ahead.IsActive);
            Tell(!stops, elsewhere);
            Assert.False(scene.Session.Pipeline.Ahead.IsActive);
            scene.Rest(.05);
            Assert.Equal(0, scene.Session.Player.Sounding);

            void Tell(bool playing, double further)
            {
                var seconds = scene.Now.SecondsSince(default) + further;
                scene.Session.HearSong(scene.Now, scene.Now, new SongPlace(120, seconds, seconds * 2, Math.Floor(seconds / 2) * 4, 4, 4, playing));
            }
        }
    }
}
