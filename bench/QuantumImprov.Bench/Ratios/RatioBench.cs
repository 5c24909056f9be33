using System.Text.Json;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Bench.Ratios;

/// <summary>The console bench: our figures and the peers' from one run, as a table or, for machines, as one JSON file.</summary>
internal static class RatioBench
{
    private const string Usage = "Got '{0}'; allowed is: ratios [--out-json FILE].";
    private static readonly int[] Sizes = [5, 6, 8, 10, 12, 16];

    internal static int Run(string[] args)
    {
        if (args is not ([] or ["--out-json", _]))
        {
            Console.Error.WriteLine(Usage, string.Join(' ', args));
            return 2;
        }

        var machine = Machine.Here();
        Console.WriteLine($"{machine.Processor}, {machine.Cores} cores, {machine.System}, {machine.Runtime}, {machine.VectorBits}-bit registers");
        Console.WriteLine($"{"case",-12}{"median us",12}{"p99 us",12}{"bytes",8}{"x scalar",12}{"x libquantum",14}");
        var results = new List<(string Name, CaseResult? Result)> { Show("decision-0", DecisionCase.Measure(0)), Show("decision-2", DecisionCase.Measure(2)) };
        foreach (var n in Sizes) results.Add(Show($"w1-{n}", RingCase.Measure(n)));
        results.Add(Show("w2-8", ShotsCase.Measure()));
        foreach (var result in NotesCase.Measure()) results.Add(Show(result.Name, result));

        if (args is [_, var file])
        {
            Write(file, machine, results);
            return 0;
        }

        Layouts();
        return 0;
    }

    private static (string Name, CaseResult? Result) Show(string name, CaseResult? result)
    {
        Console.WriteLine(result is null
            ? $"{name,-12}{"-",12}"
            : $"{name,-12}{result.Ours.MedianMicroseconds,12:0.0000}{result.Ours.P99Microseconds,12:0.0000}{result.Ours.AllocatedBytes,8}{result.VersusScalar,12:0.0}{result.VersusLibQuantum,14:0.0}");
        return (name, result);
    }

    // The same work with the qubits renamed, and with gates missing, turned round and replaced: the planner must find it all the same. Each is timed in turns with the plain one.
    private static void Layouts()
    {
        Console.WriteLine();
        Console.WriteLine($"{"w1, times",-12}{"renamed",24}{"perturbed",24}   (three layouts each)");
        foreach (var n in Sizes)
        {
            var random = new Xoshiro((ulong)n);
            var renamed = Enumerable.Range(0, 3).Select(_ => RingCase.Times(LayeredCircuits.Permuted(n, random))).ToList();
            var perturbed = Enumerable.Range(0, 3).Select(_ => RingCase.Times(LayeredCircuits.Perturbed(n, random))).ToList();
            Console.WriteLine($"{$"w1-{n}",-12}{string.Join(' ', renamed.Select(x => $"{x:0.00}")),24}{string.Join(' ', perturbed.Select(x => $"{x:0.00}")),24}");
        }
    }

    private static void Write(string file, Machine machine, List<(string Name, CaseResult? Result)> results)
    {
        using var stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject("machine");
        json.WriteString("processor", machine.Processor);
        json.WriteNumber("cores", machine.Cores);
        json.WriteString("system", machine.System);
        json.WriteString("runtime", machine.Runtime);
        json.WriteNumber("vector_bits", machine.VectorBits);
        json.WriteEndObject();
        json.WriteStartObject("cases");
        foreach (var (name, result) in results)
        {
            json.WriteStartObject(name);
            Number(json, "median_us", result?.Ours.MedianMicroseconds);
            Number(json, "p99_us", result?.Ours.P99Microseconds);
            Number(json, "allocated_bytes", result?.Ours.AllocatedBytes);
            Number(json, "vs_scalar", result?.VersusScalar);
            Number(json, "vs_libquantum", result?.VersusLibQuantum);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } n) json.WriteNumber(name, Math.Round(n, 5));
        else json.WriteNull(name);
    }
}
