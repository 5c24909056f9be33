using System.Collections.Concurrent;
using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Storage.Tests.Support;
using Xunit;

namespace QuantumImprov.Storage.Tests.Journal;

/// <summary>The disk's side, turn by turn, on a disk that fails.</summary>
public sealed class JournalWriterTests
{
    private readonly SpscRing<JournalEntry> _ring = new(1024);
    private readonly ConcurrentQueue<QueuedText> _texts = new();
    private readonly ManualTime _time = new();
    private bool _failing;

    [Fact]
    public void Bytes_lie_unflushed_for_at_most_three_hundred_milliseconds()
    {
        using var writer = Writer(out var file);
        writer.Turn(now: true);
        Write(1);
        writer.Turn(now: false);
        Assert.Equal(1, file.Flushes);
        Assert.Single(Recorded.Read(file.Bytes).Performer);
        _time.Advance(JournalWriter.FlushAfter - TimeSpan.FromMilliseconds(1));
        Write(1);
        writer.Turn(now: false);
        Assert.Equal(1, file.Flushes);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        writer.Turn(now: false);
        Assert.Equal(2, file.Flushes);
        Assert.Equal((2, 0), (writer.Written, writer.Waiting));
        writer.Turn(now: false);
        Assert.Equal(2, file.Flushes);
    }

    [Fact]
    public void After_a_failure_it_tries_again_after_a_second_and_nothing_is_lost()
    {
        var changes = 0;
        using var writer = Writer(out var file);
        writer.Changed += () => changes++;
        writer.Turn(now: true);
        _failing = true;
        Write(3);
        writer.Turn(now: true);
        Assert.Equal("the disk is full", writer.Reason);
        Assert.Equal((0, 3, 0), (writer.Written, writer.Waiting, writer.Lost));

        _failing = false;
        Write(2);
        writer.Turn(now: false);
        Assert.NotNull(writer.Reason);
        _time.Advance(JournalWriter.RetryAfter);
        writer.Turn(now: false);
        Assert.Null(writer.Reason);
        Assert.Equal((5, 0, 0), (writer.Written, writer.Waiting, writer.Lost));
        Assert.Equal(2, changes);
        Assert.Equal(5, Recorded.Read(file.Bytes).Performer.Length);
        Assert.True(Recorded.Read(file.Bytes).Damage.IsWhole);
    }

    [Fact]
    public void A_disk_that_fails_at_any_moments_ends_with_the_bytes_of_one_that_never_fails()
    {
        Gen.Bool.Array[1, 60].Sample(
            pattern =>
            {
                var (good, bad) = (new JournalWriterTests(), new JournalWriterTests());
                var asked = 0;
                using var writer = good.Writer(out var goodFile);
                var badFile = new FaultyFile(() => asked++ < pattern.Length && pattern[asked - 1]);
                using var faulty = new JournalWriter(bad._ring, bad._texts, Recorded.AnyHeader, () => badFile, bad._time);
                for (var turn = 0; turn < 40; turn++)
                {
                    good.Write(turn % 4);
                    bad.Write(turn % 4);
                    writer.Turn(now: turn % 3 == 0);
                    faulty.Turn(now: turn % 3 == 0);
                    bad._time.Advance(TimeSpan.FromMilliseconds(400));

                    // Whatever the moment, a death now leaves a readable journal of what was flushed and perhaps more.
                    if (badFile.Bytes.Length > 0) Assert.True(Recorded.Read(badFile.Bytes).Performer.Length >= faulty.Written, $"turn {turn}");
                    Assert.Equal(0, Recorded.Read(badFile.Bytes).Damage.DamagedLines);
                }

                writer.Turn(now: true);
                while (faulty.Waiting > 0) faulty.Turn(now: true);
                Assert.Equal(goodFile.Bytes, badFile.Bytes);
            },
            iter: 200, threads: 1);
    }

    [Fact]
    public void What_finds_no_room_while_the_disk_fails_is_counted_and_told_in_the_journal()
    {
        var file = new FaultyFile(() => _failing);
        using var writer = new JournalWriter(_ring, _texts, Recorded.AnyHeader, () => file, _time, mostWaiting: 2000);
        _failing = true;
        for (var round = 0; round < 5; round++)
        {
            Write(100);
            writer.Turn(now: true);
        }

        var lost = writer.Lost;
        Assert.InRange(lost, 300, 499);
        _failing = false;
        writer.Turn(now: true);
        Write(1);
        writer.Turn(now: true);
        var read = Recorded.Read(file.Bytes);
        Assert.Equal(lost, read.Damage.LostEntries);
        Assert.Equal(501 - lost, read.Performer.Length);
        Assert.Equal(501 - lost, writer.Written);
    }

    [Fact]
    public void A_full_ring_is_counted_and_keeps_texts_in_their_places()
    {
        using var writer = Writer(out var file);
        for (var i = 0; i < _ring.Capacity + 5; i++)
        {
            var number = $"{i}";
            var text = new QueuedText(JournalWords.Remark, () => [number]);
            _texts.Enqueue(text);
            if (!_ring.TryWrite(JournalEntry.TextAt(new HostTime(5_000_000_000 + i)))) text.Refused = true;
        }

        writer.Turn(now: true);
        _texts.Enqueue(new QueuedText(JournalWords.Remark, () => ["last"]));
        _ring.TryWrite(JournalEntry.TextAt(new HostTime(6_000_000_000)));
        writer.Turn(now: true);
        var read = Recorded.Read(file.Bytes);
        Assert.Equal(5, read.Damage.LostEntries);
        Assert.Equal(_ring.Capacity + 1, read.Remarks.Length);
        Assert.Equal((new HostTime(6_000_000_000), "last"), (read.Remarks[^1].At, read.Remarks[^1].Text));
    }

    [Fact]
    public void A_file_that_cannot_be_made_is_tried_again()
    {
        var file = new FaultyFile(() => false);
        using var writer = new JournalWriter(_ring, _texts, Recorded.AnyHeader, () => _failing ? throw new UnauthorizedAccessException() : file, _time);
        _failing = true;
        Write(2);
        writer.Turn(now: true);
        Assert.Equal("permission is denied", writer.Reason);
        _failing = false;
        _time.Advance(JournalWriter.RetryAfter);
        writer.Turn(now: false);
        Assert.Null(writer.Reason);
        Assert.Equal(2, Recorded.Read(file.Bytes).Performer.Length);
        Assert.Equal(0, Recorded.Read(file.Bytes).Damage.MissingHeaderLines);
    }

    private JournalWriter Writer(out FaultyFile file)
    {
        var made = file = new FaultyFile(() => _failing);
        return new JournalWriter(_ring, _texts, Recorded.AnyHeader, () => made, _time);
    }

    private void Write(int messages)
    {
        for (var i = 0; i < messages; i++) _ring.TryWrite(JournalEntry.FromPerformer(new TimedMessage(new HostTime(5_000_000_000 + i), ShortMessage.NoteOn(0, 60, 64))));
    }
}
