using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors.IonQ;

/// <summary>Reads IonQ's results in both versions of their formats. Decimal codes have qubit q as bit q; of strings and arrays, whose order no text of the vendor settles, the first stands for qubit 0. Pure.</summary>
internal static class IonQResults
{
    /// <summary>Codes shot by shot; null when this is no list of shots.</summary>
    internal static ImmutableArray<ulong>? Shots(JsonElement json)
    {
        var list = json.ValueKind == JsonValueKind.Array ? json : json.Field("shots") ?? default;
        if (list.ValueKind != JsonValueKind.Array) return null;
        var shots = ImmutableArray.CreateBuilder<ulong>();
        foreach (var shot in list.EnumerateArray())
        {
            if (Shot(shot) is not { } code) return null;
            shots.Add(code);
        }

        return shots.Count == 0 ? null : shots.ToImmutable();
    }

    /// <summary>Codes and their shares or counts; null when this is no such table.</summary>
    internal static List<(ulong Code, double Weight)>? Table(JsonElement json)
    {
        var wrapped = json.Field("probabilities") ?? json.Field("histogram");
        var registers = wrapped?.Field("registers");
        var table = registers is { } named ? named.Fields().Select(f => f.Value).FirstOrDefault() : wrapped ?? json;
        var rows = new List<(ulong, double)>();
        foreach (var field in table.Fields())
        {
            var code = registers is null ? Decimal(field.Name) : Bits(field.Name.Select(c => c - '0'));
            if (code is not { } word || field.Value.AsNumber() is not { } weight || weight < 0) return null;
            rows.Add((word, weight));
        }

        return rows.Count == 0 ? null : rows;
    }

    /// <summary>Shots from a table of counts or shares.</summary>
    internal static ImmutableArray<ulong>? FromTable(List<(ulong Code, double Weight)> table, int shots, Xoshiro random)
    {
        var total = table.Sum(r => r.Weight);
        return total > 0 ? Readout.FromShares([.. table.Select(r => (r.Code, r.Weight / total))], shots, random) : null;
    }

    private static ulong? Shot(JsonElement shot)
    {
        if (shot.ValueKind == JsonValueKind.Object)
        {
            var register = shot.Field("registers")?.Fields().Select(f => f.Value).FirstOrDefault() ?? default;
            return register.ValueKind == JsonValueKind.Array ? Bits(register.EnumerateArray().Select(b => (int)(b.AsNumber() ?? -1))) : register.AsText() is { } text ? Bits(text.Select(c => c - '0')) : null;
        }

        return Decimal(shot.AsText() ?? "");
    }

    private static ulong? Decimal(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;

    private static ulong? Bits(IEnumerable<int> bits)
    {
        var (code, place) = (0UL, 0);
        foreach (var bit in bits)
        {
            if (bit is not (0 or 1) || place > 62) return null;
            code |= (ulong)bit << place++;
        }

        return place == 0 ? null : code;
    }
}
