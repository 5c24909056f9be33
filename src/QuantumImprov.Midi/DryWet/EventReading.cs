using Melanchall.DryWetMidi.Core;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.DryWet;

/// <summary>The library's events as short messages. What has none (system exclusive, meta events) is left out.</summary>
internal static class EventReading
{
    /// <summary>The message of <paramref name="midi"/>; false when it is no short message.</summary>
    public static bool TryRead(MidiEvent midi, out ShortMessage message)
    {
        message = midi switch
        {
            NoteOnEvent e => new ShortMessage(Status(0x90, e), e.NoteNumber, e.Velocity),
            NoteOffEvent e => new ShortMessage(Status(0x80, e), e.NoteNumber, e.Velocity),
            NoteAftertouchEvent e => new ShortMessage(Status(0xA0, e), e.NoteNumber, e.AftertouchValue),
            ControlChangeEvent e => new ShortMessage(Status(0xB0, e), e.ControlNumber, e.ControlValue),
            ProgramChangeEvent e => new ShortMessage(Status(0xC0, e), e.ProgramNumber, 0),
            ChannelAftertouchEvent e => new ShortMessage(Status(0xD0, e), e.AftertouchValue, 0),
            PitchBendEvent e => new ShortMessage(Status(0xE0, e), Low(e.PitchValue), High(e.PitchValue)),
            MidiTimeCodeEvent e => new ShortMessage(0xF1, (byte)((byte)e.Component << 4 | e.ComponentValue), 0),
            SongPositionPointerEvent e => new ShortMessage(0xF2, Low(e.PointerValue), High(e.PointerValue)),
            SongSelectEvent e => new ShortMessage(0xF3, e.Number, 0),
            TuneRequestEvent => new ShortMessage(0xF6, 0, 0),
            TimingClockEvent => new ShortMessage(0xF8, 0, 0),
            StartEvent => new ShortMessage(0xFA, 0, 0),
            ContinueEvent => new ShortMessage(0xFB, 0, 0),
            StopEvent => new ShortMessage(0xFC, 0, 0),
            ActiveSensingEvent => new ShortMessage(0xFE, 0, 0),
            ResetEvent => new ShortMessage(0xFF, 0, 0),
            _ => default,
        };
        return message.Length > 0;
    }

    private static byte Status(int kind, ChannelEvent e) => (byte)(kind | e.Channel);

    private static byte Low(ushort value) => (byte)(value & 0x7F);

    private static byte High(ushort value) => (byte)(value >> 7 & 0x7F);
}
