namespace QuantumImprov.Engine.Session;

/// <summary>Where on Linux everything lives that outlasts a session, for whoever has to find it without opening it. Pure.</summary>
public static class DataPlace
{
    /// <summary>The environment variable that names the folder itself, whatever the platform.</summary>
    public const string OverrideVariable = "QUANTUMIMPROV_HOME";

    /// <summary>The folder; null when <paramref name="environment"/> (a variable's value by its name, null when it is not set) does not say.</summary>
    public static string? OnLinux(Func<string, string?> environment)
    {
        string? Set(string name) => environment(name) is { Length: > 0 } value ? value : null;
        if (Set(OverrideVariable) is { } own) return own;
        // The base directory specification has relative paths ignored.
        if (Set("XDG_DATA_HOME") is { } data && data[0] == '/') return Path.Combine(data, "quantumimprov");
        return Set("HOME") is { } home ? Path.Combine(home, ".local", "share", "quantumimprov") : null;
    }

    /// <summary>The file of shots that the program hands to the plugin, in the data folder <paramref name="folder"/>. Beside it, with <c>.lock</c> behind its name, lies the file whose lock whoever changes it holds.</summary>
    public static string PluginShots(string folder) => Path.Combine(folder, "qpu", "plugin.shots");
}
