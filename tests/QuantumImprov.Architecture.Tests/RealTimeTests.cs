using Mono.Cecil;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using Xunit;

namespace QuantumImprov.Architecture.Tests;

public class RealTimeTests
{
    public static TheoryData<string> Assemblies => [.. House.Assemblies.Select(a => a.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void What_runs_in_the_player_and_the_audio_callback_allocates_locks_waits_and_throws_nothing(string assembly)
    {
        using var module = House.Read(assembly);
        var offences = RealTimeCode.MarkedIn(module).SelectMany(RealTimeCode.Offences).ToList();
        Assert.True(offences.Count == 0, string.Join("\n", offences));
    }

    [Fact]
    public void The_player_and_the_rings_are_marked()
    {
        using var module = House.Read("QuantumImprov.Engine");
        var marked = RealTimeCode.MarkedIn(module).Select(m => $"{m.DeclaringType.Name}.{m.Name}").ToHashSet();
        Assert.Superset(new HashSet<string> { "Player.Turn", "SpscRing`1.TryWrite", "SpscRing`1.TryRead" }, marked);
    }

    [Theory]
    [InlineData(nameof(Offenders.Boxes), "boxes")]
    [InlineData(nameof(Offenders.MakesAnArray), "allocates an array")]
    [InlineData(nameof(Offenders.MakesAnObject), "allocates")]
    [InlineData(nameof(Offenders.Throws), "throws")]
    [InlineData(nameof(Offenders.Locks), "calls System.Threading.Lock")]
    [InlineData(nameof(Offenders.WritesAString), "DefaultInterpolatedStringHandler")]
    [InlineData(nameof(Offenders.Closes), "allocates")]
    [InlineData(nameof(Offenders.CallsUnmarked), "not marked")]
    public void The_rule_bites(string method, string offence)
    {
        using var module = ModuleDefinition.ReadModule(typeof(RealTimeTests).Assembly.Location);
        var offender = RealTimeCode.MarkedIn(module).Single(m => m.Name == method && m.DeclaringType.Name == nameof(Offenders));
        Assert.Contains(RealTimeCode.Offences(offender), o => o.Contains(offence, StringComparison.Ordinal));
    }

    [RealTime]
    internal static class Offenders
    {
        private static readonly Lock Gate = new();

        public static object Boxes(int value) => value;

        public static int[] MakesAnArray(int length) => new int[length];

        public static object MakesAnObject() => new List<int>();

        public static void Throws() => throw new InvalidOperationException();

        public static void Locks()
        {
            lock (Gate)
            {
            }
        }

        public static string WritesAString(int value) => $"{value}";

        public static Func<int> Closes(int value) => () => value;

        public static Tempo CallsUnmarked(Player player)
        {
            player.Panic();
            return default;
        }
    }
}
