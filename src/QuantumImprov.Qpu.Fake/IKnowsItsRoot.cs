
namespace QuantumImprov.Qpu.Fake;

/// <summary>A vendor whose answers hold addresses of its own.</summary>
internal interface IKnowsItsRoot
{
    string Root { get; set; }
}
