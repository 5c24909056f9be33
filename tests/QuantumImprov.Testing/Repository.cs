namespace QuantumImprov.Testing;

/// <summary>Where the tests' own repository lies: the nearest folder above the running assembly that holds the solution.</summary>
public static class Repository
{
    /// <summary>A folder of the repository.</summary>
    public static string Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "QuantumImprov.sln"))) return Path.Combine(folder.FullName, name);
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds QuantumImprov.sln.");
    }
}
