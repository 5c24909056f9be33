namespace QuantumImprov.Engine.Choosing;

/// <summary>One step of gradient descent whose length is scaled by a running second moment (Adam's, without momentum or bias correction). Pure.</summary>
public static class GradientStep
{
    /// <summary>What a moment starts with.</summary>
    public const double FirstMoment = 1e-3;

    private const double Kept = .999, Softening = 1e-3;

    /// <summary>How far to go against <paramref name="gradient"/> at <paramref name="rate"/>; takes the gradient into <paramref name="moment"/>.</summary>
    public static double Length(double gradient, ref double moment, double rate)
    {
        moment = Kept * moment + (1 - Kept) * gradient * gradient + 1e-9;
        return rate * gradient / (Math.Sqrt(moment) + Softening);
    }
}
