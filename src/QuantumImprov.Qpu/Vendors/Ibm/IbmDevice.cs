using System.Collections.Immutable;
using System.Text.Json;
using QuantumImprov.Quantum.Circuits.Transpiling;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors.Ibm;

/// <summary>What an IBM device tells about itself, as far as circuits are written by it. Immutable.</summary>
internal sealed record IbmDevice(int Qubits, NativeGates Gates, ImmutableHashSet<Coupling> Couplings, int MostShots, double SecondsAShot)
{
    private const double UsualRepeat = 250e-6;

    internal ImmutableDictionary<(int, int), double> PairErrors { get; init; } = ImmutableDictionary<(int, int), double>.Empty;

    internal ImmutableDictionary<int, double> ReadingErrors { get; init; } = ImmutableDictionary<int, double>.Empty;

    /// <summary>Reads a configuration; null when it names no gates we write for.</summary>
    internal static IbmDevice? Of(JsonElement configuration)
    {
        var gates = configuration.Field("basis_gates")?.Items().Select(g => g.AsText()).ToHashSet() ?? [];
        NativeGates? native = gates.Contains("cz") ? NativeGates.CzRzSxX : gates.Contains("ecr") ? NativeGates.EcrRzSxX : null;
        if (native is null || configuration.Number("n_qubits") is not { } qubits) return null;
        var couplings = configuration.Field("coupling_map")?.Items().Select(p => p.Items().Select(q => q.AsNumber()).ToList()).Where(p => p.Count == 2 && p.All(q => q >= 0 && q < qubits))
            .Select(p => new Coupling((int)p[0]!.Value, (int)p[1]!.Value)).ToImmutableHashSet() ?? [];
        // Microseconds, as the configuration has it.
        var repeat = configuration.Number("default_rep_delay") is { } delay and > 0 ? delay * 1e-6 : UsualRepeat;
        return new IbmDevice((int)qubits, native.Value, couplings, (int)Math.Min(configuration.Number("max_shots") ?? 10_000, 100_000), repeat);
    }

    /// <summary>The same with the errors that its properties tell of.</summary>
    internal IbmDevice With(JsonElement properties)
    {
        var pairs = ImmutableDictionary.CreateBuilder<(int, int), double>();
        foreach (var gate in properties.Field("gates")?.Items() ?? [])
        {
            var qubits = gate.Field("qubits")?.Items().Select(q => (int)(q.AsNumber() ?? -1)).ToList();
            if (qubits is not { Count: 2 } || Parameter(gate.Field("parameters"), "gate_error") is not { } error) continue;
            pairs[(qubits[0], qubits[1])] = error;
        }

        var readings = ImmutableDictionary.CreateBuilder<int, double>();
        var number = 0;
        foreach (var qubit in properties.Field("qubits")?.Items() ?? [])
        {
            if (Parameter(qubit, "readout_error") is { } error) readings[number] = error;
            number++;
        }

        return this with { PairErrors = pairs.ToImmutable(), ReadingErrors = readings.ToImmutable() };
    }

    private static double? Parameter(JsonElement? list, string name) => list?.Items().FirstOrDefault(p => p.Text("name") == name).Number("value");
}
