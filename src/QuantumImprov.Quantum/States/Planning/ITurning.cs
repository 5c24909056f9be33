namespace QuantumImprov.Quantum.States.Planning;

/// <summary>How a sweep mixes pairs; chosen where the kernel is compiled.</summary>
internal interface ITurning
{
    static abstract bool Turns { get; }

    static abstract bool ByTangents { get; }
}

/// <summary>Not at all.</summary>
internal readonly struct Unturned : ITurning
{
    public static bool Turns => false;

    public static bool ByTangents => true;
}

/// <summary>With sines and cosines.</summary>
internal readonly struct Whole : ITurning
{
    public static bool Turns => true;

    public static bool ByTangents => false;
}

/// <summary>With tangents; the cosines come later.</summary>
internal readonly struct Tangents : ITurning
{
    public static bool Turns => true;

    public static bool ByTangents => true;
}
