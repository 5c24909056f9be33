using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Stage;

/// <summary>
/// What the stage knows of the session behind it. Calls come from server threads, possibly several at once; they must return at once and throw nothing.
/// </summary>
public interface IStageSession : IHostClock
{
    /// <summary>A page played <paramref name="message"/>, a channel message, at <paramref name="at"/>: never later than now, at most two seconds ago, never earlier than that page's last message.</summary>
    void Hear(HostTime at, ShortMessage message);

    /// <summary>A performer asked for silence, now. The stage has already told every page to be silent; everything else is the session's.</summary>
    void Panic();

    /// <summary>A performer asked to forget the phrase being played, or else the last one.</summary>
    void Forget();

    /// <summary>A performer asked to keep only the last <paramref name="phrases"/> (0 or more) of what was played.</summary>
    void Keep(int phrases);

    /// <summary>A performer asked to go back to what a fresh install knows.</summary>
    void Clear();
}
