using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>A page that is busy tells what was played late, and much at once, with the times it was played at.</summary>
public class LateNotesTests
{
    private static readonly ScriptedPerformance Phrase = new ScriptedPerformance().Play("C4:.5 E4:.5 G4 C4+E4+G4:.5 F4:.25 D4:.25 B3");

    [Theory]
    [InlineData(.3)]
    [InlineData(.9)]
    [InlineData(1.7)]
    public void What_a_stuck_page_tells_late_is_learned_as_it_was_played(double stuck)
    {
        var inTime = Learn(0);
        Assert.Equal(7, inTime.Length);
        Assert.Equal(inTime, Learn(stuck));
    }

    [Fact]
    public void What_was_played_apart_is_no_chord_though_it_is_told_in_one_moment()
    {
        using var session = new ImprovSession(new SessionSetup(new Preset(), new LearnedMusic(), 1, Tempo.FromBpm(120), default, default));
        var told = new HostTime(2_000_000_000);
        for (var i = 0; i < 3; i++)
        {
            session.Hear(new TimedMessage(told, ShortMessage.NoteOn(0, 60 + i, 80)), new HostTime(500_000_000L * i));
            session.Hear(new TimedMessage(told, ShortMessage.NoteOff(0, 60 + i)), new HostTime(500_000_000L * i + 400_000_000));
        }

        session.Advance(told.PlusSeconds(3));
        Assert.Equal([60, 61, 62], Archived(session).Select(n => n.Pitch.Number));
        Assert.All(Archived(session), n => Assert.Equal(Beats.Of(4, 5), n.Duration));
    }

    [Fact]
    public void Silence_ends_a_phrase_only_after_what_was_told_last()
    {
        using var session = new ImprovSession(new SessionSetup(new Preset(), new LearnedMusic(), 1, Tempo.FromBpm(120), default, default));
        session.Hear(new TimedMessage(new HostTime(2_000_000_000), ShortMessage.NoteOn(0, 60, 80)), default);
        session.Hear(new TimedMessage(new HostTime(2_000_000_000), ShortMessage.NoteOff(0, 60)), new HostTime(400_000_000));
        Assert.True(session.Due >= new HostTime(2_000_000_000), $"Something is due at {session.Due.Nanoseconds}.");
        Assert.Equal(0, session.Pipeline.Phrases);
    }

    // The page is stuck from the second note on, for so many seconds.
    private static ImmutableArray<LearnedNote> Learn(double stuck)
    {
        using var session = Concert.Session(Phrase);
        var map = Phrase.ToPerformance().Map;
        var free = new HostTime(250_000_000).PlusSeconds(stuck);
        var told = default(HostTime);
        foreach (var m in Phrase.ToPerformance().Messages)
        {
            var played = map.ToHost(m.At);
            told = HostTime.Max(told, stuck > 0 && played.Nanoseconds > 250_000_000 ? HostTime.Max(played, free) : played);
            session.Hear(new TimedMessage(told, m.Message), played);
        }

        session.Advance(told.PlusSeconds(4));
        return Archived(session);
    }

    private static ImmutableArray<LearnedNote> Archived(ImprovSession session) => [.. session.Learned.Archive.Notes(session.Learned.Archive.Count - 1)];
}
