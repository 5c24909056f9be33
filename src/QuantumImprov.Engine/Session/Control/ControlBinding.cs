namespace QuantumImprov.Engine.Session.Control;

/// <summary>A control and what moving it asks for.</summary>
/// <param name="Source">What is moved.</param>
/// <param name="Target">What it asks for.</param>
/// <param name="Form">How; one of the target's <see cref="ControlTarget.Forms"/>.</param>
/// <param name="Value">The number a press gives.</param>
public sealed record ControlBinding(ControlSource Source, ControlTarget Target, ControlForm Form, double Value)
{
    /// <summary>A control bound as its target suggests.</summary>
    public ControlBinding(ControlSource source, ControlTarget target)
        : this(source, target, target.Form, target.Value)
    {
    }
}
