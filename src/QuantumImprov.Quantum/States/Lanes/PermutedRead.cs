namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>
/// How eight lanes are read through a linear index map. When the lanes touch at most two blocks (<see cref="TwoBlocks"/>), <see cref="Pick"/> holds for each of the eight lowest-bit patterns of the address
/// the eight places in the pair of blocks that lie <see cref="Apart"/> from each other.
/// </summary>
internal unsafe struct PermutedRead
{
    internal fixed int Lane[8];
    internal fixed long Pick[64];
    internal int Apart;
    internal bool TwoBlocks;
}
