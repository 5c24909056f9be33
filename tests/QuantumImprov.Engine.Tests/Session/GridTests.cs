using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>An answer stands on the beat of its bars, wherever on the session's own count of beats these lie.</summary>
public sealed class GridTests
{
    [Theory]
    [InlineData(3.0, null)]
    [InlineData(3.217, null)]
    [InlineData(3.217, 100.0)]
    [InlineData(3.391, null)]
    public void Whether_the_beat_was_found_stated_or_a_songs_an_answer_to_plain_playing_is_on_the_grid_of_its_bars(double start, double? songTempo)
    {
        using var session = new ImprovSession(new SessionSetup(new Preset { Variation = 0 }, ShippedRepertoire.Learn(), 5, null, default, default));
        var begin = new HostTime((long)(start * 1e9));
        if (songTempo is { } tempo)
        {
            // A song whose bar line is where the performer begins.
            session.Advance(begin);
            session.HearSong(begin, begin, new SongPlace(tempo, 0, 0, 0, 4, 4, true));
        }

        int[] pitches = [60, 62, 64, 65, 67, 65, 64, 62, 60, 64, 67, 64];
        for (var i = 0; i < pitches.Length; i++)
        {
            session.Hear(new TimedMessage(begin.PlusSeconds(i * .6), ShortMessage.NoteOn(0, pitches[i], 80)));
            session.Hear(new TimedMessage(begin.PlusSeconds(i * .6 + .5), ShortMessage.NoteOff(0, pitches[i])));
        }

        session.Advance(begin.PlusSeconds(11));
        var (plan, timeline) = (session.Pipeline.Answering.Plan, session.Pipeline.Timeline);
        Assert.True(plan.Count > 3, $"{plan.Count} notes");
        Assert.Equal(100, timeline.Tempo.BeatsPerMinute, 1);
        foreach (var slot in plan.Slots)
        {
            var off = (slot.Onset - timeline.BarOrigin).Modulo(Beats.Quarter).Quarters;
            Assert.True(Math.Min(off, 1 - off) < .002, $"A note {off:0.000} of a quarter behind its beat: {string.Join(", ", plan.Slots.ToArray().Select(s => (s.Onset - timeline.BarOrigin).Quarters.ToString("0.000")))}");
        }
    }
}
