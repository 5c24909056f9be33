using CsCheck;
using QuantumImprov.Audio.Files;
using QuantumImprov.Audio.Tests.Measuring;

namespace QuantumImprov.Audio.Tests.Files;

public sealed class WavWriterTests
{
    [Theory]
    [InlineData(WavFormat.Pcm16, 1, 16, 44_100)]
    [InlineData(WavFormat.Float32, 3, 32, 96_000)]
    public void The_header_says_what_is_in_the_file(WavFormat format, int code, int bits, int sampleRate)
    {
        using var folder = new Folder();
        foreach (var frames in new[] { 0, 1, 4095, 100_001 })
        {
            Write(folder["a.wav"], sampleRate, format, new float[frames], new float[frames]);
            var wav = WavReader.Read(folder["a.wav"]);
            Assert.Equal((code, 2, sampleRate, bits, frames), (wav.Format, wav.Channels, wav.SampleRate, wav.Bits, (int)wav.Frames));
            Assert.Equal((bits / 4, sampleRate * bits / 4), (wav.FrameBytes, wav.BytesASecond));
            if (format == WavFormat.Float32) Assert.Equal(frames, wav.FactFrames);
        }
    }

    [Theory]
    [InlineData(WavFormat.Pcm16)]
    [InlineData(WavFormat.Float32)]
    public void Headers_hold_at_lengths_no_test_can_write(WavFormat format)
    {
        foreach (var frames in new[] { 0, 1, 536_870_000, 1_073_741_000, 1_073_742_000, 40_000_000_000 })
        {
            var header = WavHeader.Build(format, 48_000, 2, frames);
            Assert.Equal(WavHeader.Length(format), header.Length);
            var wav = WavReader.Parse(header, headerOnly: true);
            Assert.Equal(frames, wav.Frames);
        }
    }

    [Fact]
    public void What_is_written_is_read_back_over_50_sounds() =>
        Gen.Select(Gen.Float[-1, 1].Array[0, 3000], Gen.Int[1, 700], Gen.Bool).Sample(
            (sound, block, exact) =>
            {
                using var folder = new Folder();
                var other = sound.Reverse().ToArray();
                using (var writer = new WavWriter(folder["a.wav"], 48_000, exact ? WavFormat.Float32 : WavFormat.Pcm16))
                {
                    for (var i = 0; i < sound.Length; i += block)
                    {
                        var some = Math.Min(block, sound.Length - i);
                        writer.Write(sound.AsSpan(i, some), other.AsSpan(i, some));
                    }

                    writer.Complete();
                }

                var wav = WavReader.Read(folder["a.wav"]);
                var error = exact ? 0 : 0.5f / 32767 + 1e-7f;
                for (var i = 0; i < sound.Length; i++)
                {
                    Assert.InRange(wav.Samples[0][i] - sound[i], -error, error);
                    Assert.InRange(wav.Samples[1][i] - other[i], -error, error);
                }
            },
            iter: 50,
            threads: 1);

    [Fact]
    public void Samples_out_of_range_are_cut_off_and_what_is_not_a_number_is_silent()
    {
        using var folder = new Folder();
        Write(folder["a.wav"], 48_000, WavFormat.Pcm16, [2, -2, float.NaN, float.PositiveInfinity], new float[4]);
        Assert.Equal([1, -32768 / 32767f, 0, 1], WavReader.Read(folder["a.wav"]).Samples[0]);
    }

    [Fact]
    public void Dither_keeps_what_rounding_would_lose_and_is_the_same_every_time()
    {
        using var folder = new Folder();
        var faint = Enumerable.Repeat(0.3f / 32767, 100_000).ToArray();
        Write(folder["plain.wav"], 48_000, WavFormat.Pcm16, faint, faint);
        Write(folder["dithered.wav"], 48_000, WavFormat.Pcm16, faint, faint, dither: true);
        Write(folder["again.wav"], 48_000, WavFormat.Pcm16, faint, faint, dither: true);
        Assert.Equal(0f, Meter.Peak(WavReader.Read(folder["plain.wav"]).Samples[0]));
        Assert.InRange(WavReader.Read(folder["dithered.wav"]).Samples[0].Average() * 32767, 0.28, 0.32);
        Assert.Equal(File.ReadAllBytes(folder["dithered.wav"]), File.ReadAllBytes(folder["again.wav"]));
    }

    [Fact]
    public void The_file_appears_whole_or_not_at_all()
    {
        using var folder = new Folder();
        File.WriteAllText(folder["a.wav"], "what was there before");
        using (var writer = new WavWriter(folder["a.wav"], 48_000))
        {
            writer.Write(new float[100_000], new float[100_000]);
            Assert.Equal("what was there before", File.ReadAllText(folder["a.wav"]));
        }

        Assert.Equal(["a.wav"], folder.Names);
        Assert.Equal("what was there before", File.ReadAllText(folder["a.wav"]));
        Write(folder["a.wav"], 48_000, WavFormat.Pcm16, new float[10], new float[10]);
        Assert.Equal(["a.wav"], folder.Names);
        Assert.Equal(10, WavReader.Read(folder["a.wav"]).Frames);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50_000)]
    [InlineData(1 << 20)]
    public void A_full_disk_is_one_sentence_and_leaves_nothing(int room)
    {
        using var folder = new Folder();
        WavWriter Open() => new(folder["a.wav"], 48_000, WavFormat.Pcm16, false, partial => new FullDisk(File.Create(partial), room));
        var failure = Assert.Throws<AudioFileException>(() =>
        {
            using var writer = Open();
            for (var i = 0; i < 300; i++) writer.Write(new float[1024], new float[1024]);
            writer.Complete();
        });
        Assert.Equal($"The sound file {folder["a.wav"]} cannot be written: the disk is full.", failure.Message);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_one_sentence()
    {
        using var folder = new Folder();
        Assert.Contains("there is no folder", Refusal(folder["no/such/a.wav"]));
        Assert.Contains("that is a folder", Refusal(folder.FullName));
        Assert.Contains("is not a file name", Refusal("a\0b.wav"));
        Assert.Contains("is not a file name", Refusal(""));
        if (OperatingSystem.IsLinux()) Assert.StartsWith("The sound file /proc/a.wav cannot be written: ", Refusal("/proc/a.wav"));
        Assert.Empty(folder.Names);

        static string Refusal(string path)
        {
            var message = Assert.Throws<AudioFileException>(() => new WavWriter(path, 48_000)).Message;
            Assert.DoesNotContain('\n', message);
            return message;
        }
    }

    private static void Write(string path, int sampleRate, WavFormat format, float[] left, float[] right, bool dither = false)
    {
        using var writer = new WavWriter(path, sampleRate, format, dither);
        writer.Write(left, right);
        Assert.Equal(left.Length, writer.Frames);
        writer.Complete();
    }

    /// <summary>A disk with <paramref name="room"/> bytes left, that says so as Linux does.</summary>
    private sealed class FullDisk(FileStream inner, int room) : Stream
    {
        private int _left = room;

        public override bool CanRead => false;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => inner.Position = value; }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => inner.SetLength(value);

        public override void Write(byte[] buffer, int offset, int count)
        {
            _left -= count;
            if (_left < 0) throw new IOException("No space left on device", 28);
            inner.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
        }
    }
}
