using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Live;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

/// <summary>The engine's loop behind a page that was stuck: what it tells late was played when the page says, not when it was told.</summary>
public sealed class LateKeysTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly RecordingSession _clock = new();

    [Fact]
    public void Keys_told_late_and_all_at_once_are_learned_at_the_times_they_were_played()
    {
        Assert.Equal(Play(late: 0), Play(late: 1.2));
    }

    // Five keys an eighth apart at 120, each down for a sixteenth.
    private ImmutableArray<LearnedNote> Play(double late)
    {
        var start = _clock.Now;
        using var session = new ImprovSession(new SessionSetup(new Preset(), new LearnedMusic(), 1, Tempo.FromBpm(120), default, start));
        using var loop = new EngineLoop(session, _clock, ports: null, journal: null);
        loop.Start();
        if (late > 0)
        {
            _clock.Now = start.PlusSeconds(late);
            // The loop has seen the clock go on, as it does while a page is stuck.
            Assert.True(loop.Ask(_ => true, Patience));
        }

        for (var i = 0; i < 5; i++)
        {
            Hear(start.PlusSeconds(i * .25), ShortMessage.NoteOn(0, 60 + (2 * i), 80));
            Hear(start.PlusSeconds((i * .25) + .125), ShortMessage.NoteOff(0, 60 + (2 * i)));
        }

        _clock.Now = start.PlusSeconds(6);
        while (loop.Ask(s => s.Pipeline.Phrases, Patience) == 0) Thread.Yield();
        return loop.Ask(s => new Told([.. s.Learned.Archive.Notes(s.Learned.Archive.Count - 1)]), Patience)!.Notes;

        void Hear(HostTime at, ShortMessage message)
        {
            if (at > _clock.Now) _clock.Now = at;
            loop.Hear(at, message);
            // Taken before the next: in time each is told in a moment of its own.
            Assert.True(loop.Ask(_ => true, Patience));
        }
    }

    private sealed record Told(ImmutableArray<LearnedNote> Notes);
}
