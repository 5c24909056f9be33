using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Playing;

/// <summary>A note that went out and has not ended.</summary>
/// <param name="Off">When it ends by itself.</param>
/// <param name="Epoch">The answer it belongs to; without meaning where a key holds it.</param>
/// <param name="HeldBy">The performer's key that holds it, as <see cref="Player"/> numbers keys; <see cref="Planned"/> when its own end does.</param>
/// <param name="Channel">0 to 15.</param>
/// <param name="Pitch">0 to 127.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SoundingNote(HostTime Off, int Epoch, int HeldBy, byte Channel, byte Pitch)
{
    public const int Planned = -1;
}
