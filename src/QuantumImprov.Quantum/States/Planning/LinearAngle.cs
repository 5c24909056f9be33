namespace QuantumImprov.Quantum.States.Planning;

/// <summary>A linear form of the circuit's angles: constant + sum of share x angle.</summary>
internal sealed class LinearAngle
{
    internal double Constant { get; set; }

    internal List<(int Parameter, double Share)> Terms { get; } = [];

    internal void Add(in Share angle, double times = 1)
    {
        if (angle.Parameter < 0) Constant += times * angle.Factor;
        else Terms.Add((angle.Parameter, times * angle.Factor));
    }
}
