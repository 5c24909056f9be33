namespace QuantumImprov.Plugin;

/// <summary>The assembly of the plugin, to whoever looks at it from outside. Everything else in it is for hosts, by way of the formats' own functions.</summary>
public static class PluginAssembly
{
    /// <summary>The plugin's version, as hosts see it.</summary>
    public static string Version => Processing.LibraryFacts.Version;
}
