namespace QuantumImprov.Engine.Session.Control;

/// <summary>Where the partner's state goes, to light a pad: a controller on the output.</summary>
/// <param name="Controller">The controller, 0 to <see cref="ControlSource.LastController"/>.</param>
/// <param name="Channel">The channel, 1 to 16.</param>
public readonly record struct StateLight(int Controller, int Channel)
{
    /// <summary>The value while nobody plays, the performer plays, an answer is ready, the partner plays.</summary>
    public const int Idle = 0, Listening = 32, Ready = 64, Playing = 127;
}
