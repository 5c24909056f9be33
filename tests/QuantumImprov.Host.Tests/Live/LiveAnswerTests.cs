using QuantumImprov.Engine.Music;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

[Collection("JACK")]
public sealed class LiveAnswerTests(JackHouse house)
{
    private static readonly int[] Phrase = [60, 64, 67, 64];

    [Fact]
    public void Every_phrase_is_answered_in_time_is_heard_and_leaves_nothing_sounding() => LiveRig.Play(house.Server, rig =>
    {
        // However little speaks for its end, a phrase is over after the gap, and its answer begins on the next beat, or within 50 ms; a period is the port's.
        const int latest = LiveRig.Gap + LiveRig.Beat + 50 * 48 + LiveRig.Period;
        var silence = rig.Soon();
        var released = rig.PlayPhrase(silence, Phrase);
        var first = rig.WaitForAnswer(0);
        Assert.InRange((int)(first - released), 0, latest);
        rig.Listener.WaitForFrame(first + 9600);
        Assert.Equal(0, rig.Listener.LoudnessBetween(silence, first - LiveRig.Period), 1e-6);
        Assert.True(rig.Listener.LoudnessBetween(first, first + 9600) > .002, "The answer is not heard.");

        for (var i = 0; i < 2; i++)
        {
            rig.WaitForEnd();
            var before = rig.Listener.CameCount;
            released = rig.PlayPhrase(rig.Soon(), Phrase);
            Assert.InRange((int)(rig.WaitForAnswer(before) - released), 0, latest);
            rig.WaitForEnd();
            // But for its first note, which may come late, an answer stands on the sixteenths of the beat to the frame; rounding to frames may take one.
            var onsets = rig.Listener.Came.Skip(before).Where(m => m.Message.IsNoteOn).Select(m => m.Frame).Skip(1).ToList();
            Assert.All(onsets, o => Assert.InRange((o - onsets[0] + 1) % (LiveRig.Beat / 4), 0u, 2u));
        }

        rig.WaitForEnd();
        var came = rig.Listener.Came;
        Assert.Equal(came.Count(m => m.Message.IsNoteOn), came.Count(m => m.Message.IsNoteOff));
        Assert.All(came, m => Assert.True(m.Message.IsNoteOn || m.Message.IsNoteOff));
        Assert.True(came.Count(m => m.Message.IsNoteOn) >= 6, $"Only {came.Count} messages came.");
        rig.Listener.WaitForFrame(came[^1].Frame + 48000 * 3);
        var quiet = rig.Listener.LoudnessBetween(came[^1].Frame + 48000 * 2, came[^1].Frame + 48000 * 3);
        Assert.True(quiet < .0005, $"Two seconds after the last note there is still {quiet}.");
    });

    [Fact]
    public void An_answer_that_is_cabled_back_is_played_to_its_end_and_not_answered() => LiveRig.Play(house.Server, rig =>
    {
        rig.Giver.Connect($"{rig.Name}:out", $"{rig.Name}:in");
        rig.PlayPhrase(rig.Soon(), 60, 62, 64, 65, 67, 65, 64, 60);
        rig.WaitForAnswer(0);
        rig.WaitForEnd();
        var came = rig.Listener.Came;
        Assert.True(came.Count(m => m.Message.IsNoteOn) > 3, $"{came.Count} messages came.");
        // Long enough for another answer, had this one been taken for a phrase.
        rig.Listener.WaitForFrame(rig.Soon(3000));
        Assert.Equal(came.Count, rig.Listener.CameCount);
    });

    [Fact]
    public void The_partner_stops_at_once_when_the_performer_plays_again() => LiveRig.Play(house.Server, rig =>
    {
        var delays = new List<int>();
        var start = rig.Soon();
        for (var i = 0; i < 5; i++)
        {
            var before = rig.Listener.CameCount;
            rig.PlayPhrase(start, Phrase);
            rig.WaitForAnswer(before);
            Wait.Until(() => rig.Sounding.Count > 0, "a sounding note");
            start = rig.Soon(20);
            rig.PlayPhrase(start, Phrase[..1]);
            rig.Listener.WaitForFrame(start + LiveRig.Gap);
            var after = rig.Listener.Came.Where(m => (int)(m.Frame - start) >= 0).ToList();
            Assert.Empty(rig.Sounding);
            delays.AddRange(after.Where(m => m.Message.IsNoteOff).Select(m => (int)(m.Frame - start)));
            // What was handed over before the key came may just have begun; nothing begins later.
            Assert.DoesNotContain(after, m => m.Message.IsNoteOn && (int)(m.Frame - start) > 100 * 48);
            start += LiveRig.Beat;
        }

        Assert.True(delays.Count >= 3, "The partner was not playing when it was interrupted.");
        delays.Sort();
        // Three periods and ten milliseconds for the middle one; a busy machine may take longer once.
        Assert.InRange(delays[delays.Count / 2], 0, 3 * LiveRig.Period + 10 * 48);
        Assert.InRange(delays[^1], 0, 100 * 48);
    });

    [Fact]
    public void After_ten_thousand_garbage_messages_a_second_a_phrase_is_answered_all_the_same() => LiveRig.Play(house.Server, rig =>
    {
        const int seconds = 3, perSecond = 10_000;
        var random = new QuantumImprov.Quantum.Randomness.Xoshiro(7);
        var start = rig.Soon(300);
        for (var i = 0; i < seconds * perSecond; i++)
        {
            var bytes = new byte[1 + random.NextInt(6)];
            foreach (ref var b in bytes.AsSpan()) b = (byte)random.NextInt(256);
            rig.Giver.Send((uint)(start + i * 24L / 5), bytes);
        }

        // Among the garbage there are sound note-ons that nobody ends, and program changes: what a musician's panic key sends ends the ones, his first preset's pad the others.
        var end = start + seconds * 48000 + 480;
        rig.Giver.Send(end, ShortMessage.Program(0, 0));
        for (var channel = 0; channel < 16; channel++)
        {
            rig.Giver.Send(end, ShortMessage.Control(channel, 64, 0));
            rig.Giver.Send(end, ShortMessage.Control(channel, 123, 0));
        }

        var released = rig.PlayPhrase(end + 48000, Phrase);
        rig.Listener.WaitForFrame(released);
        Assert.Equal(0, rig.Giver.Refused);
        var before = rig.Listener.Came.Count(m => (int)(m.Frame - released) < 0);
        Assert.InRange((int)(rig.WaitForAnswer(before) - released), 0, LiveRig.Gap + LiveRig.Beat + 50 * 48 + LiveRig.Period);
        rig.WaitForEnd();
        rig.Run.Signal(ProgramRun.Terminate);
        var outcome = rig.Run.End();
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.DoesNotContain("fault", File.ReadAllText(Directory.GetFiles(rig.Scratch["takes"], "*.journal").Single()), StringComparison.Ordinal);
    });
}
