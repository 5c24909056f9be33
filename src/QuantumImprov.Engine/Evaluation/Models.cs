using QuantumImprov.Engine.Choosing;
using System.Collections.Immutable;
using QuantumImprov.Engine.Evaluation.Blends;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Evaluation;

/// <summary>The models that can be compared, by name.</summary>
public static class Models
{
    /// <summary>The model that the product plays with.</summary>
    public const string Default = "council";

    /// <summary>All names, in the order of the table.</summary>
    public static ImmutableArray<string> All { get; } =
        [.. PitchContexts.Names, "mixture", "loglinear", "mixture-tempered", "power", "council-classical", "council-0", "council-dephased", "council", HiddenTrial.Name];

    /// <summary>Run only when they are named: the council over its short-term members alone, and other forms of a coherent council, and of its classical opponent, that were tried.</summary>
    public static ImmutableArray<string> Studies { get; } = ["council-short", "council-1", "council-1-dephased", "council-rotated", "council-signs", "council-phases", "council-back", "power-accord"];

    /// <summary>A blend of the members by its name; null for models that ask no members.</summary>
    internal static IBlend? Blend(string name, ulong seed, View view = View.Pitch, Aspect aspect = Aspect.Pitch)
    {
        var members = 2 * MemberTrial.Viewpoints(view, aspect).Length;
        const int Classes = CouncilMembers.ConfidenceClasses;
        return name switch
        {
            "mixture" => new MixtureBlend(members, Classes, tempered: false),
            "mixture-tempered" => new MixtureBlend(members, Classes, tempered: true),
            "loglinear" => new LogLinearBlend(members, Classes),
            "power" => new PowerBlend(members, Classes, PowerForm.Pool, name),
            "power-accord" => new PowerBlend(members, Classes, PowerForm.AccordPool, name),
            "council-0" => new PowerBlend(members, Classes, PowerForm.Council, name),
            "council-classical" => new MemoryBlend(members, Classes, 4, MemoryForm.Classical, name, seed),
            "council-dephased" => new MemoryBlend(members, Classes, 4, MemoryForm.Dephased, name, seed),
            "council" => new MemoryBlend(members, Classes, 4, MemoryForm.Kept, name, seed),
            "council-signs" => new PowerBlend(members, Classes, PowerForm.Signed, name),
            "council-back" => new PowerBlend(members, Classes, PowerForm.BackAction, name),
            "council-phases" => new PhasedBlend(members, Classes, seed),
            "council-1" => new MemoryBlend(members, Classes, 2, MemoryForm.Kept, name, seed),
            "council-1-dephased" => new MemoryBlend(members, Classes, 2, MemoryForm.Dephased, name, seed),
            "council-rotated" => new MemoryBlend(members, Classes, 4, MemoryForm.Rotated, name, seed),
            "council-short" => new ShortTermBlend(members / 2, members, Classes, name, seed),
            _ => null,
        };
    }
}
