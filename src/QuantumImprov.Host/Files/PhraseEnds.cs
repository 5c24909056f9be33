using System.Collections.Immutable;
using System.Text.Json;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.CommandLine;

namespace QuantumImprov.Host.Files;

/// <summary>A JSON file that tells where the phrases of calls end: <c>{"relative/path.mid": [end, end, ...]}</c>, in quarters from the start.</summary>
public static class PhraseEnds
{
    // Longer than any day of music, and far from where beats overflow.
    private const double Latest = 1e7;

    /// <summary>The ends by relative path, each list in order of time; files without an end are left out.</summary>
    /// <exception cref="Refusal">It cannot be read, or is something else.</exception>
    public static IReadOnlyDictionary<string, ImmutableArray<Beats>> Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw Wrong(path, "no object");
            var ends = new Dictionary<string, ImmutableArray<Beats>>(StringComparer.Ordinal);
            foreach (var file in json.RootElement.EnumerateObject())
            {
                if (file.Value.ValueKind != JsonValueKind.Array) throw Wrong(path, $"no list behind \"{file.Name}\"");
                ImmutableArray<Beats> list = [.. file.Value.EnumerateArray().Select(end => Read(path, file.Name, end)).Order()];
                if (!list.IsEmpty) ends[file.Name] = list;
            }

            return ends.Count > 0 ? ends : throw Wrong(path, "no phrase end");
        }
        catch (JsonException)
        {
            throw Wrong(path, "no JSON");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new Refusal($"{path} cannot be read: {Sentences.Reason(e)}");
        }
    }

    private static Beats Read(string path, string name, JsonElement end) =>
        end.ValueKind == JsonValueKind.Number && end.TryGetDouble(out var quarters) && quarters is > 0 and <= Latest
            ? Beats.FromQuarters(quarters)
            : throw Wrong(path, $"{end.GetRawText()} behind \"{name}\"");

    private static Refusal Wrong(string path, string found) =>
        new($"{path} holds {found}; allowed is an object of relative paths, each with a list of phrase ends in quarters from the start, above 0.");
}
