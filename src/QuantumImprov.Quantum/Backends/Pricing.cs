using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Backends;

/// <summary>What a job costs, as far as it can be said beforehand. The default costs nothing.</summary>
/// <param name="Currency">Of all figures: USD, or the vendor's own, such as credits.</param>
/// <param name="AJob">For each job.</param>
/// <param name="AShot">For each shot of each circuit.</param>
/// <param name="ASecond">For each second on the device.</param>
public sealed record Pricing(string Currency = "USD", decimal AJob = 0, decimal AShot = 0, decimal ASecond = 0)
{
    /// <summary>Seconds on the device whatever is run.</summary>
    public double SecondsAJob { get; init; }

    /// <summary>Seconds on the device a shot.</summary>
    public double SecondsAShot { get; init; }

    /// <summary>The least a job costs.</summary>
    public decimal Least { get; init; }

    /// <summary>What is asked for each gate on one qubit and on two, a shot.</summary>
    public (decimal One, decimal Two) AGate { get; init; }

    /// <summary>Whether nothing costs anything.</summary>
    public bool IsFree => AJob == 0 && AShot == 0 && ASecond == 0 && Least == 0 && AGate == default;

    /// <summary>How long a job occupies the device.</summary>
    public double SecondsOf(JobRequest request) => SecondsAJob + (SecondsAShot * request.Executions);

    /// <summary>The price of a job, rounded up to a ten-thousandth.</summary>
    public decimal Of(JobRequest request)
    {
        if (IsFree) return 0;
        var price = AJob + (AShot * request.Executions) + (ASecond * (decimal)SecondsOf(request));
        if (AGate != default)
        {
            foreach (var circuit in request.Circuits)
            {
                // As it is sent: in gates on one qubit and on two.
                var cost = CircuitCost.Of(Lowering.ToCxAndRotations(circuit));
                price += request.Shots * ((AGate.One * (cost.Operations - cost.TwoQubitGates)) + (AGate.Two * cost.TwoQubitGates));
            }
        }

        return Math.Ceiling(Math.Max(Least, price) * 10_000) / 10_000;
    }
}
