using System.Buffers.Binary;

namespace QuantumImprov.Audio.Files;

/// <summary>
/// The bytes before the samples of a WAV file: RIFF, a spare chunk, format, for floating point the frame count, and the head of the data. A file that has
/// outgrown RIFF's 32-bit lengths becomes RF64 (EBU Tech 3306), whose 64-bit lengths take the place of the spare chunk. [any]
/// </summary>
internal static class WavHeader
{
    private const int SpareBytes = 28;

    /// <summary>Bytes of the header; even, and the same for every length of data.</summary>
    public static int Length(WavFormat format) => 12 + 8 + SpareBytes + (format == WavFormat.Pcm16 ? 8 + 16 : 8 + 18 + 8 + 4) + 8;

    /// <summary>Bytes of one sample of one channel.</summary>
    public static int SampleBytes(WavFormat format) => format == WavFormat.Pcm16 ? 2 : 4;

    /// <summary>The header of a file with <paramref name="frames"/> frames. Frames are always an even number of bytes, so no padding follows them.</summary>
    public static byte[] Build(WavFormat format, int sampleRate, int channels, long frames)
    {
        var frameBytes = channels * SampleBytes(format);
        var dataBytes = frames * frameBytes;
        var length = Length(format);
        var riffBytes = dataBytes + length - 8;
        var large = riffBytes > uint.MaxValue;
        var bytes = new byte[length];
        var at = 0;

        Tag(large ? "RF64" : "RIFF");
        UInt32(large ? uint.MaxValue : (uint)riffBytes);
        Tag("WAVE");
        Tag(large ? "ds64" : "JUNK");
        UInt32(SpareBytes);
        if (large)
        {
            UInt64(riffBytes);
            UInt64(dataBytes);
            UInt64(frames);
            at += 4;
        }
        else
        {
            at += SpareBytes;
        }

        Tag("fmt ");
        UInt32(format == WavFormat.Pcm16 ? 16u : 18u);
        UInt16(format == WavFormat.Pcm16 ? 1 : 3);
        UInt16(channels);
        UInt32((uint)sampleRate);
        UInt32((uint)(sampleRate * frameBytes));
        UInt16(frameBytes);
        UInt16(SampleBytes(format) * 8);
        if (format == WavFormat.Float32)
        {
            UInt16(0);
            Tag("fact");
            UInt32(4);
            UInt32((uint)Math.Min(frames, uint.MaxValue));
        }

        Tag("data");
        UInt32(large ? uint.MaxValue : (uint)dataBytes);
        return bytes;

        void Tag(string four)
        {
            foreach (var letter in four) bytes[at++] = (byte)letter;
        }

        void UInt16(int value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);
            at += 2;
        }

        void UInt32(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
            at += 4;
        }

        void UInt64(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), value);
            at += 8;
        }
    }
}
