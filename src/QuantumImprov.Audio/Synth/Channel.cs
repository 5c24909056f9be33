using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Synth;

/// <summary>What one MIDI channel's controllers say. [player]</summary>
internal sealed class Channel
{
    private byte _volume, _pan, _expression, _room, _modulation;
    private byte _bendRange;
    private int _parameter;
    private int _bend;

    public Channel() => Reset(0);

    /// <summary>The sound its next notes have.</summary>
    [RealTime]
    public Patch Patch { get; private set; } = Patches.Struck;

    /// <summary>Whether the sustain pedal is down.</summary>
    [RealTime]
    public bool Pedal { get; private set; }

    /// <summary>Gain to the left and to the right; 1 each for full volume in the middle.</summary>
    [RealTime]
    public float Left { get; private set; }

    /// <inheritdoc cref="Left"/>
    [RealTime]
    public float Right { get; private set; }

    /// <summary>Share sent to the room, 0 to 1.</summary>
    [RealTime]
    public float Room => _room * (1f / 127);

    /// <summary>Semitones by which the wheel bends.</summary>
    [RealTime]
    public double Bend => _bend * (_bendRange / 8192.0);

    /// <summary>Depth of the vibrato the modulation wheel asks for, cents; at most 50.</summary>
    [RealTime]
    public double Modulation => _modulation * (50.0 / 127);

    /// <summary>The state after power on, with program <paramref name="program"/>.</summary>
    [RealTime]
    public void Reset(int program)
    {
        _volume = 100;
        _pan = 64;
        _room = 40;
        _bendRange = 2;
        Program(program);
        ResetControllers();
    }

    /// <summary>What controller 121 asks for: volume, pan, room and program stay (MMA recommended practice RP-015).</summary>
    [RealTime]
    public void ResetControllers()
    {
        _expression = 127;
        _modulation = 0;
        _bend = 0;
        _parameter = -1;
        Pedal = false;
        Balance();
    }

    [RealTime]
    public void Program(int program) => Patch = Patches.Of(program);

    /// <summary>The wheel at <paramref name="value"/>, 0 to 16383, 8192 in the middle.</summary>
    [RealTime]
    public void BendTo(int value) => _bend = value - 8192;

    /// <summary>Controllers below 120; those it does not know change nothing.</summary>
    [RealTime]
    public void Control(int controller, byte value)
    {
        switch (controller)
        {
            case 1: _modulation = value; break;
            case 6: if (_parameter == 0) _bendRange = Math.Min(value, (byte)24); break;
            case 7: _volume = value; Balance(); break;
            case 10: _pan = value; Balance(); break;
            case 11: _expression = value; Balance(); break;
            case 64: Pedal = value >= 64; break;
            case 91: _room = value; break;
            case 98 or 99: _parameter = -1; break;
            case 100: _parameter = (_parameter < 0 ? 0x3F80 : _parameter & 0x3F80) | value; break;
            case 101: _parameter = (_parameter < 0 ? 0x7F : _parameter & 0x7F) | (value << 7); break;
        }
    }

    [RealTime]
    private void Balance()
    {
        // Amplitude goes with the square of volume and expression, as General MIDI has it; panning keeps the power.
        var gain = _volume * _expression / 16129.0;
        var turn = Math.Max(_pan - 1, 0) / 126.0 / 4;
        Left = (float)(gain * gain * Math.Sqrt(2) * Elementary.Cosine(turn));
        Right = (float)(gain * gain * Math.Sqrt(2) * Elementary.Sine(turn));
    }
}
