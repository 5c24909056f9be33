namespace QuantumImprov.Plugin.Tests.Debian;

/// <summary>libjack knows one server a process at a time, and its clients want the machine for themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class OneServer
{
    /// <summary>The collection.</summary>
    public const string Name = "one JACK server at a time";
}
