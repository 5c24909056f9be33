namespace QuantumImprov.Plugin.Tests;

/// <summary>Parts that need not be there: without one a test is skipped by name; under QUANTUMIMPROV_REQUIRE_PARTS it fails.</summary>
internal static class Parts
{
    internal static void Need(bool there, string otherwise)
    {
        if (there) return;
        if (Environment.GetEnvironmentVariable("QUANTUMIMPROV_REQUIRE_PARTS") == "1") Assert.Fail(otherwise);
        Assert.Skip(otherwise);
    }

    /// <summary>The path of a program, which is there.</summary>
    internal static string Program(string name, string package, params string[] folders)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(folders).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
        Need(path is not null, $"{name} is missing: install {package}");
        return path!;
    }
}
