using System.Text.RegularExpressions;
using QuantumImprov.Plugin.Tests.Hosts;
using QuantumImprov.Testing;

namespace QuantumImprov.Plugin.Tests.Debian;

/// <summary>The library as a file.</summary>
public class LibraryTests
{
    private static readonly Dictionary<string, string> Plain = [];

    [Fact]
    public void It_exports_what_hosts_look_for_and_nothing_else_but_its_own()
    {
        PluginLibrary.Need("clap");
        var (code, output) = Tool.Run(Parts.Program("nm", "binutils"), Plain, null, "-D", "--defined-only", PluginLibrary.PathOf("clap"));
        Assert.Equal(0, code);
        var names = Regex.Matches(output, @"^[0-9a-f]+ ([A-Z]) (\w+)@@", RegexOptions.Multiline).Select(m => (m.Groups[1].Value, Name: m.Groups[2].Value)).Where(n => !n.Name.StartsWith("qi_", StringComparison.Ordinal)).Order().ToList();
        Assert.Equal([("D", "DotNetRuntimeDebugHeader"), ("D", "clap_entry"), ("T", "GetPluginFactory"), ("T", "ModuleEntry"), ("T", "ModuleExit"), ("T", "lv2_descriptor")], names.OrderBy(n => n.Value).ThenBy(n => n.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void It_stays_loaded_and_needs_nothing_but_the_C_library()
    {
        PluginLibrary.Need("clap");
        var (code, output) = Tool.Run(Parts.Program("readelf", "binutils"), Plain, null, "-d", PluginLibrary.PathOf("clap"));
        Assert.Equal(0, code);
        Assert.Contains("NODELETE", output);
        var needed = Regex.Matches(output, @"NEEDED.*\[(.*)\]").Select(m => m.Groups[1].Value).ToList();
        Assert.All(needed, library => Assert.Matches(@"^(lib(m|c|dl|pthread|rt)\.so\.\d+|ld-linux.*)$", library));
    }

    [Fact]
    public void All_three_are_loaded_played_and_unloaded_again_and_again_in_one_process()
    {
        PluginLibrary.Need("vst3");
        var gcc = Parts.Program("gcc", "gcc");
        using var scratch = new Scratch();
        var program = Path.Combine(scratch.Path, "reload");
        var (built, faults) = Tool.Run(gcc, Plain, null, "-O1", "-Wall", "-o", program, Path.Combine(Repository.Folder("tests"), "QuantumImprov.Plugin.Tests", "Debian", "reload.c"), "-ldl");
        Assert.True(built == 0, faults);
        var (code, output) = Tool.Run(program, Plain, null, PluginLibrary.PathOf("clap"), PluginLibrary.PathOf("lv2"), PluginLibrary.PathOf("vst3"));
        Assert.True(code == 0, $"{code}: {output}");
        Assert.Equal("5 rounds", output.Trim());
    }
}
