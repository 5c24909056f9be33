namespace QuantumImprov.Engine.Music;

/// <summary>A tonic and a mode. <c>default</c> is C major.</summary>
/// <param name="Tonic">Pitch class of the tonic, 0 (C) to 11 (B).</param>
/// <param name="Mode">Major or minor.</param>
public readonly record struct Key(int Tonic, Mode Mode)
{
    private const int MajorScale = 0b1010_1011_0101, MinorScale = 0b1111_1010_1101;
    private static readonly string[] Names = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

    /// <summary>Semitones of <paramref name="pitch"/> above the tonic, 0 to 11.</summary>
    public int Degree(int pitch) => ((pitch - Tonic) % 12 + 12) % 12;

    /// <summary>Whether <paramref name="pitch"/> belongs to the scale: major, or natural minor with its raised sixth and seventh.</summary>
    public bool Holds(int pitch) => ((Mode == Mode.Major ? MajorScale : MinorScale) >> Degree(pitch) & 1) != 0;

    /// <summary>The name, such as <c>G major</c>.</summary>
    public override string ToString() => $"{Names[(Tonic % 12 + 12) % 12]} {(Mode == Mode.Major ? "major" : "minor")}";
}
