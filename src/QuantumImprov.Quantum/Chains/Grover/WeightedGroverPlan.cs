namespace QuantumImprov.Quantum.Chains.Grover;

/// <summary>
/// How many rounds of amplitude amplification, and with which phases the last one. A whole round turns the state by twice theta in the plane of inside and outside. The last round marks the
/// raised side with the phase psi and code 0 with phi = pi - 2 arg(sin theta sin beta e^(i psi) + cos theta cos beta), beta = (2k+1) theta: then the amplitude that is left on the
/// other side is real, -(cos beta cos 2 theta + sin beta sin 2 theta cos psi), and psi = 0..pi takes it through everything between cos(beta - 2 theta) and cos(beta + 2 theta), 0 included.
/// </summary>
/// <param name="Whole">Whole rounds: both phases pi.</param>
/// <param name="Fractional">Whether one more round follows, with the two phases below.</param>
/// <param name="RaiseOutside">Whether the candidates outside the filter are the marked ones.</param>
/// <param name="MarkPhase">psi, radians.</param>
/// <param name="StartPhase">phi, radians.</param>
internal readonly record struct WeightedGroverPlan(int Whole, bool Fractional, bool RaiseOutside, double MarkPhase, double StartPhase)
{
    /// <summary>The shortest plan that brings the inside mass to the wanted value, or as near as the most rounds allow.</summary>
    /// <param name="inside">Inside mass of the loaded state.</param>
    /// <param name="outside">Outside mass of the loaded state.</param>
    /// <param name="mass">Wanted inside mass, 0 to 1.</param>
    internal static WeightedGroverPlan ForMass(double inside, double outside, double mass)
    {
        if (inside <= 0 || outside <= 0 || mass == inside) return default;
        var raiseOutside = mass < inside;
        var theta = raiseOutside ? Math.Atan2(Math.Sqrt(outside), Math.Sqrt(inside)) : Math.Atan2(Math.Sqrt(inside), Math.Sqrt(outside));
        var left = Math.Sqrt(raiseOutside ? mass : 1 - mass);
        var wanted = Math.Acos(left);

        var whole = 0;
        while (((2 * whole) + 3) * theta < wanted)
        {
            if (++whole == WeightedGroverStep.MostRounds) return new(whole, false, raiseOutside, 0, 0);
        }

        var beta = ((2 * whole) + 1) * theta;
        var cosine = (left - (Math.Cos(beta) * Math.Cos(2 * theta))) / (Math.Sin(beta) * Math.Sin(2 * theta));
        var (sine, mark) = (Math.Sin(theta) * Math.Sin(beta), Math.Acos(Math.Clamp(cosine, -1, 1)));
        var argument = Math.Atan2(sine * Math.Sin(mark), (sine * Math.Cos(mark)) + (Math.Cos(theta) * Math.Cos(beta)));
        return new(whole, true, raiseOutside, mark, Math.PI - (2 * argument));
    }
}
