using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Session.Control;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>Counts bytes; alone, and not over a collection, which counts what this thread had only set aside.</summary>
[Collection("Alone")]
public class AllocationTests
{
    private static readonly int[] Tune = [60, 62, 64, 65, 67, 64, 60, 62, 64, 60, 67, 65, 64, 62, 60, 59];

    [Theory]
    [InlineData(0, false)]
    [InlineData(3, false)]
    [InlineData(0, true)]
    public void Listening_learning_choosing_and_playing_allocate_nothing_in_steady_state(int others, bool chords)
    {
        var preset = new Preset();
        for (var i = 0; i < others; i++) preset = preset.WithVoice(2 + i, VoiceRules.Off with { Channel = 2 + i });
        using var session = new ImprovSession(new SessionSetup(preset, new LearnedMusic(), 3, Tempo.FromBpm(120), default, default));
        var sink = new CountingSink();
        var now = default(HostTime);
        for (var i = 0; i < 150; i++) now = CallAndAnswer(session, sink, now, i, chords);
        // What is learned takes room now and then; between these moments nothing does.
        var steady = 0;
        for (var i = 150; i < 300; i++)
        {
            var (notes, grown, collections, before) = (sink.NoteOns, Room(session), GC.CollectionCount(0), GC.GetAllocatedBytesForCurrentThread());
            now = CallAndAnswer(session, sink, now, i, chords);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(sink.NoteOns > notes + 3, "the partner played meanwhile");
            if (Room(session) != grown || GC.CollectionCount(0) != collections) continue;
            Assert.Equal(0, allocated);
            steady++;
        }

        Assert.InRange(steady, 20, 150);
    }

    [Fact]
    public void Controls_the_clock_and_the_light_allocate_nothing()
    {
        var map = new ControlMap("all", ControlMap.Default.Bindings, programs: true) { Light = new StateLight(118, 10) };
        using var session = new ImprovSession(new SessionSetup(new Preset(), new LearnedMusic(), 3, Tempo.FromBpm(120), default, default) { Controls = map, SendsClock = true });
        var (sink, now, before) = (new CountingSink(), default(HostTime), 0L);
        // Every control but those that change what is learned or how it is played.
        int[] controllers = [20, 21, 22, 66, 103, 108, 109, 119, 64, 1];
        for (var i = 0; i < 6000; i++)
        {
            if (i == 3000) before = GC.GetAllocatedBytesForCurrentThread();
            session.Hear(new TimedMessage(now, ShortMessage.Control(0, controllers[i % controllers.Length], i / controllers.Length % 2 * 127)));
            var next = now.PlusSeconds(.007);
            session.Advance(next);
            session.Player.Turn(now, next, sink);
            while (session.Player.TryReadEmitted(out _))
            {
            }

            now = next;
        }

        // Silencing everything enters the way of playing anew, which is an object: one for each reset and panic.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * 150 * 64);
    }

    private static long Room(ImprovSession session)
    {
        var bytes = 0L;
        foreach (var member in session.Learned.Members.Members) bytes += member.Tree.Bytes;
        return bytes;
    }

    // A phrase of sixteen notes, a little different each time, and the time for its answer.
    private static HostTime CallAndAnswer(ImprovSession session, CountingSink sink, HostTime start, int turn, bool chords)
    {
        var at = start;
        for (var i = 0; i < Tune.Length; i++)
        {
            var pitch = Tune[(i * (1 + turn % 3) + turn) % Tune.Length];
            session.Hear(new TimedMessage(at, ShortMessage.NoteOn(0, pitch, 70 + i)));
            if (chords) session.Hear(new TimedMessage(at, ShortMessage.NoteOn(0, pitch - 5 - i % 3, 60)));
            session.Hear(new TimedMessage(at.PlusSeconds(.2), ShortMessage.NoteOff(0, pitch)));
            if (chords) session.Hear(new TimedMessage(at.PlusSeconds(.2), ShortMessage.NoteOff(0, pitch - 5 - i % 3)));
            at = at.PlusSeconds(.25);
            session.Player.Turn(at.PlusSeconds(-.25), at, sink);
        }

        var end = start.PlusSeconds(12);
        for (; at < end; at = at.PlusSeconds(.01))
        {
            session.Advance(at);
            session.Player.Turn(at, at.PlusSeconds(.01), sink);
            while (session.Player.TryReadEmitted(out _))
            {
            }
        }

        return end;
    }

    private sealed class CountingSink : IMessageSink
    {
        public int NoteOns { get; private set; }

        public void Emit(HostTime at, ShortMessage message) => NoteOns += message.IsNoteOn ? 1 : 0;
    }
}
