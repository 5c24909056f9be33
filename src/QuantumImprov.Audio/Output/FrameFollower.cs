using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Output;

/// <summary>
/// Tells which instant a frame of a sound device belongs to. A device's frames are exact and its callbacks are not: a delay-locked loop of the second order takes their
/// jitter out (F. Adriaensen, "Using a DLL to filter time", Linux Audio Conference 2005). Times are nanoseconds. [audio callback]
/// </summary>
internal sealed class FrameFollower(int rate)
{
    // Half a hertz: callbacks ten milliseconds apart settle within a second or so.
    private const double Bandwidth = 0.5;

    // A callback this far from where it was expected is no jitter: the device stood still.
    private const double Lost = 0.2;
    private double _start;
    private double _perFrame = 1e9 / rate;
    private long _frame;
    private int _expected;
    private bool _begun;

    /// <summary>Nanoseconds a frame, as measured; what is nominal until it is. [any]</summary>
    public double PerFrame => Volatile.Read(ref _perFrame);

    /// <summary>A callback at <paramref name="now"/> asks for <paramref name="frames"/> frames from <paramref name="frame"/> on.</summary>
    [RealTime]
    public void Follow(long now, long frame, int frames)
    {
        if (frames <= 0) return;
        if (!_begun || frame != _frame + _expected)
        {
            Restart(now, frame, frames);
            return;
        }

        var predicted = _start + _expected * _perFrame;
        var error = now - predicted;
        if (Math.Abs(error) > Lost * 1e9)
        {
            Restart(now, frame, frames);
            return;
        }

        var omega = 2 * Math.PI * Bandwidth * _expected * _perFrame * 1e-9;
        _start = predicted + Math.Sqrt(2) * omega * error;
        Volatile.Write(ref _perFrame, _perFrame + omega * omega * error / _expected);
        (_frame, _expected) = (frame, frames);
    }

    /// <summary>The frame that stands for the instant <paramref name="at"/>.</summary>
    [RealTime]
    public long FrameOf(long at) => _frame + (long)Math.Round((at - _start) / _perFrame);

    [RealTime]
    private void Restart(long now, long frame, int frames)
    {
        (_begun, _start, _frame, _expected) = (true, now, frame, frames);
        Volatile.Write(ref _perFrame, 1e9 / rate);
    }
}
