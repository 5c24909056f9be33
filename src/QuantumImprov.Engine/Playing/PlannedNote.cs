using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Playing;

/// <summary>A note on its way to the player.</summary>
/// <param name="On">When it starts.</param>
/// <param name="Off">When it ends; after <paramref name="On"/>.</param>
/// <param name="Channel">0 to 15.</param>
/// <param name="Pitch">0 to 127.</param>
/// <param name="Velocity">1 to 127.</param>
/// <param name="Epoch">The answer it belongs to: a newer epoch silences it.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct PlannedNote(HostTime On, HostTime Off, byte Channel, byte Pitch, byte Velocity, int Epoch);
