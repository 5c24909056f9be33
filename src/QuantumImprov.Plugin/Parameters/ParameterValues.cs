namespace QuantumImprov.Plugin.Parameters;

/// <summary>Where an instance's parameters stand, in the table's order. Each is read and written whole. [any]</summary>
internal sealed class ParameterValues
{
    private readonly double[] _values = [.. ParameterTable.All.Select(p => p.Default)];

    /// <summary>The value at a place of the table.</summary>
    internal double this[int index]
    {
        get => Volatile.Read(ref _values[index]);
        set => Volatile.Write(ref _values[index], value);
    }

    /// <summary>The value of a parameter.</summary>
    internal double this[Parameter parameter]
    {
        get => this[ParameterTable.IndexOf(parameter)];
        set => this[ParameterTable.IndexOf(parameter)] = value;
    }

    /// <summary>Whether a switch is on.</summary>
    internal bool IsOn(Parameter parameter) => this[parameter] >= .5;
}
