using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Jack.Native;

/// <summary>A message for the synth and the position at which it is to be obeyed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FedMessage(long Position, ShortMessage Message);
