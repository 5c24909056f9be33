using System.Reflection;

namespace QuantumImprov.Host;

/// <summary>Which program this is.</summary>
public static class Product
{
    /// <summary>Which build of the parts that make music this is: two that differ may play differently.</summary>
    public static string Build { get; } = string.Join('-', new[] { typeof(Product), typeof(Engine.Session.ImprovSession), typeof(Quantum.Randomness.Xoshiro) }.Select(part => part.Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8]));

    /// <summary>The version, without build metadata.</summary>
    public static string Version { get; } =
        (typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
