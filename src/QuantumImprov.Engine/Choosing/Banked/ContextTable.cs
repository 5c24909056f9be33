using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>Contexts whose classes stay as they are: which classes serve where a line stands. Immutable; asking allocates nothing. [engine]</summary>
/// <param name="keys">The <see cref="ContextKey"/> of each class, by its number, all different.</param>
public sealed class ContextTable(IReadOnlyList<int> keys)
{
    private readonly Dictionary<int, int> _classOf = keys.Index().ToDictionary(k => k.Item, k => k.Index);

    /// <summary>Writes the classes that serve where <paramref name="line"/> stands, the closest first, and returns how many, 3 at most.</summary>
    public int Of(MelodicLine line, Span<int> classes)
    {
        var count = ContextKey.WriteClasses(_classOf, line, classes);
        if (_classOf.TryGetValue(ContextKey.Any, out var any)) classes[count++] = any;
        return count;
    }
}
