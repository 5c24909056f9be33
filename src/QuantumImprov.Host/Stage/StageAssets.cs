using System.Collections.Frozen;
using System.Reflection;

namespace QuantumImprov.Host.Stage;

/// <summary>The page's files, read once from the program itself: nothing on disk is ever served. [any]</summary>
internal sealed class StageAssets
{
    private const string Prefix = "Stage/Page/";

    private readonly FrozenDictionary<string, StageAsset> _byPath;

    public StageAssets()
    {
        var assembly = Assembly.GetExecutingAssembly();
        _byPath = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name == Prefix + "index.html" ? "/" : "/" + name[Prefix.Length..], name => Read(assembly, name));
    }

    /// <summary>All files together, in bytes.</summary>
    public long Weight => _byPath.Values.Sum(asset => (long)asset.Content.Length);

    /// <summary>The file at <paramref name="path"/> ("/" is the page), or null.</summary>
    public StageAsset? Find(string path) => _byPath.GetValueOrDefault(path);

    private static StageAsset Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new StageAsset(content, Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        });
    }
}
