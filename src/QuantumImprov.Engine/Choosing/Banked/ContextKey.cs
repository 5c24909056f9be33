namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>The numbers that contexts of classes have, in editions and files: a pitch alone, a pair of pitches, or any. Pure.</summary>
public static class ContextKey
{
    /// <summary>Any context.</summary>
    public const int Any = int.MaxValue;

    /// <summary>The context after <paramref name="pitch"/>, 0 to 127.</summary>
    public static int After(int pitch) => pitch;

    /// <summary>The context after <paramref name="before"/> and then <paramref name="last"/>, 0 to 127.</summary>
    public static int After(int before, int last) => ((before + 1) << 8) | last;
}
