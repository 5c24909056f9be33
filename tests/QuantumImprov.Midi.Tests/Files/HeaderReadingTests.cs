using QuantumImprov.Midi.Files;
using Xunit;
using static QuantumImprov.Midi.Tests.Files.RawFile;

namespace QuantumImprov.Midi.Tests.Files;

public class HeaderReadingTests
{
    private const string OneNote = "00 90 3C 40 60 80 3C 40" + EndOfTrack;

    [Fact]
    public void A_whole_file_is_read_and_written_back_byte_for_byte()
    {
        var bytes = Of(1, 480, "00 FF 51 03 07 A1 20" + EndOfTrack, OneNote);
        var outcome = MidiFileReader.Read(bytes);
        Assert.Null(outcome.Refusal);
        Assert.Empty(outcome.Warnings);
        Assert.Equal(MidiFileFormat.Together, outcome.File!.Format);
        Assert.Equal(480, outcome.File.Division.TicksPerQuarter);
        Assert.Equal(2, outcome.File.Tracks.Length);
        Assert.Equal(bytes, MidiFileWriter.Write(outcome.File));
    }

    [Fact]
    public void The_writer_can_leave_out_repeated_status_bytes()
    {
        const string running = "00 90 3C 40 10 3C 00 00 FF 01 00 10 90 40 40 10 40 00 00 C0 01 00 02" + EndOfTrack;
        var bytes = Of(0, 480, running);
        Assert.Equal(bytes, MidiFileWriter.Write(MidiFileReader.Read(bytes).File!, runningStatus: true));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public void All_three_formats_are_read(int format, int expected) =>
        Assert.Equal((MidiFileFormat)expected, MidiFileReader.Read(Of(format, 96, OneNote)).File!.Format);

    [Theory]
    [InlineData(0xE728, 25, 40)]
    [InlineData(0xE804, 24, 4)]
    [InlineData(0xE350, 29, 80)]
    [InlineData(0xE2FF, 30, 255)]
    public void Smpte_divisions_are_read(int raw, int frames, int ticks)
    {
        var division = MidiFileReader.Read(Of(0, raw, OneNote)).File!.Division;
        Assert.True(division.IsSmpte);
        Assert.Equal((frames, ticks, 0), (division.FramesPerSecond, division.TicksPerFrame, division.TicksPerQuarter));
        Assert.Equal(division, Division.Smpte(frames, ticks));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("52494646 00000000", "52494646")]
    [InlineData("4D 54", "ends at byte 2")]
    [InlineData("4D546864 00000006 0000 0001 00", "ends at byte 13")]
    [InlineData("4D546864 00000006 0003 0001 0060", "format 3 at byte 8")]
    [InlineData("4D546864 00000006 0000 0001 0000", "0 ticks")]
    [InlineData("4D546864 00000006 0000 0001 E700", "25 SMPTE frames a second of 0 ticks")]
    [InlineData("4D546864 00000006 0000 0001 EF28", "17 SMPTE frames")]
    [InlineData("4D546864 00000006 0000 0001 8028", "128 SMPTE frames")]
    [InlineData("4D546864 00000006 0000 0000 0060", "no track")]
    [InlineData("4D546864 00000006 0000 0001 0060 4D54726B 0000", "no track")]
    [InlineData("4D546864 00000006 0000 0001 0060 4D54726B 00000004", "without an end-of-track event")]
    [InlineData("4D546864 00000006 0000 0001 0060 4D54726B 00000004 00 3C 40 00", "3C at byte 23")]
    public void What_is_no_file_is_refused_in_one_sentence_that_says_what_and_where(string hex, string says)
    {
        var outcome = MidiFileReader.Read(Hex(hex));
        Assert.False(outcome.IsRead);
        Assert.Contains(says, outcome.Refusal, StringComparison.Ordinal);
        Assert.EndsWith(".", outcome.Refusal, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', outcome.Refusal!);
    }

    [Fact]
    public void A_file_above_the_bound_is_refused_and_one_at_the_bound_is_not()
    {
        var bytes = new byte[MidiFileReader.LargestFile + 1];
        Of(0, 96, OneNote).CopyTo(bytes, 0);
        Assert.Equal("The file is 67108865 bytes long; allowed are 67108864 (64 MiB).", MidiFileReader.Read(bytes).Refusal);
        Assert.True(MidiFileReader.Read(bytes.AsSpan(1..)).Refusal!.Contains("begins with the bytes 546864", StringComparison.Ordinal));
        Assert.True(MidiFileReader.Read(bytes.AsSpan(..^1)).IsRead);
    }

    [Fact]
    public void Unknown_chunks_are_passed_over_in_silence()
    {
        byte[] bytes = [.. Header(0, 1, 96), .. Chunk("XFIH", Hex("01020304")), .. Track(OneNote), .. Chunk("XFKM", [])];
        var outcome = MidiFileReader.Read(bytes);
        Assert.Empty(outcome.Warnings);
        Assert.Equal(2, outcome.File!.Tracks.Single().Events.Length);
    }

    [Fact]
    public void A_longer_header_is_passed_over()
    {
        byte[] bytes = [.. Hex("4D546864 00000008 0000 0001 0060 ABCD"), .. Track(OneNote)];
        var outcome = MidiFileReader.Read(bytes);
        Assert.Empty(outcome.Warnings);
        Assert.Equal(2, outcome.File!.Tracks.Single().Events.Length);
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("00000005")]
    [InlineData("7FFFFFFF")]
    [InlineData("FFFFFFFF")]
    public void A_header_length_that_lies_is_read_as_six_with_a_warning(string length)
    {
        byte[] bytes = [.. Hex($"4D546864 {length} 0000 0001 0060"), .. Track(OneNote)];
        var outcome = MidiFileReader.Read(bytes);
        Assert.Contains("at byte 4; it was read as 6.", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, outcome.File!.Tracks.Single().Events.Length);
    }
}
