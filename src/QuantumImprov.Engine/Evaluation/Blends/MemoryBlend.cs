using QuantumImprov.Engine.Choosing;

namespace QuantumImprov.Engine.Evaluation.Blends;

/// <summary>The council with its memory along one melody: the product's own amplitudes, and rho. [engine]</summary>
public sealed class MemoryBlend : IBlend
{
    private readonly Amplitudes _amplitudes;
    private readonly double[] _rho, _move;

    /// <summary>A council over so many members with a memory of 2 or 4 levels.</summary>
    public MemoryBlend(int members, int classes, int levels, MemoryForm form, string name, ulong seed = 7)
    {
        (Name, _amplitudes) = (name, new Amplitudes(members, classes, levels, form, seed));
        (_rho, _move) = (new double[levels * levels], new double[levels * levels]);
        Restart();
    }

    /// <inheritdoc/>
    public string Name { get; }

    internal Amplitudes Amplitudes => _amplitudes;

    internal ReadOnlySpan<double> Memory => _rho;

    /// <inheritdoc/>
    public void Restart() => _amplitudes.Start(_rho);

    /// <inheritdoc/>
    public void WriteLaw(MemberLaws laws, Span<double> law)
    {
        _amplitudes.WriteLaw(laws, _rho, law);
        Surely.Mix(law);
    }

    /// <inheritdoc/>
    public double Hear(MemberLaws laws, int played, double rate)
    {
        var bits = _amplitudes.Learn(laws, played, rate, _rho, _move);
        _amplitudes.Move(_rho, _move);
        return bits;
    }
}
