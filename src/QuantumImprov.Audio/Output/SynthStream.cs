using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Output;

/// <summary>
/// A synth as a sound device wants it: interleaved stereo on demand. Messages arrive from the player's thread with the instant they are to sound at and take effect at the
/// frame of that instant plus a constant delay, so that a device's large, uneven requests do not move them against each other.
/// </summary>
public sealed class SynthStream : IMessageSink
{
    private const int Block = 256;
    private readonly ISynth _synth;
    private readonly IHostClock _clock;
    private readonly SpscRing<TimedMessage> _messages = new(16384);
    private readonly FrameFollower _frames;
    private readonly float[] _left = new float[Block];
    private readonly float[] _right = new float[Block];
    private readonly long _delay;
    private TimedMessage _next;
    private bool _hasNext;
    private long _rendered;
    private long _late;

    /// <summary>A stream around <paramref name="synth"/>, which nothing else may use any more.</summary>
    /// <param name="synth">What sounds.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="delay">How long after its instant a message takes effect; as long as the device's buffer, so that none comes too late for the request it falls into.</param>
    public SynthStream(ISynth synth, IHostClock clock, TimeSpan delay)
    {
        (_synth, _clock, _delay) = (synth, clock, delay.Ticks * 100);
        _frames = new FrameFollower(synth.SampleRate);
    }

    /// <summary>Frames a second. [any]</summary>
    public int SampleRate => _synth.SampleRate;

    /// <summary>Frames a second as the device asks for them, by the session's clock: what is nominal at first, and true after some ten seconds. [any]</summary>
    public double MeasuredRate => 1e9 / _frames.PerFrame;

    /// <summary>Frames rendered so far. [any]</summary>
    public long Rendered => Volatile.Read(ref _rendered);

    /// <summary>Messages that came after their frame was rendered; they took effect at once. [any]</summary>
    public long Late => Volatile.Read(ref _late);

    /// <summary>Messages that found no room. [any]</summary>
    public long Lost => _messages.Refused;

    /// <inheritdoc/>
    [RealTime]
    public void Emit(HostTime at, ShortMessage message) => _messages.TryWrite(new TimedMessage(at, message));

    /// <summary>Writes the next <paramref name="interleaved"/>.Length / 2 frames, left before right. [audio callback]</summary>
    [RealTime]
    public void Fill(Span<float> interleaved)
    {
        var frames = interleaved.Length / 2;
        var first = _rendered;
        _frames.Follow(_clock.Now.Nanoseconds, first, frames);
        for (var at = 0; at < frames;)
        {
            var until = Obey(first + at, first + frames) - first;
            var count = (int)Math.Min(until - at, Block);
            Render(interleaved.Slice(2 * at, 2 * count));
            at += count;
        }

        Volatile.Write(ref _rendered, first + frames);
    }

    /// <summary>Everything ends now, before the device is left. [owner, while no callback runs]</summary>
    public void Silence()
    {
        while (_messages.TryRead(out _))
        {
        }

        _hasNext = false;
        for (var channel = 0; channel < 16; channel++)
        {
            _synth.Handle(ShortMessage.Control(channel, 64, 0));
            _synth.Handle(ShortMessage.Control(channel, 120, 0));
        }
    }

    // Hands the synth what is due at this frame; returns the frame of what comes next, or the end.
    [RealTime]
    private long Obey(long frame, long end)
    {
        while (_hasNext || (_hasNext = _messages.TryRead(out _next)))
        {
            var due = _frames.FrameOf(_next.At.Nanoseconds + _delay);
            if (due > frame) return Math.Min(due, end);
            if (due < frame - 1) Volatile.Write(ref _late, _late + 1);
            _synth.Handle(_next.Message);
            _hasNext = false;
        }

        return end;
    }

    [RealTime]
    private void Render(Span<float> interleaved)
    {
        var left = _left.AsSpan(0, interleaved.Length / 2);
        var right = _right.AsSpan(0, interleaved.Length / 2);
        _synth.Render(left, right);
        for (var i = 0; i < left.Length; i++) (interleaved[2 * i], interleaved[2 * i + 1]) = (left[i], right[i]);
    }
}
