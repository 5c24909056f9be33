using System.Collections.Immutable;
using QuantumImprov.Plugin.Parameters;

namespace QuantumImprov.Plugin.Vst3;

/// <summary>
/// The parameters of this format: those of the table, and after them a hidden one for each MIDI controller that means something, because controllers come in only as parameters. [any]
/// </summary>
internal static class Vst3Parameters
{
    private const uint FirstController = 2000;

    /// <summary>Sustain, sostenuto and soft pedal, and the ends of everything.</summary>
    internal static ImmutableArray<byte> Controllers { get; } = [64, 66, 67, 120, 121, 123];

    /// <summary>How many there are.</summary>
    internal static int Count => ParameterTable.All.Length + Controllers.Length;

    /// <summary>The number of the one for a controller.</summary>
    internal static uint IdOf(int controller) => FirstController + (uint)controller;

    /// <summary>The controller behind a number; -1 when there is none.</summary>
    internal static int ControllerOf(uint id) => id >= FirstController && id < FirstController + 128 && Controllers.Contains((byte)(id - FirstController)) ? (int)(id - FirstController) : -1;

    /// <summary>The names of the groups, in order.</summary>
    internal static ImmutableArray<string> Groups { get; } = [.. ParameterTable.All.Select(p => p.Group).Distinct()];
}
