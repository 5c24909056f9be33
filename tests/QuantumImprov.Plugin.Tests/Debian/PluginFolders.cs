using QuantumImprov.Plugin.Tests.Hosts;
using QuantumImprov.Testing;

namespace QuantumImprov.Plugin.Tests.Debian;

/// <summary>A home in which nothing is installed but our bundles.</summary>
internal sealed class PluginFolders : IDisposable
{
    private readonly Scratch _scratch = new();

    internal PluginFolders()
    {
        foreach (var format in (string[])["clap", "lv2", "vst3"])
        {
            PluginLibrary.Need(format);
            Directory.CreateDirectory(Path.Combine(Home, "." + format));
            var bundle = Path.Combine(PluginLibrary.Folder, "QuantumImprov." + format);
            var link = Path.Combine(Home, "." + format, "QuantumImprov." + format);
            if (format == "clap") File.Copy(bundle, link);
            else Directory.CreateSymbolicLink(link, bundle);
        }
    }

    internal string Home => _scratch.Path;

    internal Dictionary<string, string> Environment => new()
    {
        ["HOME"] = Home,
        ["LV2_PATH"] = Path.Combine(Home, ".lv2") + ":/usr/lib/lv2",
        ["CLAP_PATH"] = Path.Combine(Home, ".clap"),
        ["VST3_PATH"] = Path.Combine(Home, ".vst3"),
    };

    /// <summary>The same for programs that are clients of <paramref name="server"/>.</summary>
    internal Dictionary<string, string> EnvironmentOn(JackServer server) => new(Environment) { ["JACK_DEFAULT_SERVER"] = server.Name, ["JACK_NO_START_SERVER"] = "1" };

    public void Dispose() => _scratch.Dispose();
}
