
namespace QuantumImprov.Engine.Choosing;

/// <summary>One learned number for each member and confidence class, kept within bounds. [engine]</summary>
internal sealed class ClassTable(int members, int classes, double start, double least, double greatest)
{
    private readonly double[] _values = Filled(members * classes, start), _moments = Filled(members * classes, GradientStep.FirstMoment);

    internal double this[int member, int confidence] => _values[member * classes + confidence];

    /// <summary>All numbers, members x classes, row by row.</summary>
    internal ReadOnlySpan<double> Values => _values;

    /// <summary>Takes over numbers learned elsewhere, brought into bounds.</summary>
    internal void Adopt(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < _values.Length; i++) _values[i] = Math.Clamp(values[i], least, greatest);
    }

    /// <summary>The running second moments of their gradients, in the same order.</summary>
    internal Span<double> Moments => _moments;

    internal void CopyFrom(ClassTable other)
    {
        other._values.CopyTo(_values, 0);
        other._moments.CopyTo(_moments, 0);
    }

    internal void Learn(int member, int confidence, double gradient, double rate)
    {
        var at = member * classes + confidence;
        _values[at] = Math.Clamp(_values[at] - GradientStep.Length(gradient, ref _moments[at], rate), least, greatest);
    }

    private static double[] Filled(int length, double value)
    {
        var values = new double[length];
        Array.Fill(values, value);
        return values;
    }
}
