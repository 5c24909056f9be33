using System.Text.RegularExpressions;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Tests.Hosts;
using QuantumImprov.Testing;

namespace QuantumImprov.Plugin.Tests.Debian;

/// <summary>What Debian's hosts find when they look for plugins.</summary>
public class ScannerTests
{
    [Fact]
    public void The_turtle_has_no_fault()
    {
        using var folders = new PluginFolders();
        var bundle = Path.Combine(PluginLibrary.Folder, "QuantumImprov.lv2");
        var (code, output) = Tool.Run(Parts.Program("lv2_validate", "lv2-dev sordi"), folders.Environment, null, [.. Directory.GetFiles(bundle, "*.ttl")]);
        Assert.Equal(0, code);
        Assert.Contains("Found 0 errors", output);
    }

    [Fact]
    public void An_lv2_host_finds_every_port()
    {
        using var folders = new PluginFolders();
        var (code, output) = Tool.Run(Parts.Program("lv2info", "lilv-utils"), folders.Environment, null, "urn:quantumimprov:plugin");
        Assert.Equal(0, code);
        Assert.All(ParameterTable.All, p => Assert.Matches($@"Symbol:\s+{p.Symbol}\n\s+Name:\s+{p.Name}\n", output));
        Assert.Equal(4 + ParameterTable.All.Length, Regex.Count(output, @"^\tPort \d+:", RegexOptions.Multiline));
        var (benched, figures) = Tool.Run(Parts.Program("lv2bench", "lilv-utils"), folders.Environment, null, "-n", "200000", "-b", "64", "urn:quantumimprov:plugin");
        Assert.Equal(0, benched);
        Assert.Matches(@"^\d+\.\d+ urn:quantumimprov:plugin", figures);
    }

    [Fact]
    public void Ardours_scanner_finds_an_instrument_with_notes_out()
    {
        using var folders = new PluginFolders();
        var scanner = Parts.Program("ardour-vst3-scanner", "ardour", Ardour.Folder);
        var environment = folders.Environment;
        environment["LD_LIBRARY_PATH"] = Ardour.Folder;
        var (code, output) = Tool.Run(scanner, environment, null, "-f", "-v", Path.Combine(PluginLibrary.Folder, "QuantumImprov.vst3"));
        Assert.Equal(0, code);
        Assert.Matches("uid=\"51496D70726F765175616E74756D4950\" name=\"QuantumImprov\".* n_inputs=\"0\" n_outputs=\"2\".* n_midi_inputs=\"1\" n_midi_outputs=\"1\"", output);
    }

    [Fact]
    public void Qtractors_scanner_finds_the_clap_with_its_ports_and_parameters()
    {
        using var folders = new PluginFolders();
        var scanner = Parts.Program("qtractor_plugin_scan", "qtractor", "/usr/lib/x86_64-linux-gnu/qtractor", "/usr/lib/aarch64-linux-gnu/qtractor");
        var clap = Path.Combine(folders.Home, ".clap", "QuantumImprov.clap");
        var (code, output) = Tool.Run(scanner, folders.Environment, $"CLAP:{clap}\n");
        Assert.Equal(0, code);
        Assert.Contains($"CLAP|QuantumImprov|0:2|1:1|{ParameterTable.All.Count(p => !p.IsMeter)}:{ParameterTable.All.Count(p => p.IsMeter)}|", output);
    }
}
