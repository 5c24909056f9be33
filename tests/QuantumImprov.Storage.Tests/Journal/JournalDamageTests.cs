using System.Text;
using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Storage.Disk;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Storage.Tests.Support;
using Xunit;
using QuantumImprov.Engine.Repertoire.Text;

namespace QuantumImprov.Storage.Tests.Journal;

public sealed class JournalDamageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_flipped_bit_costs_at_most_two_entries_and_is_told()
    {
        var bytes = Recorded.Bytes(20);
        var whole = Recorded.Read(bytes);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            var read = Recorded.Read(bytes);
            bytes[bit / 8] ^= (byte)(1 << bit % 8);

            Assert.InRange(Entries(whole) - Entries(read), 0, 2);
            Assert.True(!read.Damage.IsWhole || read.Damage.TornBytes > 0, $"bit {bit}");
            if (read.Damage.MissingHeaderLines > 0) continue;
            Assert.True(IsPartOf(read.Performer, whole.Performer) && IsPartOf(read.Partner, whole.Partner), $"bit {bit}");
        }
    }

    [Fact]
    public void A_journal_cut_at_any_byte_gives_every_line_before_the_cut()
    {
        var bytes = Recorded.Bytes(20, closed: false);
        var whole = Recorded.Read(bytes);
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes.AsSpan(0, length);
            var read = Recorded.Read(cut);
            var lines = cut.Count((byte)'\n');

            // A line that lacks nothing but its end counts as one.
            var complete = bytes[length] == '\n' ? 1 : 0;
            Assert.Equal(Math.Max(0, lines + complete - 7), Entries(read));
            Assert.Equal(Math.Max(0, 7 - lines - complete), read.Damage.MissingHeaderLines);
            Assert.Equal(0, read.Damage.DamagedLines);
            Assert.Equal(complete == 1 ? 0 : length - (cut.LastIndexOf((byte)'\n') + 1), read.Damage.TornBytes);
            Assert.False(read.ClosedProperly);
            if (lines >= 7) Assert.True(read.Performer.AsSpan().SequenceEqual(whole.Performer.AsSpan()[..read.Performer.Length]));
        }
    }

    [Fact]
    public void Three_thousand_larger_damages_never_stop_the_reading_or_invent_a_message()
    {
        var bytes = Recorded.Bytes(100);
        var whole = Recorded.Read(bytes);
        var random = new Xoshiro(31012026);
        for (var round = 0; round < 3000; round++)
        {
            var damaged = bytes.ToList();
            for (var blow = random.NextInt(4); blow >= 0 && damaged.Count > 1; blow--)
            {
                var at = random.NextInt(damaged.Count);
                var length = random.NextInt(Math.Min(300, damaged.Count - at));
                if (random.NextInt(2) == 0) damaged.RemoveRange(at, length);
                else damaged.InsertRange(at, Enumerable.Range(0, length).Select(_ => (byte)random.NextInt(256)));
            }

            var read = Recorded.Read(damaged.ToArray());
            _ = read.ToPerformance();
            if (read.Damage.MissingHeaderLines == 0) Assert.True(IsPartOf(read.Performer, whole.Performer), $"round {round}");
        }
    }

    [Fact]
    public void Zeros_that_a_power_cut_leaves_at_the_end_are_a_torn_tail()
    {
        byte[] bytes = [.. Recorded.Bytes(5, closed: false), .. new byte[5000]];
        var read = Recorded.Read(bytes);
        Assert.Equal(5000, read.Damage.TornBytes);
        Assert.True(read.Damage.IsWhole);
        Assert.Equal(5, read.Performer.Length);
    }

    [Fact]
    public void Absurd_fields_behind_a_right_sum_are_damage()
    {
        string[] bodies =
        [
            "in 1 90 3c", "in 1 90 3c 4", "in 1 90 3c 40 00", "in x 90 3c 40", "in 9223372036854775807 90 3c 40", "in -9223372036854775808 90 3c 40", "in 1 90 3c zz",
            "timeline 1 0 4/4 0 0 0", "timeline 1 500000000 4/5 0 0 0", "timeline 1 500000000 4 0 0 0", "timeline 1 500000000 4/4 9223372036854775807 0 0",
            "timeline 1 500000000 4/4 0 9223372036854775807 0", "timeline 1 500000000 4/4 0 0", "timeline 1 1001 4/4 0 0 0",
            "command 1 []", "command 1 [1]", "command 1 {}", "command 1 [\"a\"", "remark 1 [\"a\",\"b\"]", "remark 1 [null]", "lost 0", "lost -1", "end", "seed -1", "journal 0",
            "clock 9223372036854775807", "started yesterday", "preset [\"a\"]", "product []", "origin",
        ];
        var read = Recorded.Read([.. Recorded.Bytes(3), .. bodies.SelectMany(Line)]);
        Assert.Equal(bodies.Length, read.Damage.DamagedLines);
        Assert.Equal(3, read.Performer.Length);
        _ = read.ToPerformance();
    }

    [Fact]
    public void Lines_of_a_kind_not_known_yet_are_counted_and_passed_over()
    {
        var read = Recorded.Read([.. Recorded.Bytes(3), .. Line("smell 12 roses")]);
        Assert.Equal(1, read.Damage.UnknownLines);
        Assert.True(read.Damage.IsWhole);
    }

    [Fact]
    public void A_line_longer_than_any_is_passed_over_in_bounded_memory()
    {
        byte[] bytes = [.. Recorded.Bytes(3, closed: false), .. Enumerable.Repeat((byte)'x', 40 << 20), (byte)'\n', .. Line("end 5")];
        var read = Recorded.Read(bytes);
        Assert.Equal(1, read.Damage.DamagedLines);
        Assert.True(read.ClosedProperly);
    }

    [Theory]
    [InlineData("", "is not a journal")]
    [InlineData("my diary\n", "is not a journal")]
    [InlineData(null, "does not exist")]
    public void What_is_no_journal_is_said_in_one_sentence(string? content, string expected)
    {
        var path = _folder["a.journal"];
        if (content is not null) File.WriteAllText(path, content);
        var sentence = Assert.IsType<JournalReading.Unreadable>(JournalReader.Read(path)).Sentence;
        Assert.Contains(expected, sentence);
        Assert.Contains(path, sentence);
    }

    [Fact]
    public void A_journal_of_a_newer_version_is_named()
    {
        var path = _folder["a.journal"];
        File.WriteAllBytes(path, [.. Line("journal 2"), .. Line("end 5")]);
        Assert.Contains("newer QuantumImprov", Assert.IsType<JournalReading.Unreadable>(JournalReader.Read(path)).Sentence);
        Assert.Contains("is a folder", Assert.IsType<JournalReading.Unreadable>(JournalReader.Read(_folder.Path)).Sentence);
    }

    [Fact]
    public void The_sum_is_the_one_the_world_knows() => Assert.Equal(0xE3069283, Crc32C.Of("123456789"u8));

    private static byte[] Line(string body) => Encoding.UTF8.GetBytes($"{Crc32C.Of(Encoding.UTF8.GetBytes(body)):x8} {body}\n");

    private static int Entries(SessionRecord session) =>
        session.Performer.Length + session.Partner.Length + session.Timelines.Length - 1 + session.Commands.Length + session.Remarks.Length;

    private static bool IsPartOf(IEnumerable<TimedMessage> part, IReadOnlyList<TimedMessage> whole)
    {
        var at = 0;
        foreach (var message in part)
        {
            while (at < whole.Count && whole[at] != message) at++;
            if (at++ == whole.Count) return false;
        }

        return true;
    }
}
