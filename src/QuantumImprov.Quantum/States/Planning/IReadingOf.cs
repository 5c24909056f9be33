namespace QuantumImprov.Quantum.States.Planning;

/// <summary>How a sweep reads its lanes; chosen where the kernel is compiled.</summary>
internal interface IReadingOf
{
    static abstract bool TwoBlocks { get; }
}

/// <summary>From two blocks, by one permutation of both.</summary>
internal readonly struct FromTwoBlocks : IReadingOf
{
    public static bool TwoBlocks => true;
}

/// <summary>From anywhere, one by one.</summary>
internal readonly struct FromAnywhere : IReadingOf
{
    public static bool TwoBlocks => false;
}
