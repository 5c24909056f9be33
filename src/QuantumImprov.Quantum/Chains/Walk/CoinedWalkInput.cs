namespace QuantumImprov.Quantum.Chains.Walk;

/// <summary>What a coined walk may be given, said once for the circuit and for its closed form.</summary>
internal static class CoinedWalkInput
{
    internal static void Check(int positions, int steps, double coin, double lean)
    {
        if (positions is < 2 or > CoinedWalkStep.MostPositions)
            throw new ArgumentOutOfRangeException(nameof(positions), positions, $"2 to {CoinedWalkStep.MostPositions} positions are allowed.");
        if (steps is < 0 or > CoinedWalkStep.MostSteps) throw new ArgumentOutOfRangeException(nameof(steps), steps, $"0 to {CoinedWalkStep.MostSteps} steps are allowed.");
        if (!(coin >= 0 && coin <= Math.PI / 2)) throw new ArgumentOutOfRangeException(nameof(coin), coin, "The coin is an angle from 0 to pi/2.");
        if (!(lean >= -1 && lean <= 1)) throw new ArgumentOutOfRangeException(nameof(lean), lean, "The lean is a number from -1 to 1.");
    }

    /// <summary>The coin starts as cos(angle)|0> + i sin(angle)|1>.</summary>
    internal static double StartAngle(double lean) => (1 - lean) * Math.PI / 4;
}
