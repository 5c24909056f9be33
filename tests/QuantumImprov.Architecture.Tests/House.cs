using System.Collections.Immutable;
using System.Reflection;
using Mono.Cecil;

namespace QuantumImprov.Architecture.Tests;

/// <summary>The assemblies of the product.</summary>
internal static class House
{
    public static ImmutableArray<Assembly> Assemblies { get; } =
    [
        typeof(Quantum.Randomness.Xoshiro).Assembly,
        typeof(Engine.Music.Beats).Assembly,
        typeof(Midi.Jack.JackClient).Assembly,
        typeof(Audio.Synths).Assembly,
        typeof(Simulators.Microsoft.SimulatorLibrary).Assembly,
        typeof(Storage.Journal.SessionJournal).Assembly,
        typeof(Qpu.Vendors.VendorTable).Assembly,
        typeof(Qpu.Fake.FakeCloud).Assembly,
        typeof(Plugin.PluginAssembly).Assembly,
        typeof(Host.Product).Assembly,
    ];

    /// <summary>The top of the checkout, found from where the tests run; null in an installed copy.</summary>
    public static string? Root { get; } = FindRoot();

    public static ModuleDefinition Read(string assembly)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        return ModuleDefinition.ReadModule(Assemblies.Single(a => a.GetName().Name == assembly).Location, new ReaderParameters { AssemblyResolver = resolver });
    }

    private static string? FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "QuantumImprov.sln"))) return at.FullName;
        }

        return null;
    }
}
