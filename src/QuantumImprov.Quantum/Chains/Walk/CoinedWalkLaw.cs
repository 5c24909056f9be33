using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Walk;

/// <summary>
/// The law of a coined walk on a cycle in closed form, by Fourier transform: at wave number kappa a step is the 2x2 matrix diag(e^(-i kappa), e^(i kappa)) C, whose t-th power is a Chebyshev
/// polynomial of it. The oracle that samples of <see cref="CoinedWalkStep"/> are compared with; it walks no state. Pure.
/// </summary>
public static class CoinedWalkLaw
{
    /// <summary>Writes the law of the displacement after t steps: entry d is the probability of having moved d positions up, modulo the number of positions; sum 1.</summary>
    /// <param name="positions">N, 2 to <see cref="CoinedWalkStep.MostPositions"/>.</param>
    /// <param name="steps">t, 0 to <see cref="CoinedWalkStep.MostSteps"/>.</param>
    /// <param name="coin">Coin angle, radians, 0 to pi/2; pi/4 is the Hadamard coin.</param>
    /// <param name="lean">-1 to 1; 0 is even.</param>
    /// <param name="law">As long as there are positions.</param>
    /// <exception cref="ArgumentException">The span has the wrong length, or a number lies outside its range.</exception>
    public static void Write(int positions, int steps, double coin, double lean, Span<double> law)
    {
        CoinedWalkInput.Check(positions, steps, coin, lean);
        if (law.Length != positions) throw new ArgumentException($"The law has room for {law.Length} positions; there are {positions}.", nameof(law));
        var waves = new (Complex Up, Complex Down)[positions];
        for (var m = 0; m < positions; m++) waves[m] = Wave(2 * Math.PI * m / positions, steps, coin, CoinedWalkInput.StartAngle(lean));
        for (var d = 0; d < positions; d++)
        {
            var (up, down) = (Complex.Zero, Complex.Zero);
            for (var m = 0; m < positions; m++)
            {
                var turn = Complex.FromPolarCoordinates(1, 2 * Math.PI * (m * d % positions) / positions);
                up += turn * waves[m].Up;
                down += turn * waves[m].Down;
            }

            law[d] = ((up * Complex.Conjugate(up)).Real + (down * Complex.Conjugate(down)).Real) / ((double)positions * positions);
        }
    }

    // V = -i diag(e^(-i kappa), e^(i kappa)) C has determinant 1 and half its trace is x = -cos(coin) sin(kappa), so V^t = u_(t-1)(x) V - u_(t-2)(x); the factor i^t is no one's to see.
    private static (Complex Up, Complex Down) Wave(double kappa, int steps, double coin, double start)
    {
        var (up, down) = (new Complex(Math.Cos(start), 0), new Complex(0, Math.Sin(start)));
        var x = -Math.Cos(coin) * Math.Sin(kappa);
        double older = -1, newer = 0;
        for (var t = 0; t < steps; t++) (older, newer) = (newer, (2 * x * newer) - older);
        var (phase, turn) = (Complex.FromPolarCoordinates(1, -kappa), -Complex.ImaginaryOne);
        var nextUp = turn * phase * ((Math.Cos(coin) * up) + (Math.Sin(coin) * down));
        var nextDown = turn * Complex.Conjugate(phase) * ((Math.Sin(coin) * up) - (Math.Cos(coin) * down));
        return ((newer * nextUp) - (older * up), (newer * nextDown) - (older * down));
    }
}
