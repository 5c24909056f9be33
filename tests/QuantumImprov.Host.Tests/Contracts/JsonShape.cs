using System.Text.Json;

namespace QuantumImprov.Host.Tests.Contracts;

/// <summary>Which keys a JSON text has, and what stands behind them. The elements of an array count as one.</summary>
internal sealed class JsonShape
{
    private readonly SortedDictionary<string, SortedSet<string>> _kinds = new(StringComparer.Ordinal);

    public JsonShape(string json)
    {
        using var document = JsonDocument.Parse(json);
        Add(document.RootElement, "$");
    }

    /// <summary>One sentence for every difference. A null on one side may be anything on the other.</summary>
    public IReadOnlyList<string> DifferencesFrom(JsonShape other)
    {
        var differences = new List<string>();
        foreach (var path in _kinds.Keys.Union(other._kinds.Keys))
        {
            if (!other._kinds.TryGetValue(path, out var theirs)) differences.Add($"{path} is new");
            else if (!_kinds.TryGetValue(path, out var ours)) differences.Add($"{path} is gone");
            else if (!Same(ours, theirs)) differences.Add($"{path} is {string.Join(" or ", ours)}, it was {string.Join(" or ", theirs)}");
        }

        return differences;
    }

    private static bool Same(SortedSet<string> ours, SortedSet<string> theirs) =>
        ours.Except(["null"]).ToList() is var mine && theirs.Except(["null"]).ToList() is var yours && (mine.Count == 0 || yours.Count == 0 || mine.SequenceEqual(yours));

    private void Add(JsonElement element, string path)
    {
        if (!_kinds.TryGetValue(path, out var kinds)) _kinds[path] = kinds = [];
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                kinds.Add("object");
                foreach (var property in element.EnumerateObject()) Add(property.Value, $"{path}.{property.Name}");
                break;
            case JsonValueKind.Array:
                kinds.Add("array");
                foreach (var item in element.EnumerateArray()) Add(item, path + "[]");
                break;
            default:
                kinds.Add(element.ValueKind is JsonValueKind.True or JsonValueKind.False ? "true or false" : element.ValueKind.ToString().ToLowerInvariant());
                break;
        }
    }
}
