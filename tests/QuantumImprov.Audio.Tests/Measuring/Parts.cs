namespace QuantumImprov.Audio.Tests.Measuring;

/// <summary>Native parts a test needs: absent, the test is skipped; where they were promised, it fails.</summary>
internal static class Parts
{
    public static void Require(bool present, string reason)
    {
        if (present) return;
        if (Environment.GetEnvironmentVariable("QUANTUMIMPROV_REQUIRE_PARTS") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
    }
}
