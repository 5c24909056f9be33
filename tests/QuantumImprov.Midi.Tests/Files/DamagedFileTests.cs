using QuantumImprov.Midi.Files;
using Xunit;
using static QuantumImprov.Midi.Tests.Files.RawFile;

namespace QuantumImprov.Midi.Tests.Files;

public class DamagedFileTests
{
    private const string OneNote = "00 90 3C 40 60 80 3C 40" + EndOfTrack;

    [Fact]
    public void A_torn_last_track_keeps_its_whole_events_and_says_so()
    {
        var whole = Of(1, 96, OneNote, OneNote);
        // The second track begins at byte 34: its header, then a note-on of 4 bytes, then a note-off of which 2 bytes are left.
        var outcome = MidiFileReader.Read(whole.AsSpan(0, 48));
        Assert.Equal(["Track 2 is cut off at byte 48 in the middle of an event; the event before that was kept."], outcome.Warnings);
        Assert.Equal(["0: 90 3C 40"], outcome.File!.Tracks[1].Events.Select(e => e.ToString()));
        Assert.Equal(2, outcome.File.Tracks[0].Events.Length);
    }

    [Fact]
    public void Every_tear_keeps_exactly_the_whole_events_before_it()
    {
        var whole = Of(1, 96, OneNote, "00 90 3C 40 60 3C 00 00 FF 01 03 41 42 43 00 F0 02 7E F7 10 C0 05" + EndOfTrack);
        int[] eventEnds = [46, 49, 56, 61, 64];
        for (var length = 34; length < whole.Length; length++)
        {
            var outcome = MidiFileReader.Read(whole.AsSpan(0, length));
            Assert.True(outcome.IsRead, outcome.Refusal);
            Assert.Equal(length == 34 ? 1 : Math.Min(2, outcome.Warnings.Length), outcome.Warnings.Length);
            Assert.NotEmpty(outcome.Warnings);
            Assert.Equal(2, outcome.File.Tracks[0].Events.Length);
            var kept = outcome.File.Tracks.Length > 1 ? outcome.File.Tracks[1].Events.Length : 0;
            Assert.Equal(eventEnds.Count(end => end <= length), kept);
        }
    }

    [Theory]
    [InlineData("00 90 3C 40 00 F8", "the status byte F8 at byte 27; a file allows 80 to F0, F7 and FF")]
    [InlineData("00 90 3C 40 00 90 FF 40", "the byte FF at byte 28 where a data byte, 00 to 7F, is due")]
    [InlineData("00 90 3C 40 00 FF 80 00", "the byte 80 at byte 28 where a data byte")]
    [InlineData("00 90 3C 40 80 80 80 80 00 90 3C 40", "a number of more than four bytes at byte 26")]
    [InlineData("00 90 3C 40 00 FF 01 8F FF FF 7F 41", "an event of 33554431 bytes at byte 33 where 5 are left")]
    [InlineData("00 90 3C 40 FF FF FF 7F 90 3C 40", "jumps to tick 268435455 at byte 26; allowed is 96000000")]
    public void A_track_ends_before_its_first_fault_and_the_next_track_is_read(string events, string says)
    {
        var outcome = MidiFileReader.Read(Of(1, 96, events + EndOfTrack, OneNote));
        var warning = Assert.Single(outcome.Warnings);
        Assert.StartsWith("Track 1 ", warning, StringComparison.Ordinal);
        Assert.Contains(says, warning, StringComparison.Ordinal);
        Assert.Single(outcome.File!.Tracks[0].Events);
        Assert.Equal(2, outcome.File.Tracks[1].Events.Length);
    }

    [Fact]
    public void A_missing_end_of_track_is_told_and_costs_nothing()
    {
        var outcome = MidiFileReader.Read(Of(1, 96, "00 90 3C 40 60 80 3C 40", OneNote));
        Assert.Equal(["Track 1 stops at byte 30 without an end-of-track event; the 2 events before that were kept."], outcome.Warnings);
        Assert.Equal(96, outcome.File!.Tracks[0].End);
        Assert.Equal(2, outcome.File.Tracks[1].Events.Length);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(5u)]
    [InlineData(11u)]
    [InlineData(13u)]
    [InlineData(30u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    public void A_track_length_that_lies_loses_no_event(uint declared)
    {
        byte[] bytes = [.. Header(1, 2, 96), .. Chunk("MTrk", Hex(OneNote), declared), .. Track(OneNote)];
        var outcome = MidiFileReader.Read(bytes);
        Assert.Equal([$"Track 1 declares a length of {declared} at byte 18 but ends after 12 bytes; it was read to its end."], outcome.Warnings);
        Assert.Equal([2, 2], outcome.File!.Tracks.Select(track => track.Events.Length));
    }

    [Fact]
    public void A_recording_whose_length_was_never_filled_in_is_read_up_to_its_tear()
    {
        byte[] bytes = [.. Header(0, 1, 96), .. Chunk("MTrk", Hex("00 90 3C 40 60 80 3C 40 00 90 3E"), 0)];
        var outcome = MidiFileReader.Read(bytes);
        Assert.Equal(["Track 1 is cut off at byte 33 in the middle of an event; the 2 events before that were kept."], outcome.Warnings);
        Assert.Equal(2, outcome.File!.Tracks.Single().Events.Length);
    }

    [Fact]
    public void What_follows_the_end_of_a_track_in_its_chunk_is_left_out()
    {
        var outcome = MidiFileReader.Read(Of(1, 96, OneNote + "00 00 00", OneNote));
        Assert.Equal(["Track 1 ends at byte 34; the 3 bytes that follow in its chunk were left out."], outcome.Warnings);
        Assert.Equal([2, 2], outcome.File!.Tracks.Select(track => track.Events.Length));
    }

    [Fact]
    public void Rubbish_between_and_after_the_tracks_is_left_out()
    {
        byte[] bytes = [.. Header(1, 2, 96), 1, 2, 3, .. Track(OneNote), .. new byte[20], .. Track(OneNote), 0x1A, 0x1A];
        var outcome = MidiFileReader.Read(bytes);
        Assert.Equal(
            ["The bytes 14 to 16 hold no chunk; they were left out.", "The bytes 37 to 56 hold no chunk; they were left out.", "The bytes 77 to 78 hold no chunk; they were left out."],
            outcome.Warnings);
        Assert.Equal([2, 2], outcome.File!.Tracks.Select(track => track.Events.Length));
    }

    [Fact]
    public void A_chunk_that_declares_more_than_there_is_hides_no_track()
    {
        byte[] bytes = [.. Header(1, 1, 96), .. Chunk("ABCD", [1, 2], 0x7FFFFFFF), .. Track(OneNote)];
        var outcome = MidiFileReader.Read(bytes);
        Assert.Single(outcome.Warnings);
        Assert.Equal(2, outcome.File!.Tracks.Single().Events.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(65535)]
    public void A_wrong_count_of_tracks_is_told_and_the_tracks_that_are_there_are_read(int counted)
    {
        byte[] bytes = [.. Header(1, counted, 96), .. Track(OneNote), .. Track(OneNote)];
        var outcome = MidiFileReader.Read(bytes);
        Assert.Equal([$"The header counts {counted} tracks at byte 10 but the file holds 2; those were read."], outcome.Warnings);
        Assert.Equal(2, outcome.File!.Tracks.Length);
    }

    [Fact]
    public void Several_tracks_in_format_0_are_read_as_format_1()
    {
        var outcome = MidiFileReader.Read(Of(0, 96, OneNote, OneNote));
        Assert.Contains("format 0", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal(MidiFileFormat.Together, outcome.File!.Format);
        Assert.Equal(2, outcome.File.Tracks.Length);
    }

    [Fact]
    public void Tracks_that_follow_each_other_share_the_longest_length()
    {
        // 500,000 quarters twice fill the bound; not a tick more fits.
        var half = "9E C2 20 90 3C 40" + EndOfTrack;
        var outcome = MidiFileReader.Read(Of(2, 1, half, half, "00 90 3C 40" + EndOfTrack, "01 90 3C 40" + EndOfTrack));
        Assert.Equal(MidiFile.LongestQuarters, outcome.File!.Length);
        Assert.Equal([1, 1, 1, 0], outcome.File.Tracks.Select(track => track.Events.Length));
        Assert.Contains("jumps to tick 1 at byte", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_are_bounded()
    {
        byte[] bytes = [.. Header(1, 200, 96), .. Track(OneNote), .. Enumerable.Range(0, 199).SelectMany(_ => Track("00 F8"))];
        var outcome = MidiFileReader.Read(bytes);
        Assert.Equal(200, outcome.File!.Tracks.Length);
        Assert.Equal(MidiFileReader.MostWarnings, outcome.Warnings.Length);
    }

    [Fact]
    public void More_tracks_than_a_header_can_count_are_left_out()
    {
        var empty = Track(EndOfTrack);
        var bytes = new byte[14 + empty.Length * 65_540];
        Header(1, 0xFFFF, 96).CopyTo(bytes, 0);
        for (var at = 14; at < bytes.Length; at += empty.Length) empty.CopyTo(bytes, at);
        var outcome = MidiFileReader.Read(bytes);
        Assert.Equal(MidiFile.MostTracks, outcome.File!.Tracks.Length);
        Assert.Contains("more than 65535 tracks", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }
}
