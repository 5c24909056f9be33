using System.Buffers.Binary;

namespace QuantumImprov.Midi.Files;

/// <summary>
/// Writes Standard MIDI Files to memory, the same bytes for the same file. Every event has its status byte unless running status is asked for: a torn file of whole
/// events can be read better, and no reader stumbles.
/// </summary>
public static class MidiFileWriter
{
    /// <summary>
    /// The bytes of <paramref name="file"/>, which <see cref="MidiFileReader.Read"/> reads back equal. With <paramref name="runningStatus"/> a channel message leaves
    /// out the status byte it shares with the one before. [any]
    /// </summary>
    public static byte[] Write(MidiFile file, bool runningStatus = false)
    {
        var bytes = new List<byte>(1024);
        bytes.AddRange("MThd"u8);
        AddNumber(bytes, 6, 4);
        AddNumber(bytes, (int)file.Format, 2);
        AddNumber(bytes, file.Tracks.Length, 2);
        AddNumber(bytes, file.Division.Raw, 2);
        foreach (var track in file.Tracks) AddTrack(bytes, track, runningStatus);
        return [.. bytes];
    }

    private static void AddTrack(List<byte> bytes, MidiFileTrack track, bool runningStatus)
    {
        bytes.AddRange("MTrk"u8);
        var lengthAt = bytes.Count;
        AddNumber(bytes, 0, 4);
        long tick = 0;
        var running = 0;
        foreach (var e in track.Events)
        {
            AddVariable(bytes, e.Tick - tick);
            tick = e.Tick;
            running = AddEvent(bytes, e, runningStatus ? running : 0);
        }

        AddVariable(bytes, track.End - tick);
        bytes.AddRange([0xFF, MetaType.EndOfTrack, 0]);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Count - lengthAt - 4);
        for (var i = 0; i < 4; i++) bytes[lengthAt + i] = length[i];
    }

    // Returns the status that is running after the event; 0 when none is.
    private static int AddEvent(List<byte> bytes, in MidiFileEvent e, int running)
    {
        switch (e.Kind)
        {
            case MidiFileEventKind.Channel:
                var message = e.Message;
                if (message.Status != running) bytes.Add(message.Status);
                bytes.Add(message.Data1);
                if (message.Length == 3) bytes.Add(message.Data2);
                return message.Status;
            case MidiFileEventKind.Meta:
                bytes.AddRange([0xFF, (byte)e.MetaType]);
                break;
            default:
                bytes.Add(e.Kind == MidiFileEventKind.SystemExclusive ? (byte)0xF0 : (byte)0xF7);
                break;
        }

        AddVariable(bytes, e.Data.Length);
        bytes.AddRange(e.Data.AsSpan());
        return 0;
    }

    private static void AddNumber(List<byte> bytes, int number, int count)
    {
        for (var shift = 8 * (count - 1); shift >= 0; shift -= 8) bytes.Add((byte)(number >> shift));
    }

    private static void AddVariable(List<byte> bytes, long number)
    {
        for (var shift = 21; shift > 0; shift -= 7)
        {
            if (number >> shift > 0) bytes.Add((byte)(0x80 | number >> shift));
        }

        bytes.Add((byte)(number & 0x7F));
    }
}
