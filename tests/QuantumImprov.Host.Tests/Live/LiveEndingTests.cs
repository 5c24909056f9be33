using System.Text.RegularExpressions;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Tests.Files;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

/// <summary>However a session ends, nothing stays sounding and nothing is lost.</summary>
[Collection("JACK")]
public sealed class LiveEndingTests(JackHouse house)
{
    private static readonly int[] Phrase = [60, 62, 64, 65];

    [Theory]
    [InlineData(ProgramRun.Terminate)]
    [InlineData(ProgramRun.Interrupt)]
    public void A_session_that_is_stopped_in_the_middle_of_an_answer_ends_its_notes_and_keeps_both_parts(int signal) => LiveRig.Play(house.Server, rig =>
    {
        var start = rig.Soon();
        rig.PlayPhrase(start, Phrase);
        rig.WaitForAnswer(0);
        Wait.Until(() => rig.Sounding.Count > 0, "a sounding note");
        rig.Run.Signal(signal);
        var outcome = rig.Run.End();
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Empty(rig.Sounding);
        Assert.Contains(rig.Listener.Came, m => m.Message == ShortMessage.Control(0, 123, 0));
        Assert.DoesNotContain(rig.Listener.Came.SkipWhile(m => m.Message != ShortMessage.Control(0, 123, 0)), m => m.Message.IsNoteOn);

        var path = Regex.Match(outcome.Output, @"Recorded: (\S+\.mid)\.").Groups[1].Value;
        Assert.Equal(rig.Scratch["takes"], Path.GetDirectoryName(path));
        // It is the session that falls silent, as soon as it is asked to stop; that JACK is told so once more when its client closes would leave the answer going on until then.
        var journal = Assert.IsType<JournalReading.Recovered>(JournalReader.Read(Path.ChangeExtension(path, ".journal"))).Session;
        Assert.Equal(CommandKind.Panic, Enum.Parse<CommandKind>(Assert.Single(journal.Commands).Name, ignoreCase: true));
        Assert.Contains(journal.Partner, m => m.Message == ShortMessage.Control(0, 123, 0));

        var recording = Calls.Read(path);
        Assert.Equal(["performer", "partner"], recording.TrackNames);
        Assert.Equal(240, Calls.Opening(recording).BeatsPerMinute);
        AssertRecorded(recording, 0, Phrase.SelectMany((pitch, i) => new[] { (start + (uint)(i * LiveRig.Beat), pitch, true), (LiveRig.ReleaseOf(start, i), pitch, false) }));
        AssertRecorded(recording, 1, rig.Listener.Came.Where(m => m.Message.IsNoteOn || m.Message.IsNoteOff).Select(m => (m.Frame, (int)m.Message.Data1, m.Message.IsNoteOn)));
    });

    [Fact]
    public void A_session_that_is_killed_in_the_middle_of_a_phrase_is_recovered_at_the_next_start() => LiveRig.Play(house.Server, rig =>
    {
        // The performer's first phrase and its answer, then a second that is cut short: two notes a second over four seconds.
        var start = rig.Soon();
        rig.PlayPhrase(start, Phrase);
        rig.WaitForAnswer(0);
        rig.WaitForEnd();
        var answered = rig.Listener.Came.Where(m => m.Message.IsNoteOn).Select(m => (int)m.Message.Data1).ToList();
        var second = rig.Soon();
        int[] scale = [60, 62, 64, 65, 67, 69, 71, 72, 71, 69, 67, 65, 64, 62, 60, 59];
        rig.PlayPhrase(second, scale);
        rig.Giver.WaitForFrame(second + 3 * 48000);
        rig.Run.Signal(ProgramRun.KillNow);
        var killed = rig.Giver.Now;
        Assert.NotEqual(0, rig.Run.End().Code);

        var next = ProgramRun.Run(rig.Scratch, "play", "--no-stage", "--for", "0.2", "--record", rig.Scratch["takes"]);
        Assert.Equal((0, ""), (next.Code, next.Error));
        var path = Regex.Match(next.Output, @"From a session that ended unexpectedly: Recorded: (\S+\.mid)\.").Groups[1].Value;
        Assert.True(File.Exists(path), next.Output);
        var recording = Calls.Read(path);
        var due = Phrase.Length + Enumerable.Range(0, scale.Length).Count(i => (int)(killed - 48000 - (second + i * LiveRig.Beat)) >= 0);
        var heard = Calls.Notes(recording, 0).Select(n => n.Pitch).ToList();
        Assert.True(due > Phrase.Length + 5, "It was killed too early to say anything.");
        Assert.True(heard.Count >= due, $"Of {due} notes that were a second old {heard.Count} were kept.");
        Assert.Equal(Phrase.Concat(scale).Take(heard.Count), heard);
        Assert.Equal(answered, Calls.Notes(recording, 1).Select(n => n.Pitch));
        RespondTests.AssertEveryNoteEnds(recording, 0);

        // It is told once.
        Assert.DoesNotContain("unexpectedly", ProgramRun.Run(rig.Scratch, "play", "--no-stage", "--for", "0.2", "--record", rig.Scratch["takes"]).Output, StringComparison.Ordinal);
    });

    [Fact]
    public void What_a_killed_session_left_sounding_is_silenced_by_the_next() => LiveRig.Play(house.Server, rig =>
    {
        rig.PlayPhrase(rig.Soon(), 60, 62, 64, 65, 67, 65, 64, 62);
        rig.WaitForAnswer(0);
        Wait.Until(() => rig.Sounding.Count > 0, "a sounding note");
        rig.Run.Signal(ProgramRun.KillNow);
        Assert.NotEqual(0, rig.Run.End().Code);
        Assert.NotEmpty(rig.Sounding);
        var before = rig.Listener.CameCount;
        using var next = ProgramRun.Start(rig.Scratch, ["play", "--jack-server", house.Server.Name, "--no-stage", "--record", rig.Scratch["takes"], "--midi-out", "listener:from"]);
        Wait.Until(() => rig.Listener.Came.Skip(before).Any(m => m.Message == ShortMessage.Control(0, 123, 0)), "all notes off");
        Assert.DoesNotContain(rig.Listener.Came.Skip(before), m => m.Message.IsNoteOn);
        Assert.Contains(rig.Listener.Came.Skip(before), m => m.Message == ShortMessage.Control(0, 64, 0));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_server_that_dies_and_returns_finds_the_ports_again_and_is_played_on(bool hard)
    {
        using var server = house.Start();
        LiveRig.Play(server, rig =>
        {
            rig.PlayPhrase(rig.Soon(), Phrase);
            rig.WaitForAnswer(0);
            rig.DropPeers();
            server.Stop(hard);
            rig.Run.WaitForLine("The JACK server is gone; waiting for it to return.");
            Assert.True(rig.Run.IsRunning);
            Assert.True(server.TryStart(out var reason), reason);
            rig.TakePeers(server);
            rig.PlayPhrase(rig.Soon(), Phrase);
            rig.WaitForAnswer(0);
            rig.WaitForEnd();
            Assert.Empty(rig.Sounding);
            rig.Run.Signal(ProgramRun.Terminate);
            var outcome = rig.Run.End();
            Assert.Equal((0, ""), (outcome.Code, outcome.Error));
            var recording = Calls.Read(Regex.Match(outcome.Output, @"Recorded: (\S+\.mid)\.").Groups[1].Value);
            Assert.Equal(Phrase.Concat(Phrase), Calls.Notes(recording, 0).Select(n => n.Pitch));
        });
    }

    [Fact]
    public void What_was_learned_is_there_at_the_next_start() => LiveRig.Play(house.Server, rig =>
    {
        rig.PlayPhrase(rig.Soon(), Phrase);
        rig.WaitForAnswer(0);
        rig.Run.Signal(ProgramRun.Terminate);
        Assert.Equal(0, rig.Run.End().Code);
        var file = Assert.Single(Directory.GetFiles(Path.Combine(rig.Scratch.Home, "repertoires")));
        var loaded = Assert.IsType<QuantumImprov.Storage.Repertoires.RepertoireLoad.Loaded>(QuantumImprov.Storage.Repertoires.RepertoireFile.Load(file));
        Assert.Equal(Phrase, loaded.Content.Phrases[^1].Notes.Select(n => n.Pitch.Number));
        Assert.True(loaded.Content.Phrases.Length > 10, "The shipped tunes are gone.");
    });

    // The same notes at the same distances, to two milliseconds: a file's ticks are half of one.
    private static void AssertRecorded(Performance recording, int track, IEnumerable<(uint Frame, int Pitch, bool On)> played)
    {
        var expected = played.ToList();
        var kept = recording.Messages.Where(m => m.Track == track && (m.Message.IsNoteOn || m.Message.IsNoteOff)).ToList();
        Assert.Equal(expected.Select(e => (e.Pitch, e.On)), kept.Select(m => ((int)m.Message.Data1, m.Message.IsNoteOn)));
        for (var i = 1; i < kept.Count; i++)
            Assert.Equal((expected[i].Frame - expected[0].Frame) / 48.0, recording.Map.ToHost(kept[i].At).SecondsSince(recording.Map.ToHost(kept[0].At)) * 1000, 2.0);
    }
}
