using Mono.Cecil;
using Mono.Cecil.Cil;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Architecture.Tests;

/// <summary>
/// Reads compiled code and says what a member marked <see cref="RealTimeAttribute"/> does that it must not: allocate, box, throw, lock, wait, log, or call a member of
/// this house that is not marked itself.
/// </summary>
internal static class RealTimeCode
{
    private static readonly string[] Forbidden =
    [
        "System.Threading.Monitor", "System.Threading.Lock", "System.Threading.Tasks.", "System.Threading.Thread", "System.Threading.SemaphoreSlim", "System.Threading.WaitHandle",
        "System.Console", "System.String", "System.Linq.", "System.IO.", "System.Text.", "System.Diagnostics.", "System.Collections.Generic.List`1", "System.Collections.Generic.Dictionary`2",
        "System.Collections.Concurrent.", "System.Reactive.", "System.GC", "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler",
    ];

    /// <summary>Looking at the clock and at what this thread has allocated costs nothing and is how the callback measures itself.</summary>
    private static readonly string[] Allowed = ["System.TimeProvider", "System.GC::GetAllocatedBytesForCurrentThread", "System.Diagnostics.Stopwatch::GetTimestamp"];

    public static IEnumerable<MethodDefinition> MarkedIn(ModuleDefinition module) =>
        module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody && IsMarked(method) && !IsCompilerGenerated(method));

    public static IEnumerable<string> Offences(MethodDefinition method)
    {
        foreach (var instruction in method.Body.Instructions)
        {
            if (Offence(instruction) is { } offence) yield return $"{method.FullName} {offence}";
        }
    }

    private static string? Offence(Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Newarr:
                return $"allocates an array of {instruction.Operand}";
            case Code.Box:
                return $"boxes {instruction.Operand}";
            case Code.Throw or Code.Rethrow:
                return "throws";
            case Code.Newobj when instruction.Operand is MethodReference constructor && !IsValueType(constructor.DeclaringType):
                return $"allocates {constructor.DeclaringType.FullName}";
            case Code.Call or Code.Callvirt or Code.Ldftn or Code.Newobj when instruction.Operand is MethodReference called:
                return CallOffence(called);
            default:
                return null;
        }
    }

    private static string? CallOffence(MethodReference called)
    {
        var name = $"{called.DeclaringType.GetElementType().FullName}::{called.Name}";
        if (Allowed.Any(a => name.StartsWith(a, StringComparison.Ordinal))) return null;
        if (Forbidden.Any(f => name.StartsWith(f, StringComparison.Ordinal))) return $"calls {name}";
        if (!called.DeclaringType.FullName.StartsWith("QuantumImprov.", StringComparison.Ordinal)) return null;
        // Generated members of records and of value types only read and write fields; calls through an interface are held by the rule on its implementations.
        if (called.Resolve() is not { } definition || definition.DeclaringType.IsInterface || IsMarked(definition)) return null;
        if (definition.DeclaringType.IsValueType || IsCompilerGenerated(definition) || definition.IsPInvokeImpl) return null;
        return $"calls {definition.FullName}, which is not marked";
    }

    private static bool IsValueType(TypeReference type) => type.IsValueType || type.Resolve() is { IsValueType: true };

    private static bool IsMarked(MethodDefinition method) =>
        Has(method, nameof(RealTimeAttribute))
        || Has(method.DeclaringType, nameof(RealTimeAttribute))
        || method.DeclaringType.Properties.Any(p => (p.GetMethod == method || p.SetMethod == method) && Has(p, nameof(RealTimeAttribute)));

    private static bool IsCompilerGenerated(MethodDefinition method) => Has(method, "CompilerGeneratedAttribute");

    private static bool Has(ICustomAttributeProvider member, string attribute) => member.HasCustomAttributes && member.CustomAttributes.Any(a => a.AttributeType.Name == attribute);
}
