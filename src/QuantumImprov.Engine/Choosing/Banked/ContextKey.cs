using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>The numbers that contexts of classes have, in editions and files: a pitch alone, a pair of pitches, or any. [engine]</summary>
public static class ContextKey
{
    /// <summary>Any context.</summary>
    public const int Any = int.MaxValue;

    /// <summary>The context after <paramref name="before"/> and then <paramref name="last"/>, 0 to 127; after one pitch alone it is that pitch.</summary>
    public static int After(int before, int last) => ((before + 1) << 8) | last;

    /// <summary>Writes the classes of the contexts in which <paramref name="line"/> stands, the closest first and <see cref="Any"/> not among them, and returns how many, 2 at most.</summary>
    internal static int WriteClasses(Dictionary<int, int> classOf, MelodicLine line, Span<int> classes)
    {
        var count = 0;
        if (line.Remembered >= 2 && classOf.TryGetValue(After(line.Recent(1), line.Recent(0)), out var pair)) classes[count++] = pair;
        if (line.Remembered >= 1 && classOf.TryGetValue(line.Recent(0), out var last)) classes[count++] = last;
        return count;
    }
}
