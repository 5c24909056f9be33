using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Files;
using Xunit;
using static QuantumImprov.Midi.Tests.Files.RawFile;

namespace QuantumImprov.Midi.Tests.Files;

public class EventReadingTests
{
    [Fact]
    public void Channel_messages_of_all_kinds_are_read_with_their_times()
    {
        var track = Events("00 90 3C 40  60 80 3C 20  00 A1 3C 11  00 B2 40 7F  00 C3 05  81 00 D4 33  00 E5 00 40");
        Assert.Equal(
            ["0: 90 3C 40", "96: 80 3C 20", "96: A1 3C 11", "96: B2 40 7F", "96: C3 05", "224: D4 33", "224: E5 00 40"],
            track.Events.Select(e => e.ToString()));
        Assert.Equal(224, track.End);
    }

    [Fact]
    public void Running_status_repeats_the_last_channel_status()
    {
        var track = Events("00 90 3C 40  10 3C 00  00 40 50  00 C0 05  00 06");
        Assert.Equal(["0: 90 3C 40", "16: 90 3C 00", "16: 90 40 50", "16: C0 05", "16: C0 06"], track.Events.Select(e => e.ToString()));
    }

    [Fact]
    public void Running_status_survives_meta_events_and_system_exclusive_data()
    {
        var track = Events("00 90 3C 40  00 FF 01 01 41  00 3D 41  00 F0 02 7E F7  00 3E 42");
        Assert.Equal(["0: 90 3C 40", "0: FF 01 [41]", "0: 90 3D 41", "0: F0 [7EF7]", "0: 90 3E 42"], track.Events.Select(e => e.ToString()));
    }

    [Theory]
    [InlineData("00", 0)]
    [InlineData("40", 0x40)]
    [InlineData("7F", 0x7F)]
    [InlineData("81 00", 0x80)]
    [InlineData("C0 00", 0x2000)]
    [InlineData("FF 7F", 0x3FFF)]
    [InlineData("81 80 00", 0x4000)]
    [InlineData("FF FF 7F", 0x1FFFFF)]
    [InlineData("81 80 80 00", 0x200000)]
    [InlineData("82 80 80 00", 0x400000)]
    [InlineData("80 80 80 05", 5)]
    public void Times_are_numbers_of_one_to_four_bytes(string number, long ticks) =>
        Assert.Equal(ticks, Events($"{number} 90 3C 40").Events.Single().Tick);

    [Fact]
    public void The_longest_time_between_two_events_is_read_and_written()
    {
        var bytes = Of(0, 0x7FFF, "FF FF FF 7F 90 3C 40" + EndOfTrack);
        var outcome = MidiFileReader.Read(bytes);
        Assert.Equal(0x0FFFFFFF, outcome.File!.Tracks[0].Events.Single().Tick);
        Assert.Equal(bytes, MidiFileWriter.Write(outcome.File));
    }

    [Fact]
    public void Meta_events_keep_type_and_bytes_whatever_they_mean()
    {
        var track = Events("00 FF 00 02 00 05  00 FF 03 05 50 69 61 6E 6F  00 FF 7F 03 00 FF FE  00 FF 20 00");
        Assert.Equal(["0: FF 00 [0005]", "0: FF 03 [5069616E6F]", "0: FF 7F [00FFFE]", "0: FF 20 []"], track.Events.Select(e => e.ToString()));
        Assert.Equal("Piano", track.Name);
    }

    [Fact]
    public void System_exclusive_data_is_kept_as_bytes_also_in_parts()
    {
        var track = Events("00 F0 03 43 12 00  C8 00 F7 02 43 12  00 F7 02 12 F7  00 F7 01 F8");
        Assert.Equal(["0: F0 [431200]", "9216: F7 [4312]", "9216: F7 [12F7]", "9216: F7 [F8]"], track.Events.Select(e => e.ToString()));
        Assert.Equal([MidiFileEventKind.SystemExclusive, MidiFileEventKind.Escape, MidiFileEventKind.Escape, MidiFileEventKind.Escape], track.Events.Select(e => e.Kind));
    }

    [Fact]
    public void Names_are_utf_8_and_where_they_are_not_latin_1()
    {
        Assert.Equal("Flöte", Events("00 FF 03 06 46 6C C3 B6 74 65").Name);
        Assert.Equal("Flöte", Events("00 FF 03 05 46 6C F6 74 65").Name);
    }

    [Fact]
    public void Tempo_and_metre_are_understood()
    {
        var events = Events("00 FF 51 03 07 A1 20  00 FF 58 04 06 03 24 08  00 FF 51 03 00 00 00").Events;
        Assert.True(events[0].TryGetTempo(out var tempo));
        Assert.Equal(120, tempo.BeatsPerMinute);
        Assert.True(events[1].TryGetMetre(out var metre));
        Assert.Equal(Metre.Of(6, 8), metre);
        Assert.True(events[2].TryGetTempo(out var zero));
        Assert.Equal(1000, zero.NanosecondsPerQuarter);
        Assert.False(events[0].TryGetMetre(out _));
        Assert.False(events[1].TryGetTempo(out _));
    }

    [Theory]
    [InlineData("00 FF 51 02 07 A1")]
    [InlineData("00 FF 51 04 07 A1 20 00")]
    public void A_tempo_of_a_wrong_length_is_no_tempo(string e) => Assert.False(Events(e).Events.Single().TryGetTempo(out _));

    [Theory]
    [InlineData("00 FF 58 04 00 02 18 08")]
    [InlineData("00 FF 58 04 04 06 18 08")]
    [InlineData("00 FF 58 04 21 02 18 08")]
    [InlineData("00 FF 58 04 04 20 18 08")]
    [InlineData("00 FF 58 01 04")]
    public void A_metre_that_is_not_allowed_is_no_metre(string e) => Assert.False(Events(e).Events.Single().TryGetMetre(out _));

    [Fact]
    public void Written_tempo_and_metre_are_the_bytes_of_the_standard()
    {
        Assert.Equal("5: FF 51 [07A120]", MidiFileEvent.SetTempo(5, default).ToString());
        Assert.Equal("0: FF 51 [0F4240]", MidiFileEvent.SetTempo(0, Tempo.FromBpm(60)).ToString());
        Assert.Equal("0: FF 58 [04021808]", MidiFileEvent.TimeSignature(0, default).ToString());
        Assert.Equal("0: FF 58 [06032408]", MidiFileEvent.TimeSignature(0, Metre.Of(6, 8)).ToString());
        Assert.Equal("0: FF 58 [03013008]", MidiFileEvent.TimeSignature(0, Metre.Of(3, 2)).ToString());
    }

    [Fact]
    public void What_is_no_event_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => MidiFileEvent.Channel(0, new ShortMessage(0xF8, 0, 0)));
        Assert.Throws<ArgumentException>(() => MidiFileEvent.Channel(0, new ShortMessage(0x90, 200, 0)));
        Assert.Throws<ArgumentException>(() => MidiFileEvent.Meta(0, MetaType.EndOfTrack, []));
        Assert.Throws<ArgumentException>(() => MidiFileEvent.Meta(0, 0x80, []));
        Assert.Throws<ArgumentException>(() => new MidiFileTrack([MidiFileEvent.Meta(5, 1, [])], 4));
        Assert.Throws<ArgumentException>(() => new MidiFileTrack([MidiFileEvent.Meta(-1, 1, [])], 4));
        Assert.Throws<ArgumentException>(() => new MidiFileTrack([], MidiFileEvent.LargestNumber + 1L));
        Assert.Throws<ArgumentException>(() => new MidiFile(MidiFileFormat.Together, default, []));
        Assert.Throws<ArgumentException>(() => new MidiFile(MidiFileFormat.OneTrack, default, [new([], 0), new([], 0)]));
        Assert.Throws<ArgumentException>(() => new MidiFile(MidiFileFormat.OneTrack, Division.PerQuarter(1), [new([], MidiFile.LongestQuarters + 1)]));
        Assert.Throws<ArgumentException>(() => new MidiFile(MidiFileFormat.OneAfterAnother, Division.PerQuarter(1), [new([], MidiFile.LongestQuarters), new([], 1)]));
    }
}
