using System.Collections.Immutable;
using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Files;
using Xunit;

namespace QuantumImprov.Midi.Tests.Properties;

public class PerformanceProperties
{
    // Keys are few, so that notes of one key touch often; lengths may be zero when the step is coarse.
    private static Gen<ImmutableArray<PartMessage>> Notes(long step) =>
        Gen.Select(Gen.Int[0, 1], Gen.Int[60, 63], Gen.Long[0, 40], Gen.Long[1, 30]).Array[0, 60].Select(notes =>
        {
            var free = new Dictionary<(int, int), long>();
            var messages = new List<PartMessage>();
            foreach (var (part, key, wait, length) in notes)
            {
                var on = free.GetValueOrDefault((part, key)) + wait;
                free[(part, key)] = on + length;
                messages.Add(new PartMessage(new Beats(on * step), part, ShortMessage.NoteOn(part, key, 80)));
                messages.Add(new PartMessage(new Beats((on + length) * step), part, ShortMessage.NoteOff(part, key)));
            }

            return messages.OrderBy(m => m.At).ToImmutableArray();
        });

    private static readonly Gen<TempoMap> Map = Gen.Select(
        Gen.Select(Gen.Long[0, 2000], Gen.Int[150_000, 3_000_000]).Array[0, 4], Gen.Select(Gen.Long[0, 2000], Gen.Int[1, 12]).Array[0, 3]).Select((tempos, metres) => new TempoMap(
            [.. tempos.OrderBy(t => t.Item1).Select(t => new TempoChange(new Beats(t.Item1 * 21), Tempo.FromMicrosecondsPerQuarter(t.Item2)))],
            [.. metres.OrderBy(m => m.Item1).Select(m => new MetreChange(new Beats(m.Item1 * 21), Metre.Of(m.Item2, 8)))]));

    private static IEnumerable<PartMessage> Sorted(IEnumerable<PartMessage> messages) =>
        messages.OrderBy(m => m.At).ThenBy(m => m.Track).ThenBy(m => m.Message.Status).ThenBy(m => m.Message.Data1);

    private static MidiFile Reread(MidiFile file) => MidiFileReader.Read(MidiFileWriter.Write(file)).File!;

    [Fact]
    public void Times_that_are_multiples_of_21_tempo_and_metre_come_back_exact() =>
        Gen.Select(Notes(21), Map).Sample((messages, map) =>
        {
            var performance = new Performance { Map = map, Messages = messages, TrackNames = ["a", "b"] };
            var back = Reread(performance.ToMidiFile()).ToPerformance();
            return Sorted(messages).SequenceEqual(Sorted(back.Messages))
                && back.Map.Tempos.SequenceEqual(map.Tempos) && back.Map.Metres.SequenceEqual(map.Metres)
                && back.StatesTempo == !map.Tempos.IsEmpty && back.StatesMetre == !map.Metres.IsEmpty
                && back.TrackNames.SequenceEqual(performance.TrackNames);
        }, iter: 3_000);

    [Fact]
    public void What_was_written_once_is_written_again_as_the_same_bytes() =>
        Gen.Select(Notes(21), Map).Sample((messages, map) =>
        {
            var first = MidiFileWriter.Write(Duet.ToFile(map, messages));
            var again = MidiFileReader.Read(first).File!.ToPerformance();
            return MidiFileWriter.Write(Duet.ToFile(again.Map, again.Messages, again.End)).AsSpan().SequenceEqual(first);
        }, iter: 2_000);

    [Fact]
    public void No_note_sticks_in_a_written_file_however_times_are_rounded() =>
        Gen.Select(Gen.OneOf(Notes(1), Notes(7), Notes(21), Notes(100)), Gen.OneOf(24, 96, 960)).Sample((messages, ppq) =>
        {
            var performance = new Performance { Map = TempoMap.Default, Messages = messages };
            foreach (var track in Reread(performance.ToMidiFile(ticksPerQuarter: ppq)).Tracks)
            {
                // A receiver knows one note a key: a note-on starts it, a note-off ends it, and an earlier note must have ended before.
                var sounding = new HashSet<int>();
                foreach (var e in track.Events)
                {
                    var ok = e.Message.IsNoteOn ? sounding.Add(e.Message.Data1) : sounding.Remove(e.Message.Data1);
                    if (!ok) return false;
                }

                if (sounding.Count > 0) return false;
            }

            return true;
        }, iter: 5_000);

    [Fact]
    public void Notes_that_sounded_before_a_tick_end_before_others_begin_in_it() =>
        Notes(21).Sample(messages =>
        {
            var performance = new Performance { Map = TempoMap.Default, Messages = messages };
            return performance.ToMidiFile().Tracks.All(track => track.Events.Zip(track.Events.Skip(1))
                .All(pair => pair.First.Tick != pair.Second.Tick || !pair.First.Message.IsNoteOn || pair.Second.Message.IsNoteOn));
        }, iter: 3_000);
}
