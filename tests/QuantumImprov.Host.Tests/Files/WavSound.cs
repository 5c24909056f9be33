using System.Buffers.Binary;

namespace QuantumImprov.Host.Tests.Files;

/// <summary>A WAV file of 16-bit samples, read by the book.</summary>
internal sealed record WavSound(int Channels, int Rate, short[] Samples)
{
    /// <summary>Seconds it lasts.</summary>
    public double Seconds => (double)Samples.Length / Channels / Rate;

    /// <summary>Root mean square, 1 being full scale.</summary>
    public double Loudness => Math.Sqrt(Samples.Sum(s => (double)s * s) / Math.Max(1, Samples.Length)) / 32768;

    /// <summary>How many samples stand at full scale.</summary>
    public int Clipped => Samples.Count(s => s is short.MaxValue or short.MinValue);

    public static WavSound Read(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        if (!bytes[..4].SequenceEqual("RIFF"u8) || !bytes[8..12].SequenceEqual("WAVE"u8) || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != bytes.Length - 8)
            throw new InvalidDataException($"{path} is no WAV file of its own length.");
        int channels = 0, rate = 0;
        for (var at = 12; at + 8 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 4)..]);
            var body = bytes.Slice(at + 8, length);
            if (bytes.Slice(at, 4).SequenceEqual("fmt "u8))
            {
                if (BinaryPrimitives.ReadInt16LittleEndian(body) != 1 || BinaryPrimitives.ReadInt16LittleEndian(body[14..]) != 16) throw new InvalidDataException($"{path} is not 16-bit PCM.");
                channels = BinaryPrimitives.ReadInt16LittleEndian(body[2..]);
                rate = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
            }
            else if (bytes.Slice(at, 4).SequenceEqual("data"u8))
            {
                var samples = new short[length / 2];
                for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(body[(2 * i)..]);
                return new WavSound(channels, rate, samples);
            }

            at += 8 + length + length % 2;
        }

        throw new InvalidDataException($"{path} holds no sound.");
    }
}
