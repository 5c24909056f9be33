using System.Text;
using QuantumImprov.Storage.Data;

namespace QuantumImprov.Host.Verbs;

/// <summary>The plugin's bundles in the user's plugin folders, and which version each is of. Nothing is loaded: the version is read from the library's bytes.</summary>
public static class PluginBundles
{
    private const int LongestVersion = 32;

    private static ReadOnlySpan<byte> Mark => "quantumimprov-plugin "u8;

    /// <summary>Each format with the file in which <c>publish-plugin --install</c> puts its library below <paramref name="home"/>, and its version: null where there is none, empty where it does not say.</summary>
    /// <param name="home">The user's folder.</param>
    /// <param name="platform">Whose customs decide where plugins are.</param>
    public static IReadOnlyList<(string Format, string File, string? Version)> In(string home, DataPlatform platform) => platform switch
    {
        DataPlatform.Windows =>
        [
            Look("CLAP", Path.Combine(home, "AppData", "Local", "Programs", "Common", "CLAP", "QuantumImprov.clap")),
            Look("LV2", Path.Combine(home, "AppData", "Roaming", "LV2", "QuantumImprov.lv2", "QuantumImprov.dll")),
            Look("VST3", Path.Combine(home, "AppData", "Local", "Programs", "Common", "VST3", "QuantumImprov.vst3", "Contents", "x86_64-win", "QuantumImprov.vst3")),
        ],
        DataPlatform.MacOS =>
        [
            Look("CLAP", Path.Combine(home, "Library", "Audio", "Plug-Ins", "CLAP", "QuantumImprov.clap", "Contents", "MacOS", "QuantumImprov")),
            Look("LV2", Path.Combine(home, "Library", "Audio", "Plug-Ins", "LV2", "QuantumImprov.lv2", "QuantumImprov.dylib")),
            Look("VST3", Path.Combine(home, "Library", "Audio", "Plug-Ins", "VST3", "QuantumImprov.vst3", "Contents", "MacOS", "QuantumImprov")),
        ],
        _ =>
        [
            Look("CLAP", Path.Combine(home, ".clap", "QuantumImprov.clap")),
            Look("LV2", Path.Combine(home, ".lv2", "QuantumImprov.lv2", "QuantumImprov.so")),
            Look("VST3", Path.Combine(home, ".vst3", "QuantumImprov.vst3", "Contents", Architecture, "QuantumImprov.so")),
        ],
    };

    /// <summary>Where DAWs look for this user's VST3 presets of the plugin.</summary>
    /// <param name="home">The user's folder.</param>
    /// <param name="documents">The user's documents, which on Windows may be anywhere; not looked at elsewhere.</param>
    /// <param name="platform">Whose customs decide.</param>
    public static string Presets(string home, string documents, DataPlatform platform) => Path.Combine(
        platform switch
        {
            DataPlatform.Windows => Path.Combine(documents, "VST3 Presets"),
            DataPlatform.MacOS => Path.Combine(home, "Library", "Audio", "Presets"),
            _ => Path.Combine(home, ".vst3", "presets"),
        },
        "QuantumImprov",
        "QuantumImprov");

    private static string Architecture => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "aarch64-linux" : "x86_64-linux";

    private static (string Format, string File, string? Version) Look(string format, string file) => (format, file, VersionOf(file));

    private static string? VersionOf(string file)
    {
        try
        {
            ReadOnlySpan<byte> bytes = File.ReadAllBytes(file);
            var at = bytes.IndexOf(Mark);
            if (at < 0) return "";
            var version = bytes[(at + Mark.Length)..];
            version = version[..Math.Min(version.Length, LongestVersion)];
            var end = version.IndexOf((byte)0);
            return end < 0 ? "" : Encoding.ASCII.GetString(version[..end]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
