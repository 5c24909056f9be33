using System.Runtime.InteropServices;

namespace QuantumImprov.Engine.Playing;

/// <summary>
/// Where a player's memory lies, for native code that runs its turns in place of <see cref="Player.Turn(Music.HostTime, Music.HostTime, IMessageSink)"/>. Valid as
/// long as the player lives. The lengths are <see cref="Player"/>'s constants.
/// </summary>
/// <param name="State">The counters.</param>
/// <param name="Pending">Notes that wait, a binary heap by start.</param>
/// <param name="Sounding">Notes that sound.</param>
/// <param name="Endings">The last note-offs, a circle.</param>
/// <param name="Rules">How the voices follow.</param>
/// <param name="Handed">Notes on their way to the player, <see cref="PlannedNote"/>.</param>
/// <param name="Emitted">What went out, <see cref="Music.TimedMessage"/>.</param>
/// <param name="NewRules">Rules on their way to the player, <see cref="FollowRule"/>.</param>
/// <param name="Signals">What is no music, on its way to the player, <see cref="Music.TimedMessage"/>.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct PlayerMemory(nint State, nint Pending, nint Sounding, nint Endings, nint Rules, RingMemory Handed, RingMemory Emitted, RingMemory NewRules, RingMemory Signals);
