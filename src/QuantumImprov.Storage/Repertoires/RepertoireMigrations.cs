using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumImprov.Engine.Repertoire.Text;

namespace QuantumImprov.Storage.Repertoires;

/// <summary>
/// How files of older versions become current. Version n + 1 begins here: raise <see cref="Current"/>, add one named pure function FromVersionNToN1, put it at
/// the end of <see cref="Steps"/>, and leave a file of version n beside the others in the tests' Examples folder.
/// </summary>
internal static class RepertoireMigrations
{
    /// <summary>The version that is written.</summary>
    internal const int Current = 1;

    /// <summary>Step i turns content of version i + 1 into content of version i + 2.</summary>
    internal static IReadOnlyList<Func<JsonObject, JsonObject>> Steps { get; } = [];

    /// <summary>The text of <paramref name="version"/> as text of the newest version that <paramref name="steps"/> lead to.</summary>
    /// <exception cref="RepertoireFormatException">The text is not of the form its version promises.</exception>
    internal static ReadOnlyMemory<byte> Upgrade(ReadOnlyMemory<byte> text, int version, IReadOnlyList<Func<JsonObject, JsonObject>> steps)
    {
        if (version > steps.Count) return text;
        try
        {
            var content = JsonNode.Parse(text.Span)!.AsObject();
            for (var step = version - 1; step < steps.Count; step++) content = steps[step](content);
            return Encoding.UTF8.GetBytes(content.ToJsonString());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or NullReferenceException)
        {
            throw new RepertoireFormatException($"has content that is not of the form of a repertoire of version {version}");
        }
    }
}
