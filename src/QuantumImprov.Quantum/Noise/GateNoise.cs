namespace QuantumImprov.Quantum.Noise;

/// <summary>What chance adds to a gate: first depolarising on all of its qubits together, then damping of each. The default is nothing.</summary>
public sealed record GateNoise
{
    /// <summary>Nothing at all.</summary>
    public static GateNoise None { get; } = new();

    /// <summary>The share of the state that becomes an even mixture, 0 to 1 (<see cref="KrausChannel.Depolarising"/>).</summary>
    public double Depolarising { get; init; }

    /// <summary>The share of 1 that decays to 0 on each qubit, 0 to 1 (<see cref="KrausChannel.AmplitudeDamping"/>).</summary>
    public double AmplitudeDamping { get; init; }

    /// <summary>Loss of phase on each qubit beyond what decay takes, 0 to 1 (<see cref="KrausChannel.PhaseDamping"/>).</summary>
    public double PhaseDamping { get; init; }

    /// <summary>True when nothing is added.</summary>
    public bool IsNone => Depolarising == 0 && AmplitudeDamping == 0 && PhaseDamping == 0;

    /// <summary>
    /// The noise of a gate as devices publish it: its duration and the qubits' decay times give the damping, and depolarising makes up what is missing of the published average error. Where damping alone
    /// is more than that, nothing is made up.
    /// </summary>
    /// <param name="error">Average gate infidelity, as randomised benchmarking measures it; 0 up to 1/2.</param>
    /// <param name="qubits">1 or 2.</param>
    /// <param name="duration">In the unit of the times, at least 0.</param>
    /// <param name="t1">Decay time of 1, above 0; infinite for none.</param>
    /// <param name="t2">Decay time of phase, above 0 and at most twice <paramref name="t1"/>; infinite for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static GateNoise Of(double error, int qubits, double duration, double t1, double t2)
    {
        if (!(error is >= 0 and <= .5)) throw new ArgumentOutOfRangeException(nameof(error), error, "An average gate error is a number from 0 to 0.5.");
        if (qubits is < 1 or > 2) throw new ArgumentOutOfRangeException(nameof(qubits), qubits, "A gate of this model acts on 1 or 2 qubits.");
        if (!(duration >= 0 && double.IsFinite(duration))) throw new ArgumentOutOfRangeException(nameof(duration), duration, "A duration is at least 0.");
        if (!(t1 > 0)) throw new ArgumentOutOfRangeException(nameof(t1), t1, "T1 is above 0.");
        if (!(t2 > 0 && t2 <= 2 * t1)) throw new ArgumentOutOfRangeException(nameof(t2), t2, "T2 is above 0 and at most twice T1.");
        var (one, phase) = (Math.Exp(-duration / t1), Math.Exp(-duration / t2));

        // Entanglement fidelity f and average fidelity F in dimension d: F = (d f + 1) / (d + 1). Damping of a qubit has f = (1 + 2 phase + one) / 4; depolarising by p takes f to (1 - p) f + p / d^2.
        var d = 1 << qubits;
        var damped = Math.Pow((1 + (2 * phase) + one) / 4, qubits);
        var wanted = 1 - (error * (d + 1) / d);
        return new GateNoise
        {
            Depolarising = Math.Clamp((damped - wanted) / (damped - (1.0 / (d * d))), 0, 1),
            AmplitudeDamping = 1 - one,
            PhaseDamping = Math.Clamp(1 - (phase * phase / one), 0, 1),
        };
    }

    internal string? Fault(string gates)
    {
        foreach (var (name, share) in ((string, double)[])[("depolarising", Depolarising), ("amplitude damping", AmplitudeDamping), ("phase damping", PhaseDamping)])
        {
            if (!(share >= 0 && share <= 1)) return $"The {name} of {gates} is {share}; a number from 0 to 1 is allowed.";
        }

        return null;
    }
}
