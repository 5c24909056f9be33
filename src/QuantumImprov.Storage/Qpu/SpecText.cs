using System.Text.Json;
using QuantumImprov.Quantum.Bank;

namespace QuantumImprov.Storage.Qpu;

/// <summary>Editions of context classes as text.</summary>
internal static class SpecText
{
    private static readonly JsonSerializerOptions Style = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record Written(int Class, int[] Labels, double[] Rows, double[] Weights, int Coins, int Context = ClassSpec.UnknownContext);

    internal static string Write(ClassSpec spec) => JsonSerializer.Serialize(new Written(spec.Class, [.. spec.Labels], [.. spec.Rows], [.. spec.Weights], spec.Coins, spec.Context), Style);

    /// <summary>The edition; null when the text is none.</summary>
    internal static ClassSpec? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Written>(text, Style) is { } written ? new ClassSpec(written.Class, [.. written.Labels], [.. written.Rows], [.. written.Weights], written.Coins) { Context = written.Context } : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NullReferenceException)
        {
            return null;
        }
    }

    internal static string Write(IEnumerable<double> numbers) => JsonSerializer.Serialize(numbers);

    internal static double[] Numbers(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<double[]>(text) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
