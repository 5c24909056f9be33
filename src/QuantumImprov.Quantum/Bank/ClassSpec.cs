using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Bank;

/// <summary>
/// One edition of a context class: a small council of up to four members over up to sixteen labels, and the circuit that samples it at hardware size. Note register (4 qubits at most), selector (0 to 2 qubits), then coin qubits, each
/// turned by H alone. A shot counts when the selector reads 0. Immutable.
/// </summary>
public sealed class ClassSpec
{
    /// <summary>The most labels of a class.</summary>
    public const int MostLabels = 16;

    /// <summary>The most members of the small council.</summary>
    public const int MostMembers = 4;

    /// <summary>The most coin qubits beside the circuit.</summary>
    public const int MostCoins = 8;

    /// <summary>The <see cref="Context"/> of an edition whose context nobody wrote down.</summary>
    public const int UnknownContext = -1;

    private readonly int _noteQubits, _selectorQubits;

    /// <summary>Writes an edition down.</summary>
    /// <param name="class">The class's number, 0 to 63.</param>
    /// <param name="labels">1 to 16 different labels, at least 0: what the symbols 0, 1 ... stand for.</param>
    /// <param name="rows">Amplitudes of at least 0, members x labels, row-major, not normalised.</param>
    /// <param name="weights">One for each member, 1 to 4, at least 0.</param>
    /// <param name="coins">Coin qubits, 0 to 8.</param>
    /// <exception cref="ArgumentException">A number lies outside its range, or nothing could ever be read.</exception>
    public ClassSpec(int @class, ImmutableArray<int> labels, ImmutableArray<double> rows, ImmutableArray<double> weights, int coins = 0)
    {
        if (@class is < 0 or >= ShotBank.MostClasses) throw new ArgumentOutOfRangeException(nameof(@class), @class, $"Classes are numbered from 0 to {ShotBank.MostClasses - 1}.");
        if (labels.Length is < 1 or > MostLabels) throw new ArgumentException($"Got {labels.Length} labels; 1 to {MostLabels} are allowed.", nameof(labels));
        if (labels.Any(l => l < 0) || labels.Distinct().Count() != labels.Length) throw new ArgumentException("Labels are at least 0 and all different.", nameof(labels));
        if (weights.Length is < 1 or > MostMembers) throw new ArgumentException($"Got {weights.Length} members; 1 to {MostMembers} are allowed.", nameof(weights));
        if (coins is < 0 or > MostCoins) throw new ArgumentOutOfRangeException(nameof(coins), coins, $"A class has 0 to {MostCoins} coin qubits.");
        if (weights.Any(w => !(w >= 0))) throw new ArgumentException("Weights are at least 0.", nameof(weights));
        (Class, Labels, Rows, Weights, Coins) = (@class, labels, rows, weights, coins);
        var law = new double[labels.Length];
        KeptShare = CouncilLaw.Write(rows.AsSpan(), weights.AsSpan(), weights.Length, labels.Length, 1, law);
        if (KeptShare <= 0) throw new ArgumentException("All amplitudes are 0: nothing could ever be read.", nameof(rows));
        IdealLaw = [.. law];
        _noteQubits = Math.Max(1, BitOperations.Log2((uint)labels.Length - 1) + (labels.Length > 1 ? 1 : 0));
        _selectorQubits = weights.Length == 1 ? 0 : BitOperations.Log2((uint)weights.Length - 1) + 1;
        Fingerprint = Hash();
    }

    /// <summary>The class's number.</summary>
    public int Class { get; }

    /// <summary>What context the class stands for, in numbers of whoever writes editions; <see cref="UnknownContext"/>: it was not written down. No part of the circuit.</summary>
    public int Context { get; init; } = UnknownContext;

    /// <summary>What the symbols stand for.</summary>
    public ImmutableArray<int> Labels { get; }

    /// <summary>Amplitudes, members x labels.</summary>
    public ImmutableArray<double> Rows { get; }

    /// <summary>One for each member.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>Coin qubits.</summary>
    public int Coins { get; }

    /// <summary>The law of the kept shots on an ideal device, one entry a label, sum 1.</summary>
    public ImmutableArray<double> IdealLaw { get; }

    /// <summary>The share of shots that an ideal device keeps.</summary>
    public double KeptShare { get; }

    /// <summary>Sixteen hex digits that name this edition: equal editions of a class have equal ones.</summary>
    public string Fingerprint { get; }

    /// <summary>Classical bits of the note register and the selector together; coins follow.</summary>
    public int ChoiceBits => _noteQubits + _selectorQubits;

    /// <summary>The circuit. Without <paramref name="coins"/> only what chooses.</summary>
    public Circuit ToCircuit(bool coins = true)
    {
        var step = new CouncilStep(Weights.Length, Labels.Length);
        step.Prepare(Rows.AsSpan(), Weights.AsSpan(), Weights.Length, Labels.Length, 1);
        var choice = step.ToCircuit();
        if (!coins || Coins == 0) return choice;
        var circuit = new CircuitBuilder(choice.Qubits + Coins, choice.Bits + Coins).Append(choice);
        for (var c = 0; c < Coins; c++) circuit.H(choice.Qubits + c).Measure(choice.Qubits + c, choice.Bits + c);
        return circuit.Build();
    }

    /// <summary>What a word of classical bits says.</summary>
    public ShotReading Read(ulong word)
    {
        var symbol = (int)(word & ((1u << _noteQubits) - 1));
        var selector = word >> _noteQubits & ((1u << _selectorQubits) - 1);
        return new ShotReading(selector == 0 && symbol < Labels.Length ? symbol : -1, (uint)(word >> ChoiceBits) & ((1u << Coins) - 1));
    }

    /// <summary>The law of the kept shots, and their share, when the words of classical bits (without coins) have the law <paramref name="words"/>.</summary>
    /// <param name="words">One entry for every word of <see cref="ChoiceBits"/> bits.</param>
    public (ImmutableArray<double> Law, double KeptShare) LawOf(ReadOnlySpan<double> words)
    {
        var law = new double[Labels.Length];
        var kept = 0.0;
        for (var word = 0; word < words.Length; word++)
        {
            if (Read((ulong)word) is not { IsKept: true } reading) continue;
            law[reading.Symbol] += words[word];
            kept += words[word];
        }

        for (var s = 0; s < law.Length; s++) law[s] /= kept;
        return ([.. law], kept);
    }

    /// <summary>How far two editions of a class lie apart: the total variation between their ideal laws over all labels, 0 to 1.</summary>
    public double DistanceTo(ClassSpec other)
    {
        var distance = 0.0;
        for (var s = 0; s < Labels.Length; s++) distance += Math.Abs(IdealLaw[s] - other.LawOfLabel(Labels[s]));
        for (var s = 0; s < other.Labels.Length; s++) distance += Labels.Contains(other.Labels[s]) ? 0 : other.IdealLaw[s];
        return distance / 2;
    }

    private double LawOfLabel(int label) => Labels.IndexOf(label) is var at and >= 0 ? IdealLaw[at] : 0;

    // FNV-1a over everything that decides the circuit.
    private string Hash()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Class}|{Coins}|{string.Join(',', Labels)}");
        foreach (var number in Rows.Concat(Weights)) text.Append(CultureInfo.InvariantCulture, $"|{number:R}");
        var hash = 14695981039346656037UL;
        foreach (var c in text.ToString()) hash = (hash ^ c) * 1099511628211UL;
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
