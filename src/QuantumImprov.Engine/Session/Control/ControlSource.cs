namespace QuantumImprov.Engine.Session.Control;

/// <summary>What is moved: a controller (a knob, a fader, a pedal) or a key or pad that sends a note.</summary>
/// <param name="IsNote">Whether it sends a note; else it sends a controller.</param>
/// <param name="Number">The controller, 0 to <see cref="LastController"/>, or the pitch, 0 to 127.</param>
/// <param name="Channel">The channel, 1 to 16; 0: any.</param>
public readonly record struct ControlSource(bool IsNote, int Number, int Channel = 0)
{
    /// <summary>The last controller that can be bound: those above it are channel mode messages, which are always obeyed.</summary>
    public const int LastController = 119;

    /// <inheritdoc/>
    public override string ToString() => $"{(IsNote ? "note" : "controller")} {Number}{(Channel == 0 ? "" : $" on channel {Channel}")}";
}
