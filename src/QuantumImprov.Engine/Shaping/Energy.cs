using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// Whether the performer is building or letting go: how dense and loud the last call was beside those before it. Allocates nothing. [engine]
/// </summary>
public sealed class Energy
{
    // The last call counts this much of the level it is compared with next time: half of it is forgotten after two calls.
    private const double Kept = .7;
    private const double Widest = .5;
    private double _level = double.NaN;

    /// <summary>How far the last call was above (positive) or below what came before, -.5 to .5; 0 after the first.</summary>
    public double Rise { get; private set; }

    /// <summary>Nothing was heard yet.</summary>
    public void Forget() => (_level, Rise) = (double.NaN, 0);

    /// <summary>Hears that <paramref name="call"/> ended.</summary>
    public void Hear(Call call)
    {
        if (call.Notes.IsEmpty) return;
        var beats = Math.Max(.25, (call.End - call.Notes[0].Onset).Quarters);
        var energy = call.Notes.Length / beats * call.Loudness / 80;
        Rise = double.IsNaN(_level) ? 0 : Math.Clamp(energy / _level - 1, -Widest, Widest);
        _level = double.IsNaN(_level) ? energy : Kept * _level + (1 - Kept) * energy;
    }
}
