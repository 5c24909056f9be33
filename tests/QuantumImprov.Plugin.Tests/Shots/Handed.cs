using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Plugin.Processing;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Plugin.Tests.Shots;

/// <summary>Shots of a simulated device, handed over as the program does; everything follows from the seed.</summary>
internal static class Handed
{
    private static readonly Lazy<ImmutableArray<ClassSpec>> Editions = new(() =>
    {
        var banked = new BankedChoosing(new ShotBank(), new ContextClasses());
        BankPriming.Prime(banked, ShippedRepertoire.Learn(), ShippedPresets.All.First(p => p.Name == "answer"), 4);
        return [.. Enumerable.Range(0, ShotBank.MostClasses).Select(banked.Bank.Current).OfType<ClassSpec>()];
    });

    /// <summary>So many shots of each class that the shipped repertoire asks for.</summary>
    /// <param name="shots">Of each class.</param>
    /// <param name="known">Whether the device's laws are written down; otherwise they have to be measured.</param>
    /// <param name="seed">Of the device.</param>
    /// <param name="claimed">Says another law than the device's, to see that it is noticed.</param>
    internal static FlatBank Bank(int shots, bool known = true, ulong seed = 1, Func<ClassSpec, ImmutableArray<double>>? claimed = null)
    {
        var device = new NoisyDevice(DeviceProfiles.EcrTransmons, new Xoshiro(seed));
        var batches = Editions.Value.Select((spec, i) => new ShotBatch(spec, "local", "test", "job", DateTimeOffset.UnixEpoch, ((Counts)device.RunAsync(spec.ToCircuit(), shots).AsTask().Result).Shots)
        {
            Circuit = i, KnownLaw = known ? claimed is null ? device.LawOf(spec) : claimed(spec) : [],
        });
        return FlatBank.Empty.With(batches, _ => []);
    }

    /// <summary>Writes it where the plugin looks in the data folder <paramref name="home"/>; gives the file.</summary>
    internal static string Write(string home, FlatBank bank, ulong generation = 1)
    {
        var path = QuantumImprov.Engine.Session.DataPlace.PluginShots(home);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bank.Write(generation));
        return path;
    }

    /// <summary>Shots left in a file.</summary>
    internal static long Left(string path) => FlatBank.Read(File.ReadAllBytes(path), out _)!.Left;
}
