using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Pipeline.Ways;

/// <summary>A way of playing together: decides when the partner plays, and what happens to it when the performer does. Allocates nothing once it is entered. [engine]</summary>
internal abstract class Way(IFloor floor)
{
    /// <summary>What it may do.</summary>
    protected IFloor Floor { get; } = floor;

    /// <summary>Whether <see cref="PhraseEnded"/> closes the phrase now.</summary>
    internal virtual bool ClosesPhrase => true;

    /// <summary>Whether <see cref="CallEnded"/> closes the phrase now.</summary>
    internal virtual bool CallEndCloses => ClosesPhrase;

    /// <summary>Whether <see cref="Hear"/> closes the phrase, if one is open, when it sees <paramref name="message"/>.</summary>
    internal virtual bool IsClosedBy(ShortMessage message) => false;

    /// <summary>What <see cref="Turn"/> will read, and so learn, of the phrase now.</summary>
    internal virtual Reading TurnReads => Reading.Nothing;

    /// <summary>It takes the place of another, or of itself after it had left.</summary>
    internal virtual void Enter()
    {
    }

    /// <summary>When <see cref="Turn"/> is next needed if nothing comes in.</summary>
    internal virtual HostTime Due => HostTime.Never;

    /// <summary>Does what is due at <paramref name="now"/>.</summary>
    internal virtual void Turn(HostTime now)
    {
    }

    /// <summary>Sees a message that moved no key.</summary>
    internal virtual void Hear(in TimedMessage message)
    {
    }

    /// <summary>The performer's key went down.</summary>
    internal abstract void KeyDown(in KeyEvent key);

    /// <summary>The performer's phrase is over at <paramref name="now"/>.</summary>
    internal abstract void PhraseEnded(HostTime now);

    /// <summary>The performer says at <paramref name="now"/> that his call is over.</summary>
    internal virtual void CallEnded(HostTime now) => PhraseEnded(now);

    /// <summary>What the partner plays, or played last, is to be drawn anew at <paramref name="now"/>; the performer is in no phrase. A way that draws bar by bar does so anyway.</summary>
    internal virtual void Mutate(HostTime now)
    {
    }

    /// <summary>The partner was muted, or is not any more; see <see cref="IFloor.IsMuted"/>.</summary>
    internal virtual void MuteChanged()
    {
    }

    /// <summary>Another way takes its place, or everything is silenced.</summary>
    internal virtual void Leave()
    {
    }
}
