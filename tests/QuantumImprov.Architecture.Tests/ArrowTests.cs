using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace QuantumImprov.Architecture.Tests;

public class ArrowTests
{
    private const string Prefix = "QuantumImprov.";

    // Whom each assembly may know, besides the base library.
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["QuantumImprov.Quantum"] = [],
        ["QuantumImprov.Engine"] = ["QuantumImprov.Quantum", "System.Reactive"],
        ["QuantumImprov.Midi"] = ["QuantumImprov.Engine", "QuantumImprov.Quantum", "Melanchall.DryWetMidi"],
        ["QuantumImprov.Audio"] = ["QuantumImprov.Engine", "QuantumImprov.Quantum", "NAudio"],
        ["QuantumImprov.Storage"] = ["QuantumImprov.Engine", "QuantumImprov.Quantum", "Microsoft.Data.Sqlite"],
        ["QuantumImprov.Simulators"] = ["QuantumImprov.Quantum"],
        ["QuantumImprov.Qpu"] = ["QuantumImprov.Engine", "QuantumImprov.Quantum", "Polly"],
        ["QuantumImprov.Qpu.Fake"] = ["QuantumImprov.Quantum", "Microsoft.AspNetCore", "Microsoft.Extensions"],
        ["QuantumImprov.Plugin"] = ["QuantumImprov.Engine", "QuantumImprov.Quantum", "QuantumImprov.Audio"],
        ["quantumimprov"] =
        [
            "QuantumImprov.Quantum", "QuantumImprov.Engine", "QuantumImprov.Midi", "QuantumImprov.Audio", "QuantumImprov.Storage", "QuantumImprov.Simulators", "QuantumImprov.Qpu", "System.CommandLine", "Spectre.Console", "QRCoder",
            "Spectre.Console.Ansi", "Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.Net.Http.Headers", "System.Reactive",
        ],
    };

    // The rooms of the engine, each with the rooms it may look into.
    private static readonly Dictionary<string, string[]> RoomsMayKnow = new()
    {
        ["Music"] = [],
        ["Playing"] = ["Music"],
        ["Listening"] = ["Music"],
        ["Repertoire"] = ["Music", "Listening"],
        ["Choosing"] = ["Music", "Listening", "Repertoire"],
        ["Shaping"] = ["Music", "Listening", "Repertoire", "Choosing"],
        ["Lookahead"] = ["Music", "Playing", "Shaping"],
        ["Presets"] = ["Music", "Listening", "Shaping"],
        ["Pipeline"] = ["Music", "Playing", "Listening", "Repertoire", "Choosing", "Shaping", "Lookahead", "Presets"],
        ["Session"] = ["Music", "Playing", "Listening", "Repertoire", "Choosing", "Shaping", "Lookahead", "Presets", "Pipeline"],
        ["Judging"] = ["Music", "Playing", "Listening", "Repertoire", "Choosing", "Shaping", "Lookahead", "Presets", "Pipeline", "Session", "Evaluation"],
        ["Evaluation"] = ["Music", "Listening", "Repertoire", "Choosing"],
    };

    public static TheoryData<string> AssemblyNames => [.. MayKnow.Keys];

    public static TheoryData<string> Rooms => [.. RoomsMayKnow.Keys];

    [Theory]
    [MemberData(nameof(AssemblyNames))]
    public void Arrows_between_assemblies_point_one_way(string name)
    {
        var assembly = House.Assemblies.Single(a => a.GetName().Name == name);
        var strangers = assembly.GetReferencedAssemblies().Select(r => r.Name!)
            .Where(r => !IsBaseLibrary(r) && !MayKnow[name].Any(known => r == known || r.StartsWith(known + ".", StringComparison.Ordinal)))
            .ToList();
        Assert.True(strangers.Count == 0, $"{name} must not know {string.Join(", ", strangers)}");
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Rooms_of_the_engine_know_only_rooms_before_them(string room)
    {
        var forbidden = RoomsMayKnow.Keys.Where(other => other != room && !RoomsMayKnow[room].Contains(other)).ToList();
        var loaded = new ArchLoader().LoadAssemblies(typeof(Engine.Music.Beats).Assembly).Build();
        foreach (var other in forbidden)
        {
            IArchRule rule = Types().That().ResideInNamespaceMatching(Inside(room)).Should()
                .NotDependOnAny(Types().That().ResideInNamespaceMatching(Inside(other))).WithoutRequiringPositiveResults();
            var offenders = rule.Evaluate(loaded).Where(r => !r.Passed).Select(r => r.Description).ToList();
            Assert.True(offenders.Count == 0, string.Join("\n", offenders));
        }
    }

    [Fact]
    public void Every_room_of_the_engine_is_listed()
    {
        var rooms = typeof(Engine.Music.Beats).Assembly.GetExportedTypes().Select(t => t.Namespace!.Split('.')[2]).Distinct().Order();
        Assert.Equal(RoomsMayKnow.Keys.Order(), rooms);
    }

    private static string Inside(string room) => $"^QuantumImprov\\.Engine\\.{room}(\\..*)?$";

    private static bool IsBaseLibrary(string name) =>
        !name.StartsWith(Prefix, StringComparison.Ordinal) && name is not "System.Reactive" and not "System.CommandLine"
        && (name is "netstandard" or "mscorlib" || name == "System" || name.StartsWith("System.", StringComparison.Ordinal) || name is "Microsoft.CSharp" or "Microsoft.Win32.Primitives");
}
