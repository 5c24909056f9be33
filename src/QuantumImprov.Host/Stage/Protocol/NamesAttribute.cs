namespace QuantumImprov.Host.Stage.Protocol;

/// <summary>On a text: it is one of the names of <paramref name="table"/>. On a map: each of them has its value there.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class NamesAttribute(NameTable table) : Attribute
{
    public NameTable Table => table;
}
