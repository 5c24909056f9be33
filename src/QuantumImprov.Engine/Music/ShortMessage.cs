namespace QuantumImprov.Engine.Music;

/// <summary>
/// A MIDI 1.0 message of up to three bytes as it stands on the wire, status byte always included. Data bytes a message does not have are 0. Messages with
/// longer content (system exclusive) are not short messages.
/// </summary>
/// <param name="Status">Status byte, 0x80 to 0xFF.</param>
/// <param name="Data1">First data byte, 0 to 127.</param>
/// <param name="Data2">Second data byte, 0 to 127.</param>
public readonly record struct ShortMessage(byte Status, byte Data1, byte Data2)
{
    /// <summary>A note-on. <paramref name="channel"/> 0 to 15, <paramref name="pitch"/> 0 to 127, <paramref name="velocity"/> 1 to 127.</summary>
    public static ShortMessage NoteOn(int channel, int pitch, int velocity) => new((byte)(0x90 | channel), (byte)pitch, (byte)velocity);

    /// <summary>A note-off with release velocity 64.</summary>
    public static ShortMessage NoteOff(int channel, int pitch) => new((byte)(0x80 | channel), (byte)pitch, 64);

    /// <summary>A controller change.</summary>
    public static ShortMessage Control(int channel, int controller, int value) => new((byte)(0xB0 | channel), (byte)controller, (byte)value);

    /// <summary>A program change.</summary>
    public static ShortMessage Program(int channel, int program) => new((byte)(0xC0 | channel), (byte)program, 0);

    /// <summary>The kind as the status byte's high half: 0x80 note-off ... 0xE0 pitch bend, 0xF0 system.</summary>
    public int Kind => Status & 0xF0;

    /// <summary>Channel, 0 to 15 (10 on a panel is 9 here); meaningless for system messages.</summary>
    public int Channel => Status & 0x0F;

    /// <summary>Whether a key goes down: a note-on whose velocity is not 0.</summary>
    public bool IsNoteOn => Kind == 0x90 && Data2 > 0;

    /// <summary>Whether a key comes up: a note-off, or a note-on with velocity 0.</summary>
    public bool IsNoteOff => Kind == 0x80 || (Kind == 0x90 && Data2 == 0);

    /// <summary>Whether it chooses a sound.</summary>
    public bool IsProgram => Kind == 0xC0;

    /// <summary>Bytes the message has on the wire: 1, 2 or 3; 0 for a status that begins no short message (F0, F4, F5, F7).</summary>
    public int Length => Kind switch
    {
        0xC0 or 0xD0 => 2,
        >= 0x80 and < 0xF0 => 3,
        _ => Status switch
        {
            0xF1 or 0xF3 => 2,
            0xF2 => 3,
            0xF6 or >= 0xF8 => 1,
            _ => 0,
        },
    };
}
