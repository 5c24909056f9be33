using QuantumImprov.Host.Verbs;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Verbs;

public class PluginBundlesTests
{
    [Fact]
    public void Versions_are_read_from_the_libraries_bytes()
    {
        using var scratch = new Scratch();
        Assert.All(PluginBundles.In(scratch.Path), bundle => Assert.Null(bundle.Version));
        Directory.CreateDirectory(scratch[".clap"]);
        scratch.Write(Path.Combine(".clap", "QuantumImprov.clap"), "\u007fELF... quantumimprov-plugin 1.2.3\0 more"u8);
        Directory.CreateDirectory(scratch[Path.Combine(".lv2", "QuantumImprov.lv2")]);
        scratch.Write(Path.Combine(".lv2", "QuantumImprov.lv2", "QuantumImprov.so"), "something else"u8);
        Assert.Equal([("CLAP", "1.2.3"), ("LV2", ""), ("VST3", null)], PluginBundles.In(scratch.Path).Select(b => (b.Format, b.Version)));
    }
}
