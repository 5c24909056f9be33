using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;
using QuantumImprov.Host.Verbs;
using QuantumImprov.Storage.Data;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Verbs;

public class PluginBundlesTests
{
    [Fact]
    public void Versions_are_read_from_the_libraries_bytes()
    {
        using var scratch = new Scratch();
        Assert.All(PluginBundles.In(scratch.Path, DataPlatform.Linux), bundle => Assert.Null(bundle.Version));
        Directory.CreateDirectory(scratch[".clap"]);
        scratch.Write(Path.Combine(".clap", "QuantumImprov.clap"), "\u007fELF... quantumimprov-plugin 1.2.3\0 more"u8);
        Directory.CreateDirectory(scratch[Path.Combine(".lv2", "QuantumImprov.lv2")]);
        scratch.Write(Path.Combine(".lv2", "QuantumImprov.lv2", "QuantumImprov.so"), "something else"u8);
        Assert.Equal([("CLAP", "1.2.3"), ("LV2", ""), ("VST3", null)], PluginBundles.In(scratch.Path, DataPlatform.Linux).Select(b => (b.Format, b.Version)));
    }

    [Theory]
    [InlineData(DataPlatform.Linux, "home/.vst3/presets")]
    [InlineData(DataPlatform.Windows, "elsewhere/VST3 Presets")]
    [InlineData(DataPlatform.MacOS, "home/Library/Audio/Presets")]
    public void Presets_are_where_the_system_has_them(DataPlatform platform, string folder)
        => Assert.Equal(Path.Combine(folder, "QuantumImprov", "QuantumImprov").Replace('\\', '/'), PluginBundles.Presets("home", "elsewhere", platform).Replace('\\', '/'));

    [Theory]
    [InlineData("linux-x64", DataPlatform.Linux, ".clap", ".lv2", ".vst3")]
    [InlineData("win-x64", DataPlatform.Windows, "AppData/Local/Programs/Common/CLAP", "AppData/Roaming/LV2", "AppData/Local/Programs/Common/VST3")]
    [InlineData("osx-arm64", DataPlatform.MacOS, "Library/Audio/Plug-Ins/CLAP", "Library/Audio/Plug-Ins/LV2", "Library/Audio/Plug-Ins/VST3")]
    public void Bundles_as_they_are_laid_are_found_where_the_system_has_its_plugins(string runtime, DataPlatform platform, string claps, string lv2s, string vst3s)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script that lays bundles is tried on Linux, for every system.");
        Assert.SkipWhen(runtime == "linux-x64" && RuntimeInformation.ProcessArchitecture != Architecture.X64, "This machine looks for another architecture.");
        using var scratch = new Scratch();
        scratch.Write("library", "quantumimprov-plugin 1.2.3\0"u8);
        using var lay = Process.Start("bash", [Path.Combine(Repository.Folder("build"), "lay-plugin"), runtime, scratch["library"], "1.2.3", scratch["bundles"]]);
        lay.WaitForExit();
        Assert.Equal(0, lay.ExitCode);
        foreach (var (folder, bundle) in new[] { (claps, "QuantumImprov.clap"), (lv2s, "QuantumImprov.lv2"), (vst3s, "QuantumImprov.vst3") })
        {
            Directory.CreateDirectory(scratch[folder]);
            Directory.Move(Path.Combine(scratch["bundles"], bundle), Path.Combine(scratch[folder], bundle));
        }

        Assert.Equal([("CLAP", "1.2.3"), ("LV2", "1.2.3"), ("VST3", "1.2.3")], PluginBundles.In(scratch.Path, platform).Select(b => (b.Format, b.Version)));
        if (platform != DataPlatform.MacOS) return;
        foreach (var bundle in new[] { Path.Combine(claps, "QuantumImprov.clap"), Path.Combine(vst3s, "QuantumImprov.vst3") })
        {
            Assert.Equal("BNDL????", File.ReadAllText(scratch[Path.Combine(bundle, "Contents", "PkgInfo")]));
            using var list = XmlReader.Create(scratch[Path.Combine(bundle, "Contents", "Info.plist")], new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
            var told = XDocument.Load(list).Descendants("dict").Single().Elements().Select(e => e.Value).ToList();
            Assert.Equal("QuantumImprov", told[told.IndexOf("CFBundleExecutable") + 1]);
            Assert.Equal("BNDL", told[told.IndexOf("CFBundlePackageType") + 1]);
            Assert.Equal("1.2.3", told[told.IndexOf("CFBundleVersion") + 1]);
        }
    }
}
