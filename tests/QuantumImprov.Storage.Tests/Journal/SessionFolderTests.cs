using QuantumImprov.Engine.Music;
using QuantumImprov.Storage.Crash;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Storage.Tests.Support;
using Xunit;

namespace QuantumImprov.Storage.Tests.Journal;

public sealed class SessionFolderTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Recordings_are_named_by_the_wall_clock_and_never_collide()
    {
        var sessions = new SessionFolder(_folder["sessions"], new ManualTime());
        using var first = sessions.Start(Recorded.AnyHeader);
        using var second = sessions.Start(Recorded.AnyHeader);
        File.WriteAllText(_folder["sessions/2026-01-31_20-15-07-3.mid"], "");
        using var third = sessions.Start(Recorded.AnyHeader);
        string[] expected = ["2026-01-31_20-15-07", "2026-01-31_20-15-07-2", "2026-01-31_20-15-07-4"];
        Assert.Equal(expected, new[] { first, second, third }.Select(journal => new SessionFiles(journal.Path).Name));
    }

    [Fact]
    public void Only_sessions_that_nobody_plays_and_nobody_finished_have_died()
    {
        var sessions = new SessionFolder(_folder.Path, new ManualTime());
        Assert.Empty(sessions.FindDied());
        var playing = sessions.Start(Recorded.AnyHeader);
        using var other = sessions.Start(Recorded.AnyHeader);
        Assert.Empty(sessions.FindDied());
        Assert.True(playing.Close());
        var died = Assert.Single(sessions.FindDied());
        Assert.Equal(playing.Path, died.Journal);
        File.WriteAllText(died.Midi, "");
        Assert.Empty(sessions.FindDied());
    }

    [Fact]
    public void A_journal_nothing_can_be_read_from_is_set_aside_once()
    {
        var sessions = new SessionFolder(_folder.Path, new ManualTime());
        File.WriteAllText(_folder["x.journal"], "?");
        File.WriteAllText(_folder["empty.journal"], "");
        var died = Assert.Single(sessions.FindDied());
        Assert.IsType<JournalReading.Unreadable>(JournalReader.Read(died.Journal));
        Assert.True(SessionFolder.SetAside(died));
        Assert.Empty(sessions.FindDied());
        Assert.Equal("?", File.ReadAllText(died.Journal + SessionFiles.UnreadableExtension));
        Assert.False(SessionFolder.SetAside(died));
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_dead() => Assert.Empty(new SessionFolder(_folder["none"], new ManualTime()).FindDied());

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_and_the_journal_begins_when_it_can()
    {
        File.WriteAllText(_folder["blocked"], "in the way");
        using var journal = new SessionFolder(_folder["blocked"], TimeProvider.System).Start(Recorded.AnyHeader);
        Assert.False(journal.Status.IsWriting);
        Assert.Contains("cannot be written", journal.Status.Sentence);
        journal.Write(JournalEntry.FromPerformer(new TimedMessage(Recorded.AnyHeader.ClockOrigin, ShortMessage.NoteOn(0, 60, 64))));
        Assert.False(journal.Flush(Longest));

        File.Delete(_folder["blocked"]);
        Assert.True(journal.Flush(Longest));
        Assert.Contains("written again; nothing was lost", journal.Status.Sentence);
        Assert.True(journal.Close());
        var read = Assert.IsType<JournalReading.Recovered>(JournalReader.Read(journal.Path)).Session;
        Assert.Single(read.Performer);
        Assert.True(read.Damage.IsWhole);
    }

    [Fact]
    public void What_still_waits_when_the_journal_is_closed_is_lost_and_that_is_said()
    {
        File.WriteAllText(_folder["blocked"], "in the way");
        using var journal = new SessionFolder(_folder["blocked"], TimeProvider.System).Start(Recorded.AnyHeader);
        Assert.NotNull(journal.Status.Reason);
        journal.Write(JournalEntry.FromPerformer(new TimedMessage(Recorded.AnyHeader.ClockOrigin, ShortMessage.NoteOn(0, 60, 64))));
        Assert.False(journal.Close());
        Assert.Equal((0, 2), (journal.Status.Waiting, journal.Status.Lost));
        Assert.EndsWith("; 2 entries were lost.", journal.Status.Sentence);
    }

    [Fact]
    public void A_file_that_exists_is_not_written_over()
    {
        File.WriteAllText(_folder["a.journal"], "precious");
        using var journal = SessionJournal.Start(_folder["a.journal"], Recorded.AnyHeader, TimeProvider.System);
        Assert.Contains("there already", journal.Status.Sentence);
        Assert.False(journal.Close());
        Assert.Equal("precious", File.ReadAllText(_folder["a.journal"]));
    }

    [Fact]
    public async Task A_session_killed_while_it_plays_keeps_all_but_its_last_second()
    {
        const int played = 1200;
        using var child = CrashProcess.Start("journal", _folder.Path);
        var path = await child.ReadLineAsync();
        var sessions = new SessionFolder(_folder.Path, TimeProvider.System);
        var written = new List<(int Number, long At)>();
        while (written.Count < played) written.Add(Parse(await child.ReadLineAsync()));
        Assert.Empty(sessions.FindDied());
        var killed = Environment.TickCount64;
        written.AddRange((await child.KillAsync()).Select(Parse));

        Assert.Equal(path, Assert.Single(sessions.FindDied()).Journal);
        var read = Assert.IsType<JournalReading.Recovered>(JournalReader.Read(path)).Session;
        Assert.False(read.ClosedProperly);
        Assert.True(read.Damage.IsWhole);
        Assert.Equal(CrashSamples.Header with { StartedAt = read.Header.StartedAt }, read.Header);
        var due = written.Count(line => line.At < killed - 1000);
        Assert.InRange(due, 1, played);
        Assert.InRange(read.Performer.Length, due, written.Count + 1);
        Assert.Equal(Enumerable.Range(0, read.Performer.Length).Select(CrashSamples.Message), read.Performer);

        var performance = read.ToPerformance();
        Assert.Equal(performance.Messages.Count(m => m.Message.IsNoteOn), performance.Messages.Count(m => m.Message.IsNoteOff));
    }

    private static (int Number, long At) Parse(string line)
    {
        var words = line.Split(' ');
        return (int.Parse(words[0]), long.Parse(words[1]));
    }
}
