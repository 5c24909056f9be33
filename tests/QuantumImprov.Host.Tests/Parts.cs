using Xunit;

namespace QuantumImprov.Host.Tests;

/// <summary>Native parts that a machine may lack: their tests are skipped there, unless the run says that every part must be there.</summary>
internal static class Parts
{
    public static void Need(bool there, string reason)
    {
        if (there) return;
        if (Environment.GetEnvironmentVariable("QUANTUMIMPROV_REQUIRE_PARTS") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
    }

    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    public static void NeedLong() => Assert.SkipUnless(Environment.GetEnvironmentVariable("QUANTUMIMPROV_LONG") == "1", "Takes long; QUANTUMIMPROV_LONG=1 runs it.");
}
