using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Files;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Midi.Tests.Properties;

/// <summary>The reader against files that were sound once. Every number here is seeded; a failure names the file's number, which makes it again.</summary>
public class MutatedFileTests
{
    private const int Files = 100_000;
    private const int ConstantMemory = 16 << 10;
    private static readonly byte[] Telling = [0x00, 0x01, 0x2F, 0x4D, 0x54, 0x7F, 0x80, 0x81, 0xF0, 0xF7, 0xF8, 0xFF];
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_hundred_thousand_damaged_files_are_read_or_refused_in_bounded_memory()
    {
        var seeds = Seeds();
        var (number, refused, sound) = (0, 0, 0);
        var work = Task.Run(() =>
        {
            for (; number < Files; number++)
            {
                var bytes = Mutated(seeds[number % seeds.Length], new Xoshiro((ulong)number));
                var before = GC.GetAllocatedBytesForCurrentThread();
                var outcome = MidiFileReader.Read(bytes);
                var taken = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(taken <= (long)MidiFileReader.BytesPerByte * bytes.Length + ConstantMemory, $"File {number} of {bytes.Length} bytes took {taken} bytes.");
                CheckSentences(outcome, number);
                if (number % 4 == 0) CheckReturn(outcome, bytes.Length, number);
                if (!outcome.IsRead) refused++;
                else if (outcome.Warnings.IsEmpty) sound++;
            }
        }, TestContext.Current.CancellationToken);
        try
        {
            await work.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"File {number} hangs.");
        }

        // The mutations are worth something only if they lead everywhere.
        Assert.InRange(refused, Files / 100, Files / 2);
        Assert.InRange(sound, Files / 100, Files / 2);
    }

    [Fact]
    public void The_files_that_cost_most_memory_stay_within_the_bound()
    {
        byte[] header = [0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 1, 0, 1, 0, 96];
        byte[] track = [.. header, 0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, 0];
        byte[][] files =
        [
            Filled(track, [0x00, 0xC0, 0x01], [0x00, 0x02]),
            Filled(track, [], [0x00, 0xF7, 0x01, 0x00]),
            Filled(track, [], [0x00, 0xFF, 0x01, 0x01, 0x41]),
            Filled(header, [], [0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, 0]),
            Filled(header, [], [0x4D, 0x54, 0x72, 0x6B, 0xFF, 0xFF, 0xFF, 0xFF]),
            Filled(header, [], [0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, 4, 0, 0xFF, 0x2F, 0]),
            Filled(header, [], [0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, 2, 0, 0xF8]),
            Filled(header, [], [0x41, 0x42, 0x43, 0x44, 0x7F, 0, 0, 0]),
            Filled(header, [], [0x4D, 0x54, 0x72]),
        ];
        foreach (var (file, number) in files.Select((file, number) => (file, number)))
        {
            MidiFileReader.Read(file.AsSpan(0, 100));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var outcome = MidiFileReader.Read(file);
            var taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken <= (long)MidiFileReader.BytesPerByte * file.Length + ConstantMemory, $"File {number} of {file.Length} bytes took {taken} bytes.");
            CheckSentences(outcome, number);
            CheckReturn(outcome, file.Length, number);
        }
    }

    private static byte[] Filled(byte[] beginning, byte[] once, byte[] again)
    {
        var file = new byte[1 << 20];
        beginning.CopyTo(file, 0);
        once.CopyTo(file, beginning.Length);
        for (var at = beginning.Length + once.Length; at + again.Length <= file.Length; at += again.Length) again.CopyTo(file, at);
        return file;
    }

    private static void CheckSentences(MidiFileOutcome outcome, int number)
    {
        Assert.InRange(outcome.Warnings.Length, 0, MidiFileReader.MostWarnings);
        foreach (var sentence in outcome.IsRead ? outcome.Warnings : [outcome.Refusal])
        {
            Assert.True(sentence.EndsWith('.') && sentence.Length < 300 && !sentence.Contains('\n', StringComparison.Ordinal), $"File {number}: {sentence}");
        }
    }

    private static void CheckReturn(MidiFileOutcome outcome, int length, int number)
    {
        if (!outcome.IsRead) return;
        Assert.InRange(outcome.File.Tracks.Sum(track => track.Events.Length), 0, length / 2);
        var again = MidiFileWriter.Write(outcome.File);
        var reread = MidiFileReader.Read(again);
        Assert.True(outcome.File.Equals(reread.File) && reread.Warnings.IsEmpty, $"File {number} does not come back.");
        Assert.True(MidiFileWriter.Write(reread.File!).AsSpan().SequenceEqual(again), $"File {number} is written in two ways.");
        var performance = outcome.File.ToPerformance();
        Assert.True(performance.End <= Beats.Of(MidiFile.LongestQuarters), $"File {number} lasts too long.");
        performance.Map.ToHost(performance.End);
    }

    private static byte[] Mutated(byte[] seed, Xoshiro random)
    {
        var bytes = seed.ToList();
        for (var left = 1 + random.NextInt(8); left > 0 && bytes.Count > 0; left--)
        {
            var at = random.NextInt(bytes.Count);
            var count = Math.Min(1 + random.NextInt(12), bytes.Count - at);
            switch (random.NextInt(9))
            {
                case 0: bytes[at] ^= (byte)(1 << random.NextInt(8)); break;
                case 1: bytes[at] = Telling[random.NextInt(Telling.Length)]; break;
                case 2: bytes.Insert(at, (byte)random.NextBits()); break;
                case 3: bytes.RemoveRange(at, count); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(random.NextInt(bytes.Count - count + 1), count)); break;
                case 5: for (var i = 0; i < count; i++) bytes[at + i] = (byte)random.NextBits(); break;
                case 6: for (var i = 0; i < Math.Min(4, count); i++) bytes[at + i] = i == 0 ? (byte)0x7F : (byte)0xFF; break;
                case 7: bytes[Math.Min(at, bytes.Count - 1) % Math.Min(24, bytes.Count)] = Telling[random.NextInt(Telling.Length)]; break;
                default: if (random.NextInt(4) == 0) bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }

    private static byte[][] Seeds()
    {
        MidiFileTrack[] tracks = [Track(1, 40), Track(2, 12), Track(3, 25)];
        return
        [
            MidiFileWriter.Write(new MidiFile(MidiFileFormat.OneTrack, default, [tracks[0]])),
            MidiFileWriter.Write(new MidiFile(MidiFileFormat.OneTrack, Division.PerQuarter(96), [tracks[2]]), runningStatus: true),
            MidiFileWriter.Write(new MidiFile(MidiFileFormat.Together, Division.PerQuarter(480), [.. tracks])),
            MidiFileWriter.Write(new MidiFile(MidiFileFormat.Together, Division.PerQuarter(100), [.. tracks]), runningStatus: true),
            MidiFileWriter.Write(new MidiFile(MidiFileFormat.OneAfterAnother, default, [.. tracks])),
            MidiFileWriter.Write(new MidiFile(MidiFileFormat.OneAfterAnother, Division.Smpte(29, 80), [.. tracks]), runningStatus: true),
            MidiFileWriter.Write(new MidiFile(MidiFileFormat.Together, Division.Smpte(25, 40), [.. tracks])),
        ];
    }

    private static MidiFileTrack Track(ulong seed, int notes)
    {
        var random = new Xoshiro(seed);
        long tick = 0;
        var events = ImmutableArray.CreateBuilder<MidiFileEvent>();
        events.Add(MidiFileEvent.Text(0, MetaType.TrackName, $"Track {seed}"));
        events.Add(MidiFileEvent.SetTempo(0, Tempo.FromBpm(100)));
        events.Add(MidiFileEvent.TimeSignature(0, Metre.Of(6, 8)));
        events.Add(MidiFileEvent.SystemExclusive(0, [0x7E, 0x7F, 0x09, 0x01, 0xF7]));
        for (var note = 0; note < notes; note++)
        {
            var key = 48 + random.NextInt(36);
            events.Add(MidiFileEvent.Channel(tick, ShortMessage.NoteOn(random.NextInt(3), key, 1 + random.NextInt(127))));
            tick += random.NextInt(500);
            events.Add(MidiFileEvent.Channel(tick, ShortMessage.NoteOff(random.NextInt(3), key)));
            if (note % 7 == 3) events.Add(MidiFileEvent.Meta(tick, 5, [0x6C, 0x61]));
            if (note % 9 == 4) events.Add(MidiFileEvent.Escape(tick, [0xF3, 0x01]));
            if (note % 5 == 2) events.Add(MidiFileEvent.Channel(tick, ShortMessage.Program(0, note)));
        }

        return new MidiFileTrack(events.ToImmutable(), tick + 960);
    }
}
