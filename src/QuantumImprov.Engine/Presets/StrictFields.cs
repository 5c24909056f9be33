using System.Text.Json;

namespace QuantumImprov.Engine.Presets;

/// <summary>What every strictly read JSON object is held to. Pure.</summary>
public static class StrictFields
{
    /// <summary>What is wrong with the names of <paramref name="element"/>'s fields, of which <paramref name="known"/> are allowed, each once; null when nothing is.</summary>
    public static string? Unknown(JsonElement element, string[] known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name)) return $"found an unknown field; allowed are {string.Join(", ", known)}.";
            if (!seen.Add(property.Name)) return $"{property.Name}: found it twice; allowed is once.";
        }

        return null;
    }
}
