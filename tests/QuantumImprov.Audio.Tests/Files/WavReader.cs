using System.Buffers.Binary;
using System.Text;

namespace QuantumImprov.Audio.Tests.Files;

/// <summary>Reads a WAV or RF64 file chunk by chunk, independently of the writer; every length is checked against the file's.</summary>
internal sealed class WavReader
{
    public int Format { get; private set; }

    public int Channels { get; private set; }

    public int SampleRate { get; private set; }

    public int BytesASecond { get; private set; }

    public int FrameBytes { get; private set; }

    public int Bits { get; private set; }

    public long Frames { get; private set; }

    public long? FactFrames { get; private set; }

    public float[][] Samples { get; private set; } = [];

    public static WavReader Read(string path) => Parse(File.ReadAllBytes(path), headerOnly: false);

    public static WavReader Parse(byte[] bytes, bool headerOnly)
    {
        var wav = new WavReader();
        var large = Tag(0) == "RF64";
        if (!large) Assert.Equal("RIFF", Tag(0));
        Assert.Equal("WAVE", Tag(8));
        long riff = UInt32(4), data = -1;
        for (var at = 12; at < bytes.Length;)
        {
            long length = UInt32(at + 4);
            var body = at + 8;
            switch (Tag(at))
            {
                case "ds64":
                    riff = Int64(body);
                    data = Int64(body + 8);
                    wav.FactFrames = Int64(body + 16);
                    break;
                case "fmt ":
                    wav.Format = UInt16(body);
                    wav.Channels = UInt16(body + 2);
                    wav.SampleRate = (int)UInt32(body + 4);
                    wav.BytesASecond = (int)UInt32(body + 8);
                    wav.FrameBytes = UInt16(body + 12);
                    wav.Bits = UInt16(body + 14);
                    break;
                case "fact" when !large:
                    wav.FactFrames = UInt32(body);
                    break;
                case "data":
                    if (!large) data = length;
                    wav.Frames = data / wav.FrameBytes;
                    Assert.Equal(riff + 8, body + data);
                    if (!headerOnly) wav.TakeSamples(bytes, body, data);
                    return wav;
            }

            at = body + (int)(length + (length & 1));
        }

        throw new InvalidDataException("There is no data chunk.");

        string Tag(int at) => Encoding.ASCII.GetString(bytes, at, 4);
        int UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
        uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
        long Int64(int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
    }

    private void TakeSamples(byte[] bytes, int from, long length)
    {
        Assert.Equal(bytes.Length, from + length);
        Samples = [new float[Frames], new float[Frames]];
        for (var i = 0; i < Frames * 2; i++)
        {
            var at = from + i * (Bits / 8);
            Samples[i % 2][i / 2] = Format == 3
                ? BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at))
                : BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at)) / 32767f;
        }
    }
}
