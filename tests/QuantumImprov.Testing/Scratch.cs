namespace QuantumImprov.Testing;

/// <summary>A folder for one test, gone afterwards; <see cref="Home"/> in it is the data folder of the programs the test starts.</summary>
public sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo _folder = Real(Directory.CreateTempSubdirectory("qi-test-"));

    /// <summary>The folder.</summary>
    public string Path => _folder.FullName;

    /// <summary>The data folder; nobody has made it yet.</summary>
    public string Home => this["home"];

    /// <summary>A path in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file into the folder and gives its path.</summary>
    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>Writes a file into the folder and gives its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    // On macOS temporary folders are reached by a link, and a program that runs in one tells the place without it.
    private static DirectoryInfo Real(DirectoryInfo made) => OperatingSystem.IsMacOS() && Directory.Exists("/private" + made.FullName) ? new DirectoryInfo("/private" + made.FullName) : made;
}
