using System.Collections.Immutable;

namespace QuantumImprov.Plugin.Parameters;

/// <summary>
/// Something a host can move, automate and save. One table of these (see <see cref="ParameterTable"/>) is what all formats show. Immutable. [any]
/// </summary>
/// <param name="Id">Its number in hosts' projects: never given to another.</param>
/// <param name="Symbol">Its name in states and in LV2: letters and underscores.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Group">What it belongs to.</param>
/// <param name="Kind">How it moves.</param>
/// <param name="Help">What it does, in a sentence.</param>
internal sealed record Parameter(uint Id, string Symbol, string Name, string Group, ParameterKind Kind, string Help)
{
    /// <summary>The least value.</summary>
    internal double Least { get; init; }

    /// <summary>The greatest value.</summary>
    internal double Most { get; init; } = 1;

    /// <summary>The value before anybody moved it.</summary>
    internal double Default { get; init; }

    /// <summary>The names of a choice's values.</summary>
    internal ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Whether the host may move it by itself while the song runs.</summary>
    internal bool IsAutomatable { get; init; } = true;

    /// <summary>Whether it is the host's own bypass switch.</summary>
    internal bool IsBypass { get; init; }

    /// <summary>Whether it only shows something: no host moves it, and no state holds it.</summary>
    internal bool IsMeter { get; init; }

    /// <summary>Whether only whole values mean something.</summary>
    internal bool IsStepped => Kind != ParameterKind.Share;

    /// <summary>The nearest value that means something; the default for what is no number.</summary>
    internal double Clean(double value)
    {
        if (double.IsNaN(value)) return Default;
        value = Math.Clamp(value, Least, Most);
        return IsStepped ? Math.Round(value) : value;
    }

    /// <summary>The value at a place of a knob that goes from 0 to 1.</summary>
    internal double FromNormal(double place) => Clean(Least + Math.Clamp(double.IsNaN(place) ? 0 : place, 0, 1) * (Most - Least));

    /// <summary>The place of a value on a knob that goes from 0 to 1.</summary>
    internal double ToNormal(double value) => (Clean(value) - Least) / (Most - Least);
}
