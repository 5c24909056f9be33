using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Storage.Tests.Support;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Storage.Tests.Journal;

public sealed class JournalRoundTripTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read_in_its_order()
    {
        var number = 0;
        Recorded.Gen.Sample(
            session =>
            {
                var path = _folder[$"{number++}.journal"];
                var time = new ManualTime();
                using (var journal = SessionJournal.Start(path, session.Header, time))
                {
                    session.PlayInto(journal);
                    Assert.True(journal.Close());
                }

                var read = Assert.IsType<JournalReading.Recovered>(JournalReader.Read(path)).Session;
                Assert.Equal(session.Header.Given, read.Header.Given);
                Assert.Equal(session.Header with { StartedAt = time.Start }, read.Header with { Given = session.Header.Given });
                Assert.Equal(session.Happenings.Select(Step), read.Steps.Select(step => (step.Kind, step.At, step.Line, step.Hushes, step.Follows)));
                Assert.Equal(session.Happenings.OfType<Happening.Content>().Select(h => h.Brought), read.Contents.Select(JournalContent.Unpack));
                Assert.Equal(session.Performer, read.Performer);
                Assert.Equal(session.Partner, read.Partner);
                Assert.Equal(new TimelineSegment(session.Header.ClockOrigin, session.Header.Timeline), read.Timelines[0]);
                Assert.Equal(session.Happenings.OfType<Happening.NewTimeline>().Select(h => h.Segment).OrderBy(s => s.From), read.Timelines.Skip(1));
                Assert.Equal(
                    session.Happenings.OfType<Happening.Command>().Select(h => (h.Said.At, h.Said.Name, string.Join('|', h.Said.Arguments))),
                    read.Commands.Select(c => (c.At, c.Name, string.Join('|', c.Arguments))));
                Assert.Equal(session.Happenings.OfType<Happening.Remark>().Select(h => h.Said), read.Remarks);
                Assert.True(read.ClosedProperly);
                Assert.Equal(new JournalDamage(0, 0, 0, 0, 0), read.Damage);
            },
            iter: 200, threads: 1);
    }

    // Seven lines of the header come before, and two of what was given.
    private static (JournalStepKind, HostTime, int, bool, bool) Step(Happening happening, int index) => happening switch
    {
        Happening.Performer(var message) => (JournalStepKind.Performer, message.At, 10 + index, false, false),
        Happening.Partner(var message) => (JournalStepKind.Partner, message.At, 10 + index, false, false),
        Happening.NewTimeline(var segment) => (JournalStepKind.Timeline, segment.From, 10 + index, false, false),
        Happening.Command(var command) => (JournalStepKind.Command, command.At, 10 + index, false, false),
        Happening.Exchange(var at) => (JournalStepKind.Exchange, at, 10 + index, false, false),
        Happening.Song(var at, var hushes, var follows) => (JournalStepKind.Song, at, 10 + index, hushes, follows),
        Happening.Content(var at, _) => (JournalStepKind.Content, at, 10 + index, false, false),
        Happening.Remark(var remark) => (JournalStepKind.Remark, remark.At, 10 + index, false, false),
        _ => throw new InvalidOperationException(happening.ToString()),
    };

    [Fact]
    public void A_journal_can_be_read_by_a_person()
    {
        var text = System.Text.Encoding.UTF8.GetString(Recorded.Bytes(8));
        var lines = text.Split('\n').Select(line => line.Length > 9 ? line[9..] : line).ToArray();
        Assert.Equal("journal 1", lines[0]);
        Assert.Contains("preset [\"plain\",\"{\\n  \\\"coherence\\\": 0.5\\n}\"]", lines);
        Assert.Contains("started 2026-01-31T20:15:07.0000000+00:00", lines);
        Assert.Contains("origin 616649538 6/8 0 0 0", lines);
        Assert.Contains("in 100000000 90 3d 02", lines);
        Assert.Contains("out 100000001 81 29 40", lines);
        Assert.Contains("command 200000000 [\"tempo\",\"60\"]", lines);
        Assert.Contains("remark 200000000 [\"xrun\"]", lines);
        Assert.Equal("end 700000007", lines[^2]);
    }

    [Fact]
    public void A_journal_in_progress_can_be_read()
    {
        var path = _folder["a.journal"];
        using var journal = SessionJournal.Start(path, Recorded.AnyHeader, TimeProvider.System);
        journal.Write(JournalEntry.FromPerformer(new TimedMessage(Recorded.AnyHeader.ClockOrigin, ShortMessage.NoteOn(0, 60, 1))));
        Assert.True(journal.Flush(TimeSpan.FromSeconds(60)));
        var read = Assert.IsType<JournalReading.Recovered>(JournalReader.Read(path)).Session;
        Assert.Single(read.Performer);
        Assert.False(read.ClosedProperly);
    }

    [Fact]
    public void What_was_told_late_keeps_both_the_time_it_was_played_and_the_time_it_was_told()
    {
        var path = _folder["a.journal"];
        var origin = Recorded.AnyHeader.ClockOrigin;
        using (var journal = SessionJournal.Start(path, Recorded.AnyHeader, TimeProvider.System))
        {
            journal.Write(JournalEntry.FromPerformer(new TimedMessage(origin.Plus(900), ShortMessage.NoteOn(0, 60, 1)), origin.Plus(200)));
            journal.Write(JournalEntry.FromPerformer(new TimedMessage(origin.Plus(950), ShortMessage.NoteOff(0, 60)), origin.Plus(950)));
        }

        var read = Assert.IsType<JournalReading.Recovered>(JournalReader.Read(path)).Session;
        Assert.Equal([origin.Plus(200), origin.Plus(950)], read.Performer.Select(m => m.At));
        Assert.Equal([origin.Plus(900), origin.Plus(950)], read.Told);
        Assert.True(read.Damage.IsWhole);
    }

    [Fact]
    public void A_lone_half_of_a_surrogate_pair_does_not_stop_the_journal()
    {
        var path = _folder["a.journal"];
        using (var journal = SessionJournal.Start(path, Recorded.AnyHeader, TimeProvider.System)) journal.WriteRemark(Recorded.AnyHeader.ClockOrigin, "a\ud800b");
        Assert.Equal("a\ufffdb", Assert.IsType<JournalReading.Recovered>(JournalReader.Read(path)).Session.Remarks[0].Text);
    }

    [Fact]
    public void The_engines_side_allocates_nothing()
    {
        using var journal = SessionJournal.Start(_folder["a.journal"], Recorded.AnyHeader, TimeProvider.System);
        var played = new TimedMessage(Recorded.AnyHeader.ClockOrigin, ShortMessage.NoteOn(0, 60, 64));
        WriteMany(journal, played, 1000);
        Assert.Equal(0, Allocated.By(() => WriteMany(journal, played, 100_000)));
    }

    private static void WriteMany(SessionJournal journal, TimedMessage played, int times)
    {
        for (var i = 0; i < times; i++)
        {
            journal.Write(JournalEntry.FromPerformer(played));
            journal.Write(JournalEntry.FromPartner(played));
            journal.Write(JournalEntry.TimelineFrom(played.At, Recorded.AnyHeader.Timeline));
        }
    }
}
