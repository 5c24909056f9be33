using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>What a circuit is to be written for: the gates there are, and between which qubits. Immutable.</summary>
public sealed class Target
{
    /// <summary>Checks that every qubit can be reached from every other.</summary>
    /// <param name="gates">Which gates there are.</param>
    /// <param name="qubits">1 to 62.</param>
    /// <param name="couplings">Pairs that share a gate; empty when all do. ecr goes the way a pair is given (give both ways where both exist), the other gates either way.</param>
    /// <exception cref="ArgumentException">A number lies outside its range, or a qubit cannot be reached.</exception>
    public Target(NativeGates gates, int qubits, params ImmutableArray<Coupling> couplings)
    {
        if (qubits is < 1 or > Circuit.MostQubits) throw new ArgumentOutOfRangeException(nameof(qubits), qubits, $"A target has 1 to {Circuit.MostQubits} qubits.");
        (Gates, Qubits, Couplings) = (gates, qubits, couplings.IsDefault ? [] : couplings);
        foreach (var (from, to) in Couplings)
        {
            if (from < 0 || to < 0 || from >= qubits || to >= qubits || from == to)
                throw new ArgumentException($"Got a coupling of qubits {from} and {to}; two different ones of 0 to {qubits - 1} are needed.", nameof(couplings));
        }

        Steps = Distances();
        for (var q = 0; q < qubits; q++)
        {
            if (Steps[0, q] == int.MaxValue) throw new ArgumentException($"Qubit {q} cannot be reached from qubit 0; the couplings must join all {qubits} qubits.", nameof(couplings));
        }
    }

    /// <summary>cz, rz, sx and x on a line of qubits.</summary>
    public static Target CzLine(int qubits) => new(NativeGates.CzRzSxX, qubits, Line(qubits));

    /// <summary>ecr, rz, sx and x on a line of qubits; ecr only upwards.</summary>
    public static Target EcrLine(int qubits) => new(NativeGates.EcrRzSxX, qubits, Line(qubits));

    /// <summary>prx and cz, every qubit coupled with every other.</summary>
    public static Target Prx(int qubits) => new(NativeGates.PrxCz, qubits);

    /// <summary>gpi, gpi2 and ms, every qubit coupled with every other.</summary>
    public static Target IonTrap(int qubits) => new(NativeGates.GpiGpi2Ms, qubits);

    /// <summary>Which gates there are.</summary>
    public NativeGates Gates { get; }

    /// <summary>How many qubits there are.</summary>
    public int Qubits { get; }

    /// <summary>Pairs that share a gate; empty when all do.</summary>
    public ImmutableArray<Coupling> Couplings { get; }

    /// <summary>The gates' names in the table.</summary>
    public ImmutableArray<string> GateNames => Gates switch
    {
        NativeGates.CzRzSxX => ["cz", "rz", "sx", "x"],
        NativeGates.EcrRzSxX => ["ecr", "rz", "sx", "x"],
        NativeGates.PrxCz => ["prx", "cz"],
        _ => ["gpi", "gpi2", "ms"],
    };

    /// <summary>Couplings to cross from one qubit to another.</summary>
    internal int[,] Steps { get; }

    internal bool Coupled(int a, int b) => Steps[a, b] == 1;

    /// <summary>The order in which a pair's gate takes its operands.</summary>
    internal (int First, int Second) Directed(int a, int b) => Couplings.IsEmpty || Couplings.Contains(new Coupling(a, b)) ? (a, b) : (b, a);

    private static ImmutableArray<Coupling> Line(int qubits) => [.. Enumerable.Range(0, Math.Max(0, qubits - 1)).Select(q => new Coupling(q, q + 1))];

    // Breadth first from every qubit.
    private int[,] Distances()
    {
        var distances = new int[Qubits, Qubits];
        for (var from = 0; from < Qubits; from++)
        {
            for (var to = 0; to < Qubits; to++) distances[from, to] = from == to ? 0 : Couplings.IsEmpty ? 1 : int.MaxValue;
            var queue = new Queue<int>([from]);
            while (queue.TryDequeue(out var at))
            {
                foreach (var (a, b) in Couplings)
                {
                    if (a != at && b != at) continue;
                    var next = a == at ? b : a;
                    if (distances[from, next] != int.MaxValue) continue;
                    distances[from, next] = distances[from, at] + 1;
                    queue.Enqueue(next);
                }
            }
        }

        return distances;
    }
}
