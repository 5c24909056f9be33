using Xunit;

namespace QuantumImprov.Engine.Tests;

/// <summary>Tests that want the process for themselves: they run one after the other, when all others are done.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneCollection;
