using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Files;
using Xunit;

namespace QuantumImprov.Midi.Tests.Properties;

public class FileProperties
{
    [Fact]
    public void What_is_written_is_read_back_equal_with_and_without_running_status() =>
        Gen.Select(MidiFileGen.File, Gen.Bool).Sample((file, runningStatus) =>
        {
            var outcome = MidiFileReader.Read(MidiFileWriter.Write(file, runningStatus));
            return outcome.IsRead && outcome.Warnings.IsEmpty && outcome.File.Equals(file);
        }, iter: 5_000);

    [Fact]
    public void Equal_files_are_the_same_bytes_and_others_are_not() =>
        Gen.Select(MidiFileGen.File, MidiFileGen.File).Sample((a, b) =>
            MidiFileWriter.Write(a).AsSpan().SequenceEqual(MidiFileWriter.Write(b)) == a.Equals(b), iter: 1_000);

    [Fact]
    public void A_performance_has_every_channel_message_in_order_of_time() =>
        MidiFileGen.File.Sample(file =>
        {
            var performance = file.ToPerformance();
            var inOrder = performance.Messages.Zip(performance.Messages.Skip(1)).All(pair => pair.First.At <= pair.Second.At);
            var perTrack = file.Tracks.Select((track, number) => track.Events.Where(e => e.Kind == MidiFileEventKind.Channel).Select(e => e.Message)
                .SequenceEqual(performance.Messages.Where(m => m.Track == number).Select(m => m.Message))).All(equal => equal);
            return inOrder && perTrack && performance.Messages.All(m => m.At <= performance.End);
        }, iter: 2_000);

    [Fact]
    public void Ticks_come_back_from_beats_at_every_division_up_to_half_a_beat_tick() =>
        Gen.Select(Gen.Int[1, 10_080], Gen.Long[0, 100_000_000]).Sample((ppq, tick) =>
        {
            var division = Division.PerQuarter(ppq);
            var beats = division.ToBeats(tick);
            var exact = (Int128)tick * Beats.PerQuarter;
            var error = (Int128)beats.Ticks * ppq - exact;
            var tooFar = Int128.Abs(error) * 2 > ppq;
            return division.ToTick(beats) == tick && !tooFar && (Beats.PerQuarter % ppq != 0 || error == 0);
        }, iter: 100_000);
}
