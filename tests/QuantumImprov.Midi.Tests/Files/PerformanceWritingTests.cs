using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Files;
using Xunit;

namespace QuantumImprov.Midi.Tests.Files;

public class PerformanceWritingTests
{
    private static readonly ShortMessage On60 = ShortMessage.NoteOn(0, 60, 90), Off60 = ShortMessage.NoteOff(0, 60), On62 = ShortMessage.NoteOn(0, 62, 80);

    private static Performance Of(params (long Tick960, int Track, ShortMessage Message)[] messages) => new()
    {
        Map = TempoMap.Default,
        Messages = [.. messages.Select(m => new PartMessage(new Beats(m.Tick960 * 21), m.Track, m.Message))],
    };

    private static IEnumerable<string> Events(MidiFile file, int track) => file.Tracks[track].Events.Select(e => e.ToString());

    [Fact]
    public void Parts_become_tracks_with_their_names_and_the_first_carries_tempo_and_metre()
    {
        var performance = Of((0, 0, On60), (480, 0, Off60), (960, 1, On62)) with
        {
            TrackNames = ["left", "right"],
            Map = new TempoMap([new(default, Tempo.FromBpm(60)), new(Beats.Of(1), Tempo.FromBpm(120))], [new(default, Metre.Of(3, 4))]),
            End = Beats.Of(2),
        };
        var file = performance.ToMidiFile();
        Assert.Equal((MidiFileFormat.Together, 960, 2), (file.Format, file.Division.TicksPerQuarter, file.Tracks.Length));
        Assert.Equal(["0: FF 03 [6C656674]", "0: FF 58 [03021808]", "0: FF 51 [0F4240]", "0: 90 3C 5A", "480: 80 3C 40", "960: FF 51 [07A120]"], Events(file, 0));
        Assert.Equal(["0: FF 03 [7269676874]", "960: 90 3E 50"], Events(file, 1));
        Assert.All(file.Tracks, track => Assert.Equal(1920, track.End));
    }

    [Fact]
    public void A_conductor_takes_tempo_and_metre_into_a_track_before_the_parts()
    {
        var performance = Of((0, 0, On60), (480, 0, Off60)) with { TrackNames = ["solo"], Map = new TempoMap([new(default, Tempo.FromBpm(60))], []) };
        var file = performance.ToMidiFile(conductor: true);
        Assert.Equal(["0: FF 51 [0F4240]"], Events(file, 0));
        Assert.Equal(["0: FF 03 [736F6C6F]", "0: 90 3C 5A", "480: 80 3C 40"], Events(file, 1));
    }

    [Fact]
    public void A_key_struck_again_at_the_instant_of_its_release_is_released_first()
    {
        var file = Of((0, 0, On60), (10, 0, On60), (10, 0, On62), (10, 0, Off60), (20, 0, Off60)).ToMidiFile();
        Assert.Equal(["0: 90 3C 5A", "10: 80 3C 40", "10: 90 3C 5A", "10: 90 3E 50", "20: 80 3C 40"], Events(file, 0));
    }

    [Fact]
    public void A_note_without_length_keeps_its_release_behind_its_start()
    {
        var file = Of((10, 0, On60), (10, 0, Off60)).ToMidiFile();
        Assert.Equal(["10: 90 3C 5A", "10: 80 3C 40"], Events(file, 0));
    }

    [Fact]
    public void A_note_shorter_than_a_tick_keeps_its_release_behind_its_start()
    {
        var performance = Of() with { Messages = [new(new Beats(210), 0, On60), new(new Beats(215), 0, Off60)] };
        Assert.Equal(["10: 90 3C 5A", "10: 80 3C 40"], Events(performance.ToMidiFile(), 0));
    }

    [Fact]
    public void Controls_and_programs_keep_their_place_before_the_note_they_prepare()
    {
        var file = Of((0, 0, ShortMessage.Program(0, 5)), (0, 0, ShortMessage.Control(0, 64, 127)), (0, 0, On60), (0, 0, ShortMessage.Control(0, 1, 3))).ToMidiFile();
        Assert.Equal(["0: C0 05", "0: B0 40 7F", "0: 90 3C 5A", "0: B0 01 03"], Events(file, 0));
    }

    [Fact]
    public void Messages_out_of_order_are_put_in_order()
    {
        var file = Of((20, 0, Off60), (10, 0, On60)).ToMidiFile();
        Assert.Equal(["10: 90 3C 5A", "20: 80 3C 40"], Events(file, 0));
    }

    [Fact]
    public void What_is_earlier_than_the_start_is_written_at_the_start() =>
        Assert.Equal(["0: 90 3C 5A", "0: 80 3C 40"], Events(Of((-5, 0, On60), (0, 0, Off60)).ToMidiFile(), 0));

    [Fact]
    public void System_messages_are_left_out() => Assert.Empty(Of((0, 0, new ShortMessage(0xFE, 0, 0))).ToMidiFile().Tracks[0].Events);

    [Fact]
    public void A_silence_longer_than_one_number_is_divided_by_an_empty_text()
    {
        var file = Of((0, 0, On60), (300_000_000, 0, Off60)).ToMidiFile();
        Assert.Equal(["0: 90 3C 5A", "268435455: FF 01 []", "300000000: 80 3C 40"], Events(file, 0));
        Assert.Equal(file, MidiFileReader.Read(MidiFileWriter.Write(file)).File);
    }

    [Fact]
    public void What_no_file_can_hold_is_refused_with_both_sides()
    {
        Assert.Contains("allowed are 1000000", Assert.Throws<ArgumentException>(() => (Of() with { End = new Beats(long.MaxValue) }).ToMidiFile()).Message, StringComparison.Ordinal);
        Assert.Contains("part 65534", Assert.Throws<ArgumentException>(() => Of((0, 65_534, On60)).ToMidiFile()).Message, StringComparison.Ordinal);
        Assert.Contains("part -1", Assert.Throws<ArgumentException>(() => Of((0, -1, On60)).ToMidiFile()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Of().ToMidiFile(ticksPerQuarter: 0));
    }

    [Fact]
    public void A_duet_is_exactly_two_tracks_and_always_states_tempo_and_metre()
    {
        var file = Duet.ToFile(TempoMap.Default, [new(Beats.Of(2), Duet.Partner, On62), new(default, Duet.Performer, On60), new(Beats.Of(1), Duet.Performer, Off60)], Beats.Of(4));
        Assert.Equal(["performer", "partner"], file.Tracks.Select(track => track.Name));
        Assert.Equal(["0: FF 03 [706572666F726D6572]", "0: FF 58 [04021808]", "0: FF 51 [07A120]", "0: 90 3C 5A", "960: 80 3C 40"], Events(file, 0));
        Assert.Equal(["0: FF 03 [706172746E6572]", "1920: 90 3E 50"], Events(file, 1));
        Assert.All(file.Tracks, track => Assert.Equal(3840, track.End));
    }

    [Fact]
    public void A_duet_of_silence_still_has_both_tracks() => Assert.Equal(2, Duet.ToFile(TempoMap.Default, []).Tracks.Length);

    [Fact]
    public void A_duet_keeps_the_tempo_it_was_played_by()
    {
        var map = new TempoMap([new(default, Tempo.FromBpm(90)), new(Beats.Of(4), Tempo.FromBpm(100))], [new(default, Metre.Of(6, 8))]);
        var read = Duet.ToFile(map, []).ToPerformance();
        Assert.Equal(map.Metres, read.Map.Metres);
        Assert.Equal([90, 100], read.Map.Tempos.Select(change => Math.Round(change.Tempo.BeatsPerMinute, 3)));
    }

    [Fact]
    public void A_duet_has_no_third_voice() =>
        Assert.Throws<ArgumentException>(() => Duet.ToFile(TempoMap.Default, [new(default, 2, On60)]));
}
