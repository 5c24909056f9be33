using System.Buffers.Binary;
using QuantumImprov.Midi.Files;
using Xunit;

namespace QuantumImprov.Midi.Tests.Files;

/// <summary>Files written by hand, byte for byte, so that the reader is not tested by our writer.</summary>
internal static class RawFile
{
    public const string EndOfTrack = " 00 FF 2F 00";

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    public static byte[] Header(int format, int tracks, int division) =>
        Hex($"4D546864 00000006 {format:X4} {tracks:X4} {division:X4}");

    public static byte[] Chunk(string id, byte[] body, uint? declared = null)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, declared ?? (uint)body.Length);
        return [.. id.Select(letter => (byte)letter), .. length, .. body];
    }

    public static byte[] Track(string events) => Chunk("MTrk", Hex(events));

    public static byte[] Of(int format, int division, params string[] tracks) =>
        [.. Header(format, tracks.Length, division), .. tracks.SelectMany(Track)];

    /// <summary>The only track of a format 0 file of 96 ticks a quarter that holds <paramref name="events"/> and an end.</summary>
    public static MidiFileTrack Events(string events)
    {
        var outcome = MidiFileReader.Read(Of(0, 96, events + EndOfTrack));
        Assert.Empty(outcome.Warnings);
        Assert.True(outcome.IsRead, outcome.Refusal);
        return outcome.File.Tracks.Single();
    }
}
