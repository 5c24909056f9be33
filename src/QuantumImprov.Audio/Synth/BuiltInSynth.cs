using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Synth;

/// <summary>
/// The synth that is always there: 48 voices of additive sound in nine patches chosen by General MIDI family (piano, electric piano, mallets, organ,
/// plucked, bass, pad, reeds and brass, flute), a small room and a limiter. Knows note on and off, program change, pitch bend (range by registered parameter
/// 0), controllers 1, 7, 10, 11, 64, 91, 120, 121, 123 to 127 and system reset; channel 10 (index 9), percussion, is silent. The same messages at the same
/// frames give the same samples, bit for bit, however rendering is cut into blocks. [player]
/// </summary>
public sealed class BuiltInSynth : ISynth
{
    /// <summary>Notes that sound at once; one more and the quietest, or among equals the oldest, fades out within 4 ms.</summary>
    public const int Polyphony = 48;

    // Slots beyond the polyphony in which stolen notes fade out.
    private const int FadingSlots = 16;
    private const double FadeSeconds = 0.004;
    private const double RestrikeSeconds = 0.03;

    // Loudness of a room's answer beside the dry sound, at the default send.
    private const float RoomLevel = 0.3f;

    private readonly Channel[] _channels = new Channel[16];
    private readonly Voice[] _voices = new Voice[Polyphony + FadingSlots];
    private readonly MixBus _bus = new();
    private readonly Room _room;
    private readonly Limiter _limiter;
    private readonly int _program;
    private readonly float _gain;
    private long _frame;
    private long _started;

    /// <summary>A synth whose channels all begin with <paramref name="program"/>.</summary>
    /// <param name="sampleRate">Frames a second, 8,000 to 384,000.</param>
    /// <param name="program">General MIDI program, 0 to 127, counted from 0; default 0, piano.</param>
    /// <param name="gain">Factor before the limiter, 0 to 10; default 1, at which one note played mezzoforte measures about -17 dBFS.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public BuiltInSynth(int sampleRate, int program = 0, double gain = 1)
    {
        if (sampleRate is < 8_000 or > 384_000)
            throw new ArgumentOutOfRangeException(nameof(sampleRate), $"The sample rate is {sampleRate}; 8000 to 384000 frames a second are allowed.");
        if (program is < 0 or > 127)
            throw new ArgumentOutOfRangeException(nameof(program), $"The program is {program}; 0 to 127 are allowed.");
        if (!(gain is >= 0 and <= 10))
            throw new ArgumentOutOfRangeException(nameof(gain), $"The gain is {gain}; 0 to 10 are allowed.");
        SampleRate = sampleRate;
        _gain = (float)gain;
        _program = program;
        _room = new Room(sampleRate);
        _limiter = new Limiter(sampleRate);
        for (var i = 0; i < _channels.Length; i++) _channels[i] = new Channel();
        for (var i = 0; i < _voices.Length; i++) _voices[i] = new Voice(sampleRate);
        Warm();
    }

    /// <inheritdoc/>
    [RealTime]
    public int SampleRate { get; }

    /// <summary>Notes that sound or ring out, stolen ones not counted.</summary>
    public int Sounding
    {
        [RealTime]
        get
        {
            var count = 0;
            for (var i = 0; i < _voices.Length; i++)
            {
                if (!_voices[i].IsFree && !_voices[i].IsFading) count++;
            }

            return count;
        }
    }

    /// <summary>Back to the state after construction: silent, empty room, all controllers at rest.</summary>
    [RealTime]
    public void Reset()
    {
        for (var i = 0; i < _channels.Length; i++) _channels[i].Reset(_program);
        for (var i = 0; i < _voices.Length; i++) _voices[i].Cut();
        _room.Reset();
        _limiter.Reset();
        _frame = 0;
        _started = 0;
    }

    /// <inheritdoc/>
    [RealTime]
    public void Handle(ShortMessage message)
    {
        if (message.Status == 0xFF) SystemReset();
        if (message.Status is < 0x80 or >= 0xF0) return;
        var channel = message.Channel;
        var first = message.Data1 & 127;
        var second = message.Data2 & 127;
        switch (message.Status & 0xF0)
        {
            case 0x80: NoteOff(channel, first); break;
            case 0x90 when second == 0: NoteOff(channel, first); break;
            case 0x90: NoteOn(channel, first, second); break;
            case 0xB0 when first < 120: Control(channel, first, (byte)second); break;
            case 0xB0: Mode(channel, first); break;
            case 0xC0: _channels[channel].Program(first); break;
            case 0xE0: _channels[channel].BendTo(first | (second << 7)); break;
        }
    }

    /// <inheritdoc/>
    [RealTime]
    public void Render(Span<float> left, Span<float> right)
    {
        var frames = Math.Min(left.Length, right.Length);
        for (var done = 0; done < frames;)
        {
            // Ticks stand at fixed frames, wherever blocks begin: that is what makes every cut into blocks sound the same.
            var intoTick = (int)(_frame % MixBus.TickFrames);
            if (intoTick == 0) Tick();
            var some = Math.Min(frames - done, MixBus.TickFrames - intoTick);
            RenderSome(left.Slice(done, some), right.Slice(done, some));
            _frame += some;
            done += some;
        }
    }

    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RenderSome(Span<float> left, Span<float> right)
    {
        var sumLeft = _bus.Left.AsSpan(0, left.Length);
        var sumRight = _bus.Right.AsSpan(0, left.Length);
        var sumRoom = _bus.Room.AsSpan(0, left.Length);
        sumLeft.Clear();
        sumRight.Clear();
        sumRoom.Clear();
        for (var i = 0; i < _voices.Length; i++)
        {
            if (!_voices[i].IsFree) _voices[i].Mix(_bus, left.Length);
        }

        for (var i = 0; i < left.Length; i++)
        {
            _room.Process(Across(sumRoom[i]) * RoomLevel, out var roomLeft, out var roomRight);
            var l = (Across(sumLeft[i]) + roomLeft) * _gain;
            var r = (Across(sumRight[i]) + roomRight) * _gain;
            _limiter.Process(ref l, ref r);
            left[i] = l;
            right[i] = r;
        }
    }

    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Across(Vector128<float> lanes) => lanes.GetElement(0) + lanes.GetElement(1) + (lanes.GetElement(2) + lanes.GetElement(3));

    [RealTime]
    private void Tick()
    {
        var vibratoTurns = _frame * 5.3 / SampleRate;
        for (var i = 0; i < _voices.Length; i++) _voices[i].Tick(_channels[_voices[i].Channel], vibratoTurns);
    }

    [RealTime]
    private void NoteOn(int channel, int key, int velocity)
    {
        if (channel == 9) return;
        for (var i = 0; i < _voices.Length; i++)
        {
            // A string struck again stops ringing as it did before.
            if (!_voices[i].IsFree && _voices[i].Channel == channel && _voices[i].Key == key) EndAtOnce(_voices[i], RestrikeSeconds);
        }

        var slot = Slot();
        if (slot < 0) return;
        _voices[slot].Start(_channels[channel].Patch, _channels[channel], channel, key, velocity, _started++);
    }

    /// <summary>A free place for a note; when the polyphony is used up, one note is sent away first. -1 when thousands of notes a second leave none.</summary>
    [RealTime]
    private int Slot()
    {
        var free = -1;
        var sounding = 0;
        var weakest = -1;
        for (var i = 0; i < _voices.Length; i++)
        {
            var voice = _voices[i];
            if (voice.IsFree)
            {
                if (free < 0) free = i;
                continue;
            }

            if (voice.IsFading) continue;
            sounding++;
            if (weakest < 0 || IsWeaker(voice, _voices[weakest])) weakest = i;
        }

        if (sounding < Polyphony) return free;
        if (!_voices[weakest].IsUnheard && free < 0)
        {
            weakest = -1;
            for (var i = 0; i < _voices.Length; i++)
            {
                if (_voices[i].IsUnheard && !_voices[i].IsFree && (weakest < 0 || IsWeaker(_voices[i], _voices[weakest]))) weakest = i;
            }

            if (weakest < 0) return -1;
        }

        if (!_voices[weakest].IsUnheard)
        {
            _voices[weakest].Fade(FadeSeconds);
            return free;
        }

        _voices[weakest].Cut();
        return weakest;
    }

    [RealTime]
    private static bool IsWeaker(Voice one, Voice other)
    {
        if (one.IsReleased != other.IsReleased) return one.IsReleased;
        return one.Loudness == other.Loudness ? one.Order < other.Order : one.Loudness < other.Loudness;
    }

    [RealTime]
    private void NoteOff(int channel, int key)
    {
        for (var i = 0; i < _voices.Length; i++)
        {
            var voice = _voices[i];
            if (voice.IsFree || voice.Channel != channel || voice.Key != key || !voice.KeyDown) continue;
            voice.LiftKey();
            if (!_channels[channel].Pedal) voice.Release();
        }
    }

    [RealTime]
    private void Control(int channel, int controller, byte value)
    {
        _channels[channel].Control(controller, value);
        if (controller == 64) ReleaseLifted(channel);
    }

    /// <summary>Controllers 120 to 127.</summary>
    [RealTime]
    private void Mode(int channel, int controller)
    {
        if (controller == 121)
        {
            _channels[channel].ResetControllers();
            ReleaseLifted(channel);
        }

        if (controller is 121 or 122) return;
        for (var i = 0; i < _voices.Length; i++)
        {
            if (_voices[i].IsFree || _voices[i].Channel != channel) continue;
            if (controller == 120) EndAtOnce(_voices[i], FadeSeconds);
            else _voices[i].LiftKey();
        }

        ReleaseLifted(channel);
    }

    [RealTime]
    private void ReleaseLifted(int channel)
    {
        if (_channels[channel].Pedal) return;
        for (var i = 0; i < _voices.Length; i++)
        {
            if (!_voices[i].IsFree && _voices[i].Channel == channel && !_voices[i].KeyDown) _voices[i].Release();
        }
    }

    [RealTime]
    private void SystemReset()
    {
        for (var i = 0; i < _voices.Length; i++) EndAtOnce(_voices[i], FadeSeconds);
        for (var i = 0; i < _channels.Length; i++) _channels[i].Reset(_program);
    }

    [RealTime]
    private static void EndAtOnce(Voice voice, double seconds)
    {
        if (voice.IsUnheard) voice.Cut();
        else voice.Fade(seconds);
    }

    // Compiles the way of a note before the first one is played, so that no audio callback waits for the compiler.
    private void Warm()
    {
        Span<float> left = stackalloc float[2 * MixBus.TickFrames];
        Span<float> right = stackalloc float[2 * MixBus.TickFrames];
        for (var i = 0; i < 40; i++)
        {
            Handle(ShortMessage.Control(0, 64, i & 1));
            Handle(ShortMessage.Program(0, i * 3));
            Handle(ShortMessage.NoteOn(0, 40 + i, 100));
            Handle(new ShortMessage(0xE0, 0, (byte)(64 + i % 3)));
            Render(left, right);
            Handle(ShortMessage.NoteOff(0, 40 + i));
            Render(left, right);
        }

        Handle(ShortMessage.Control(0, 120, 0));
        Render(left, right);
        Reset();
    }
}
