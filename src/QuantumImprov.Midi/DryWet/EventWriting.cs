using Melanchall.DryWetMidi.Common;
using Melanchall.DryWetMidi.Core;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.DryWet;

/// <summary>Short messages as the library's events: one event of each kind, used again and again, so that sending allocates nothing here. One thread at a time.</summary>
internal sealed class EventWriting
{
    private readonly NoteOnEvent _noteOn = new();
    private readonly NoteOffEvent _noteOff = new();
    private readonly NoteAftertouchEvent _noteAftertouch = new();
    private readonly ControlChangeEvent _control = new();
    private readonly ProgramChangeEvent _program = new();
    private readonly ChannelAftertouchEvent _aftertouch = new();
    private readonly PitchBendEvent _bend = new();
    private readonly MidiTimeCodeEvent _timeCode = new();
    private readonly SongPositionPointerEvent _position = new();
    private readonly SongSelectEvent _song = new();
    private readonly TuneRequestEvent _tune = new();
    private readonly TimingClockEvent _clock = new();
    private readonly StartEvent _start = new();
    private readonly ContinueEvent _continue = new();
    private readonly StopEvent _stop = new();
    private readonly ActiveSensingEvent _sensing = new();
    private readonly ResetEvent _reset = new();

    /// <summary>The event of <paramref name="message"/>, good until the next call; null for what is no message (F4, F5, F9, FD and the frame of system exclusive data).</summary>
    public MidiEvent? Write(ShortMessage message)
    {
        switch (message.Kind)
        {
            case 0x80:
                (_noteOff.NoteNumber, _noteOff.Velocity) = (Seven(message.Data1), Seven(message.Data2));
                return On(_noteOff, message);
            case 0x90:
                (_noteOn.NoteNumber, _noteOn.Velocity) = (Seven(message.Data1), Seven(message.Data2));
                return On(_noteOn, message);
            case 0xA0:
                (_noteAftertouch.NoteNumber, _noteAftertouch.AftertouchValue) = (Seven(message.Data1), Seven(message.Data2));
                return On(_noteAftertouch, message);
            case 0xB0:
                (_control.ControlNumber, _control.ControlValue) = (Seven(message.Data1), Seven(message.Data2));
                return On(_control, message);
            case 0xC0:
                _program.ProgramNumber = Seven(message.Data1);
                return On(_program, message);
            case 0xD0:
                _aftertouch.AftertouchValue = Seven(message.Data1);
                return On(_aftertouch, message);
            case 0xE0:
                _bend.PitchValue = Fourteen(message);
                return On(_bend, message);
            default:
                return System(message);
        }
    }

    private MidiEvent? System(ShortMessage message)
    {
        switch (message.Status)
        {
            case 0xF1:
                (_timeCode.Component, _timeCode.ComponentValue) = ((MidiTimeCodeComponent)(message.Data1 >> 4 & 7), (FourBitNumber)(byte)(message.Data1 & 0x0F));
                return _timeCode;
            case 0xF2:
                _position.PointerValue = Fourteen(message);
                return _position;
            case 0xF3:
                _song.Number = Seven(message.Data1);
                return _song;
            case 0xF6: return _tune;
            case 0xF8: return _clock;
            case 0xFA: return _start;
            case 0xFB: return _continue;
            case 0xFC: return _stop;
            case 0xFE: return _sensing;
            case 0xFF: return _reset;
            default: return null;
        }
    }

    private static ChannelEvent On(ChannelEvent midi, ShortMessage message)
    {
        midi.Channel = (FourBitNumber)(byte)message.Channel;
        return midi;
    }

    private static SevenBitNumber Seven(byte value) => (SevenBitNumber)(byte)(value & 0x7F);

    private static ushort Fourteen(ShortMessage message) => (ushort)((message.Data1 & 0x7F) | (message.Data2 & 0x7F) << 7);
}
