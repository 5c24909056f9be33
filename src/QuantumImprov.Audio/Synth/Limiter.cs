using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Synth;

/// <summary>
/// Keeps a stereo signal inside -1 to 1 without adding delay. It follows the peak (up at once, held, then slowly down) and turns the level down by a soft
/// knee of that peak. Because a sample is never above the followed peak, and the knee never reaches <see cref="Ceiling"/>, nothing gets through. [player]
/// </summary>
internal sealed class Limiter
{
    /// <summary>No output sample is larger.</summary>
    public const float Ceiling = 0.99f;

    /// <summary>Peaks up to here pass unchanged (-3.1 dBFS).</summary>
    public const float Knee = 0.7f;

    private readonly float _fall;
    private readonly int _holdFrames;
    private float _peak;
    private int _hold;

    public Limiter(int sampleRate)
    {
        _fall = (float)Elementary.DecayFactor(1.5 * sampleRate);
        _holdFrames = sampleRate / 60;
    }

    /// <summary>Limits one frame in place; anything that is not a number becomes silence.</summary>
    [RealTime]
    public void Process(ref float left, ref float right)
    {
        var peak = Math.Max(Math.Abs(left), Math.Abs(right));
        if (!(peak < 1e9f)) left = right = peak = 0;
        if (peak >= _peak)
        {
            _peak = peak;
            _hold = _holdFrames;
        }
        else if (_hold > 0)
        {
            _hold--;
        }
        else
        {
            _peak = Math.Max(_peak * _fall, 1e-6f);
        }

        if (_peak <= Knee) return;
        var over = (_peak - Knee) / (Ceiling - Knee);
        var gain = (Knee + (Ceiling - Knee) * (over / (1 + over))) / _peak;
        left = Math.Clamp(left * gain, -Ceiling, Ceiling);
        right = Math.Clamp(right * gain, -Ceiling, Ceiling);
    }

    /// <summary>Forgets what it heard.</summary>
    [RealTime]
    public void Reset()
    {
        _peak = 0;
        _hold = 0;
    }
}
