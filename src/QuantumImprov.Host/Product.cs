using System.Reflection;

namespace QuantumImprov.Host;

/// <summary>Which program this is.</summary>
public static class Product
{
    /// <summary>The version, without build metadata.</summary>
    public static string Version { get; } =
        (typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
