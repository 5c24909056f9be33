using System.Collections.Immutable;
using QuantumImprov.Engine.Music.Notation;

namespace QuantumImprov.Engine.Repertoire.Shipped;

/// <summary>The public-domain tunes a fresh install already knows. They are part of the assembly; no file is opened. Thread-safe.</summary>
public static class ShippedTunes
{
    private const string Folder = "Tunes/";

    private static readonly Lazy<ImmutableArray<Tune>> Tunes = new(
        () => [.. typeof(ShippedTunes).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)]);

    /// <summary>All tunes, in the order of their file names; read once, when first asked for.</summary>
    public static ImmutableArray<Tune> All => Tunes.Value;

    internal static Tune Read(string resource)
    {
        using var stream = typeof(ShippedTunes).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The assembly holds no {resource}.");
        using var reader = new StreamReader(stream);
        return TuneReader.Read(reader.ReadToEnd());
    }
}
