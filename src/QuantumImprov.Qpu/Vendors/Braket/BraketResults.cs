using System.Collections.Immutable;
using System.Text.Json;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors.Braket;

/// <summary>Reads task results: a row a shot, column k is the k-th of the measured qubits; or shares by strings whose first character is the first of them. Pure.</summary>
internal static class BraketResults
{
    /// <summary>The executables of a result object, in order; an element is null where that one failed.</summary>
    internal static List<JsonElement?> Executables(JsonElement json)
    {
        if (json.Field("programResults") is not { } programs) return [json];
        var found = new List<JsonElement?>();
        foreach (var program in programs.Items())
        {
            foreach (var executable in program.Field("executableResults")?.Items() ?? [])
                found.Add(executable.Field("failureMetadata") is null ? executable : null);
        }

        return found;
    }

    /// <summary>Words by <paramref name="bits"/>, the bit each qubit is read into; null when this is no result.</summary>
    internal static ImmutableArray<ulong>? Shots(JsonElement result, int[] bits, int shots, Xoshiro random)
    {
        var measured = result.Field("measuredQubits")?.Items().Select(q => (int)(q.AsNumber() ?? -1)).ToArray() ?? [.. Enumerable.Range(0, bits.Length)];
        if (measured.Any(q => q < 0 || q >= bits.Length)) return null;
        if (result.Field("measurements") is { ValueKind: JsonValueKind.Array } rows)
        {
            var words = ImmutableArray.CreateBuilder<ulong>();
            foreach (var row in rows.EnumerateArray())
            {
                if (Word(row.Items().Select(b => (int)(b.AsNumber() ?? -1)), measured, bits) is not { } word) return null;
                words.Add(word);
            }

            return words.ToImmutable();
        }

        if (result.Field("measurementProbabilities") is not { } table) return null;
        var shares = new List<(ulong, double)>();
        foreach (var field in table.Fields())
        {
            if (Word(field.Name.Select(c => c - '0'), measured, bits) is not { } word || field.Value.AsNumber() is not { } share) return null;
            shares.Add((word, share));
        }

        return Readout.FromShares(shares, shots, random);
    }

    private static ulong? Word(IEnumerable<int> row, int[] measured, int[] bits)
    {
        var (word, column) = (0UL, 0);
        foreach (var value in row)
        {
            if (value is not (0 or 1) || column >= measured.Length) return null;
            var bit = bits[measured[column++]];
            if (bit >= 0) word |= (ulong)value << bit;
        }

        return column == measured.Length ? word : null;
    }
}
