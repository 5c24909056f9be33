using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Synth;

/// <summary>
/// One sounding note: up to <see cref="Patch.MaxPartials"/> sines, each a unit vector turned by a fixed angle a frame and an amplitude that shrinks by a
/// fixed factor a frame, four sines to a vector register, under one envelope. [player]
/// </summary>
internal sealed class Voice(int sampleRate)
{
    private const int Groups = Patch.MaxPartials / 4;

    private readonly Vector128<float>[] _real = new Vector128<float>[Groups], _imaginary = new Vector128<float>[Groups];
    private readonly Vector128<float>[] _cosine = new Vector128<float>[Groups], _sine = new Vector128<float>[Groups];
    private readonly Vector128<float>[] _amplitude = new Vector128<float>[Groups], _decay = new Vector128<float>[Groups];
    private readonly Vector128<float>[] _toLeft = new Vector128<float>[Groups], _toRight = new Vector128<float>[Groups];
    private readonly double[] _turnsAFrame = new double[Patch.MaxPartials];
    private Patch _patch = Patches.Struck;
    private int _groups;
    private double _bentBy;
    private Phase _phase;
    private float _envelope, _attackStep, _releaseFactor, _fadeStep;
    private float _gainLeft, _gainRight, _stepLeft, _stepRight, _placeLeft, _placeRight, _strength;
    private float _room;
    private long _age;

    private enum Phase : byte
    {
        Free, Attack, Hold, Release, Fade,
    }

    /// <summary>The channel and key it belongs to.</summary>
    [RealTime]
    public int Channel { get; private set; }

    /// <inheritdoc cref="Channel"/>
    [RealTime]
    public int Key { get; private set; }

    /// <summary>Whether its key is still held by a finger.</summary>
    [RealTime]
    public bool KeyDown { get; private set; }

    /// <summary>The note's number in order of starting; a larger one is younger.</summary>
    [RealTime]
    public long Order { get; private set; }

    /// <summary>How loud it is, about; a note not heard yet counts with its full level.</summary>
    [RealTime]
    public float Loudness { get; private set; }

    [RealTime]
    public bool IsFree => _phase == Phase.Free;

    /// <summary>Whether it is being faded out to make room.</summary>
    [RealTime]
    public bool IsFading => _phase == Phase.Fade;

    [RealTime]
    public bool IsReleased => _phase >= Phase.Release;

    /// <summary>Whether no frame of it has been rendered, so that it can be replaced without a click.</summary>
    [RealTime]
    public bool IsUnheard => _age == 0;

    /// <summary>Starts a note. <paramref name="velocity"/> 1 to 127.</summary>
    [RealTime]
    public void Start(Patch patch, Channel settings, int channel, int key, int velocity, long order)
    {
        Channel = channel;
        Key = key;
        KeyDown = true;
        Order = order;
        _age = 0;
        _patch = patch;
        _phase = Phase.Attack;
        _envelope = 0;
        _attackStep = (float)(1 / Math.Max(1, patch.Attack * sampleRate));
        _releaseFactor = (float)Elementary.DecayFactor(patch.Release * sampleRate);
        _strength = (float)(patch.Level * Elementary.Exp2(1.6 * Elementary.Log2(velocity / 127.0)));
        Loudness = _strength;
        Excite(key, velocity / 127.0);
        Place(key);
        _bentBy = double.NaN;
        Tune(settings.Bend);
        _gainLeft = settings.Left * _placeLeft * _strength;
        _gainRight = settings.Right * _placeRight * _strength;
        _stepLeft = _stepRight = 0;
        _room = settings.Room;
    }

    /// <summary>The finger leaves the key; the pedal may still hold the note.</summary>
    [RealTime]
    public void LiftKey() => KeyDown = false;

    /// <summary>Lets the note end as its patch does.</summary>
    [RealTime]
    public void Release()
    {
        if (_phase is Phase.Attack or Phase.Hold) _phase = Phase.Release;
    }

    /// <summary>Ends the note within <paramref name="seconds"/>, in a straight line from where it is.</summary>
    [RealTime]
    public void Fade(double seconds)
    {
        if (_phase is Phase.Free or Phase.Fade) return;
        _phase = Phase.Fade;
        KeyDown = false;
        _fadeStep = (float)(Math.Max(_envelope, 1e-4f) / (seconds * sampleRate));
    }

    /// <summary>Ends the note this instant; a click unless it is unheard or silent.</summary>
    [RealTime]
    public void Cut()
    {
        _phase = Phase.Free;
        KeyDown = false;
        Loudness = 0;
    }

    /// <summary>What happens every <see cref="MixBus.TickFrames"/> frames: pitch, gains, and whether it is over.</summary>
    [RealTime]
    public void Tick(Channel settings, double vibratoTurns)
    {
        if (_phase == Phase.Free) return;
        var power = Vector128<float>.Zero;
        for (var g = 0; g < _groups; g++)
        {
            // Rounding lets the turning vectors grow or shrink by parts in ten million a frame: one Newton step brings them back to length 1.
            var stretch = Vector128.Create(1.5f) - Vector128.Create(0.5f) * (_real[g] * _real[g] + _imaginary[g] * _imaginary[g]);
            _real[g] *= stretch;
            _imaginary[g] *= stretch;
            var kept = Vector128.GreaterThan(_amplitude[g], Vector128.Create(1e-9f));
            _amplitude[g] = Vector128.ConditionalSelect(kept, _amplitude[g], Vector128<float>.Zero);
            power += _amplitude[g] * _amplitude[g];
        }

        var level = Math.Sqrt((power.GetElement(0) + power.GetElement(1) + (power.GetElement(2) + power.GetElement(3))) * 0.5f);
        Loudness = (float)(_strength * level * (_phase == Phase.Attack ? 1 : _envelope));
        if (Loudness < 1e-5f || (_phase == Phase.Fade && _envelope == 0))
        {
            Cut();
            return;
        }

        var depth = settings.Modulation;
        if (_patch.Vibrato > 0) depth += _patch.Vibrato * Math.Min(1, _age / (0.6 * sampleRate));
        Tune(settings.Bend + (depth > 0 ? depth / 100 * Elementary.Sine(vibratoTurns) : 0));
        _stepLeft = Glide(settings.Left * _placeLeft * _strength, _gainLeft);
        _stepRight = Glide(settings.Right * _placeRight * _strength, _gainRight);
        _room = settings.Room;
    }

    /// <summary>Adds the next <paramref name="frames"/> frames, at most one tick's, to <paramref name="bus"/> from index 0 on.</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Mix(MixBus bus, int frames)
    {
        var left = bus.VoiceLeft.AsSpan(0, frames);
        var right = bus.VoiceRight.AsSpan(0, frames);
        left.Clear();
        right.Clear();
        for (var g = 0; g < _groups; g++)
        {
            var real = _real[g];
            var imaginary = _imaginary[g];
            var amplitude = _amplitude[g];
            var cosine = _cosine[g];
            var sine = _sine[g];
            var decay = _decay[g];
            var toLeft = _toLeft[g];
            var toRight = _toRight[g];
            for (var i = 0; i < left.Length; i++)
            {
                var heard = imaginary * amplitude;
                left[i] += heard * toLeft;
                right[i] += heard * toRight;
                var turned = real * cosine - imaginary * sine;
                imaginary = real * sine + imaginary * cosine;
                real = turned;
                amplitude *= decay;
            }

            _real[g] = real;
            _imaginary[g] = imaginary;
            _amplitude[g] = amplitude;
        }

        var busLeft = bus.Left.AsSpan(0, frames);
        var busRight = bus.Right.AsSpan(0, frames);
        var busRoom = bus.Room.AsSpan(0, frames);
        var room = Vector128.Create(_room);
        for (var i = 0; i < frames; i++)
        {
            var envelope = NextEnvelope();
            var l = left[i] * Vector128.Create(envelope * _gainLeft);
            var r = right[i] * Vector128.Create(envelope * _gainRight);
            busLeft[i] += l;
            busRight[i] += r;
            busRoom[i] += (l + r) * room;
            _gainLeft += _stepLeft;
            _gainRight += _stepRight;
        }

        _age += frames;
    }

    [RealTime]
    private float NextEnvelope()
    {
        switch (_phase)
        {
            case Phase.Attack:
                _envelope += _attackStep;
                if (_envelope >= 1)
                {
                    _envelope = 1;
                    _phase = Phase.Hold;
                }

                break;
            case Phase.Release:
                _envelope *= _releaseFactor;
                break;
            case Phase.Fade:
                _envelope = Math.Max(0, _envelope - _fadeStep);
                break;
        }

        return _envelope;
    }

    /// <summary>Sets levels, fading and starting phases of the sines the key is low enough for.</summary>
    [RealTime]
    private void Excite(int key, double force)
    {
        var frequency = 440 * Elementary.Exp2((key - 69) / 12.0);
        var octaves = (key - 60) / 12.0;
        var faster = Elementary.Exp2(_patch.Tracking * octaves);
        var highest = Math.Min(0.42 * sampleRate, 15_000);
        var power = 0.0;
        var count = 0;
        Span<float> amplitudes = stackalloc float[Patch.MaxPartials];
        for (var k = 0; k < _patch.Partials.Length; k++)
        {
            var partial = _patch.Partials[k];
            if (partial.Ratio * frequency > highest && count > 0) continue;
            var height = Elementary.Log2(Math.Max(1, partial.Ratio));
            var level = partial.Level * Elementary.Exp2(-height * (_patch.Softening * (1 - force) + _patch.Tilt * octaves));
            amplitudes[count] = (float)level;
            power += level * level / 2;
            _turnsAFrame[count] = partial.Ratio * frequency / sampleRate;
            var group = count >> 2;
            var lane = count & 3;
            // Phases that grow with the square of the mode's number keep the crest low (Schroeder, 1970); all from 0, the sines would meet in a spike.
            // Twins of one mode start together.
            var mode = Math.Round(partial.Ratio);
            var phase = 0.6180339887498949 * mode * mode;
            _real[group] = _real[group].WithElement(lane, (float)Elementary.Cosine(phase));
            _imaginary[group] = _imaginary[group].WithElement(lane, (float)Elementary.Sine(phase));
            var decay = partial.Decay > 0 ? Elementary.DecayFactor(partial.Decay * sampleRate / faster) : 1;
            _decay[group] = _decay[group].WithElement(lane, (float)decay);
            var turn = (partial.Pan + 1) / 8;
            _toLeft[group] = _toLeft[group].WithElement(lane, (float)(Math.Sqrt(2) * Elementary.Cosine(turn)));
            _toRight[group] = _toRight[group].WithElement(lane, (float)(Math.Sqrt(2) * Elementary.Sine(turn)));
            count++;
        }

        _groups = (count + 3) >> 2;
        var scale = (float)(1 / Math.Sqrt(power));
        for (var k = 0; k < _groups * 4; k++)
        {
            _amplitude[k >> 2] = _amplitude[k >> 2].WithElement(k & 3, k < count ? amplitudes[k] * scale : 0);
            if (k >= count) _turnsAFrame[k] = 0;
        }
    }

    // Low keys a little to the left, high keys to the right, as a player sits at them.
    [RealTime]
    private void Place(int key)
    {
        var turn = (1 + Math.Clamp((key - 60) / 48.0, -1, 1) * 0.3) / 8;
        _placeLeft = (float)(Math.Sqrt(2) * Elementary.Cosine(turn));
        _placeRight = (float)(Math.Sqrt(2) * Elementary.Sine(turn));
    }

    [RealTime]
    private void Tune(double semitones)
    {
        if (semitones == _bentBy) return;
        _bentBy = semitones;
        var factor = Elementary.Exp2(semitones / 12);
        for (var g = 0; g < _groups; g++)
        {
            for (var lane = 0; lane < 4; lane++)
            {
                // A sine bent beyond half the sample rate would come back as another one.
                var turns = Math.Min(0.49, _turnsAFrame[g * 4 + lane] * factor);
                _cosine[g] = _cosine[g].WithElement(lane, (float)Elementary.Cosine(turns));
                _sine[g] = _sine[g].WithElement(lane, (float)Elementary.Sine(turns));
            }
        }
    }

    // A quarter of the way each tick: about 3 ms, soft enough for a jump of the volume controller.
    [RealTime]
    private static float Glide(float target, float now)
    {
        var way = target - now;
        return Math.Abs(way) < 1e-7f ? 0 : way * (0.25f / MixBus.TickFrames);
    }
}
