using System.Buffers.Binary;
using System.IO.Hashing;

namespace QuantumImprov.Stage.Tests;

/// <summary>PNG pictures of one size one after the other in one animated PNG (the third edition of the PNG specification): each is moved into it as it was compressed.</summary>
internal static class AnimatedPng
{
    private const int Signature = 8, Frame = 12;

    /// <summary>The picture that shows each of <paramref name="frames"/> for so many milliseconds, again and again.</summary>
    public static byte[] Of(IReadOnlyList<(byte[] Png, int Milliseconds)> frames)
    {
        using var file = new MemoryStream();
        var first = frames[0].Png;
        file.Write(first, 0, Signature);
        var head = Chunks(first).First(c => c.Type == "IHDR").Data;
        Write(file, "IHDR", head);
        var animation = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(animation, frames.Count);
        Write(file, "acTL", animation);
        var sequence = 0;
        for (var i = 0; i < frames.Count; i++)
        {
            var control = new byte[26];
            BinaryPrimitives.WriteInt32BigEndian(control, sequence++);
            head.AsSpan(0, 8).CopyTo(control.AsSpan(4));
            BinaryPrimitives.WriteUInt16BigEndian(control.AsSpan(20), (ushort)frames[i].Milliseconds);
            BinaryPrimitives.WriteUInt16BigEndian(control.AsSpan(22), 1000);
            Write(file, "fcTL", control);
            foreach (var (type, data) in Chunks(frames[i].Png))
            {
                if (type != "IDAT") continue;
                if (i == 0)
                {
                    Write(file, "IDAT", data);
                    continue;
                }

                var numbered = new byte[data.Length + 4];
                BinaryPrimitives.WriteInt32BigEndian(numbered, sequence++);
                data.CopyTo(numbered, 4);
                Write(file, "fdAT", numbered);
            }
        }

        Write(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>How many pictures follow each other in <paramref name="png"/>; 0 when it does not move.</summary>
    public static int Count(byte[] png) => Chunks(png).Where(c => c.Type == "acTL").Select(c => BinaryPrimitives.ReadInt32BigEndian(c.Data)).FirstOrDefault();

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        for (var at = Signature; at + Frame <= png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            yield return (System.Text.Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += Frame + length;
        }
    }

    private static void Write(Stream file, string type, byte[] data)
    {
        var chunk = new byte[Frame + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        System.Text.Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.HashToUInt32(chunk.AsSpan(4, data.Length + 4)));
        file.Write(chunk);
    }
}
