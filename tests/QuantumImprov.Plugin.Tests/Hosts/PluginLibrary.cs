using System.Runtime.InteropServices;
using QuantumImprov.Testing;

namespace QuantumImprov.Plugin.Tests.Hosts;

/// <summary>The published bundles. Where they were not built, tests of them are skipped; under QUANTUMIMPROV_REQUIRE_PARTS they fail.</summary>
internal static unsafe partial class PluginLibrary
{
    private static readonly Dictionary<string, nint> Loaded = [];
    private static readonly Lock Loading = new();

    internal static string Folder { get; } = Repository.Folder(Path.Combine("artifacts", "plugin"));

    internal static string PathOf(string format) => Path.Combine(Folder, format switch
    {
        "clap" => "QuantumImprov.clap",
        "lv2" => Path.Combine("QuantumImprov.lv2", "QuantumImprov.so"),
        _ => Path.Combine("QuantumImprov.vst3", "Contents", RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux" : "x86_64-linux", "QuantumImprov.so"),
    });

    internal static nint Export(string format, string name)
    {
        Need(format);
        lock (Loading)
        {
            // What the developer has handed to his own plugin stays his.
            if (Loaded.Count == 0) SetEnvironment("QUANTUMIMPROV_HOME", Path.Combine(Path.GetTempPath(), "no-data-for-plugin-tests"), 0);
            if (!Loaded.TryGetValue(format, out var library)) Loaded[format] = library = NativeLibrary.Load(PathOf(format));
            return NativeLibrary.GetExport(library, name);
        }
    }

    /// <summary>Sets a variable of the process itself, as the library sees it.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetEnvironment(string name, string value, int overwrite);

    internal static long Allocated(string format) => ((delegate* unmanaged[Cdecl]<long>)Export(format, "qi_allocated"))();

    internal static int Collections(string format) => ((delegate* unmanaged[Cdecl]<int>)Export(format, "qi_collections"))();

    internal static void Need(string format) => Parts.Need(File.Exists(PathOf(format)), $"{PathOf(format)} is not built: run ./publish-plugin");
}
