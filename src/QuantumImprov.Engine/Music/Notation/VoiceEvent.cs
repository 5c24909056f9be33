using System.Collections.Immutable;

namespace QuantumImprov.Engine.Music.Notation;

/// <summary>A note, chord or rest as it stands in the text.</summary>
/// <param name="Notes">Its pitches, ascending, with their velocities; empty for a rest.</param>
/// <param name="Ticks">Its length.</param>
/// <param name="Tie">Whether it is tied to what follows.</param>
/// <param name="Token">Where it stands.</param>
/// <param name="SetsVelocity">Whether a velocity of its own is written onto it.</param>
internal sealed record VoiceEvent(ImmutableArray<(Pitch Pitch, byte Velocity)> Notes, long Ticks, bool Tie, Token Token, bool SetsVelocity)
{
    /// <summary>Whether a tie leads into it, so that it lengthens what was before it.</summary>
    public bool Continues { get; set; }

    public bool HasPitchesOf(VoiceEvent other) => Notes.Select(n => n.Pitch).SequenceEqual(other.Notes.Select(n => n.Pitch));

    public string Names => string.Join(' ', Notes.Select(n => n.Pitch.ToString()));
}

/// <summary>A bar as it stands in the text.</summary>
internal sealed class WrittenBar(Token first)
{
    public Token First { get; } = first;

    public List<List<VoiceEvent>> Voices { get; } = [[]];

    /// <summary>Whether something in it could not be read, so that its length says nothing.</summary>
    public bool IsFaulty { get; set; }

    public bool StartsRepeat { get; set; }

    public bool EndsRepeat { get; set; }
}
