namespace QuantumImprov.Plugin.Tests.Hosts;

/// <summary>Tests that tell the process where its data folder is: nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(OneHome), DisableParallelization = true)]
public sealed class OneHome;
