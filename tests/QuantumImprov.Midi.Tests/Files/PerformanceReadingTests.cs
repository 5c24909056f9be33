using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Files;
using Xunit;
using static QuantumImprov.Midi.Tests.Files.RawFile;

namespace QuantumImprov.Midi.Tests.Files;

public class PerformanceReadingTests
{
    private const string Meta120In34 = "00 FF 51 03 07 A1 20 00 FF 58 04 03 02 18 08";

    private static Performance Read(int format, int division, params string[] tracks) =>
        MidiFileReader.Read(Of(format, division, [.. tracks.Select(track => track + EndOfTrack)])).File!.ToPerformance();

    private static IEnumerable<string> Played(Performance performance) => performance.Messages.Select(m => $"{m.At.Quarters} {m.Track} {m.Message.Data1}");

    [Fact]
    public void Messages_of_all_tracks_come_in_order_of_time_then_of_tracks()
    {
        var performance = Read(1, 96, "00 90 01 40 60 90 04 40 00 90 05 40", "00 90 02 40 30 90 03 40 30 90 06 40 60 90 07 40");
        Assert.Equal(["0 0 1", "0 1 2", "0.5 1 3", "1 0 4", "1 0 5", "1 1 6", "2 1 7"], Played(performance));
        Assert.Equal(Beats.Of(2), performance.End);
    }

    [Fact]
    public void Meta_events_and_system_exclusive_data_are_no_messages()
    {
        var performance = Read(0, 96, "00 FF 01 01 41 00 F0 01 F7 00 F7 01 F8 00 90 3C 40");
        Assert.Equal(ShortMessage.NoteOn(0, 60, 64), performance.Messages.Single().Message);
    }

    [Fact]
    public void Tempo_and_metre_are_taken_from_every_track_and_said_to_be_there()
    {
        var performance = Read(1, 96, "60 FF 51 03 0F 42 40", Meta120In34);
        Assert.True(performance.StatesTempo);
        Assert.True(performance.StatesMetre);
        Assert.Equal([new TempoChange(default, default), new TempoChange(Beats.Of(1), Tempo.FromBpm(60))], performance.Map.Tempos);
        Assert.Equal([new MetreChange(default, Metre.Of(3, 4))], performance.Map.Metres);
        Assert.Equal(1_500_000_000, performance.Map.ToHost(Beats.Of(2)).Nanoseconds);
    }

    [Fact]
    public void A_file_without_tempo_and_metre_says_so_and_is_120_in_4_4()
    {
        var performance = Read(0, 96, "00 90 3C 40");
        Assert.False(performance.StatesTempo);
        Assert.False(performance.StatesMetre);
        Assert.Empty(performance.Map.Tempos);
        Assert.Empty(performance.Map.Metres);
    }

    [Fact]
    public void A_metre_nobody_can_count_is_not_stated()
    {
        var performance = Read(0, 96, "00 FF 58 04 00 02 18 08");
        Assert.False(performance.StatesMetre);
    }

    [Fact]
    public void Tracks_keep_their_names_and_their_numbers()
    {
        var performance = Read(1, 96, "", "00 FF 03 03 54 6F 70 00 90 3C 40", "00 90 3E 40");
        Assert.Equal(["", "Top", ""], performance.TrackNames);
        Assert.Equal([1, 2], performance.Messages.Select(m => m.Track));
    }

    [Fact]
    public void A_track_may_end_after_its_last_message()
    {
        var performance = MidiFileReader.Read(Of(1, 96, "00 90 3C 40 83 00 FF 2F 00")).File!.ToPerformance();
        Assert.Equal(Beats.Of(4), performance.End);
    }

    [Fact]
    public void Tracks_of_format_2_follow_each_other_with_tempos_of_their_own()
    {
        var performance = Read(2, 96, "00 FF 51 03 0F 42 40 00 FF 58 04 03 02 18 08 60 90 01 40", "00 90 02 40 60 90 03 40", "00 FF 51 03 03 D0 90 00 90 04 40");
        Assert.Equal(["1 0 1", "1 1 2", "2 1 3", "2 2 4"], Played(performance));
        Assert.Equal(Beats.Of(2), performance.End);
        Assert.Equal(60, performance.Map.At(Beats.Of(1, 2)).Tempo.BeatsPerMinute, 6);
        Assert.Equal(Metre.Of(3, 4), performance.Map.At(Beats.Of(1, 2)).Metre);
        Assert.Equal(120, performance.Map.At(Beats.Of(3, 2)).Tempo.BeatsPerMinute, 6);
        Assert.Equal(Metre.Of(4, 4), performance.Map.At(Beats.Of(3, 2)).Metre);
        Assert.Equal(Beats.Of(1), performance.Map.At(Beats.Of(3, 2)).BarOrigin);
        Assert.Equal(240, performance.Map.At(Beats.Of(2)).Tempo.BeatsPerMinute, 6);
    }

    [Fact]
    public void Clock_time_becomes_beats_at_120_whatever_tempo_is_noted()
    {
        // 25 frames of 40 ticks: a tick is a millisecond.
        var performance = Read(0, 0xE728, "00 FF 51 03 0F 42 40 83 74 90 3C 40");
        Assert.Equal(Beats.Of(1), performance.Messages.Single().At);
        Assert.False(performance.StatesTempo);
        Assert.Equal(500_000_000, performance.Map.ToHost(performance.Messages.Single().At).Nanoseconds);
    }
}
