using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Pipeline.Ways;

/// <summary>Each phrase is answered when it is over; an answer that sounds stops when the performer plays. [engine]</summary>
internal sealed class AnswerWay(IFloor floor) : Way(floor)
{
    // The performer plays: if no note of the answer has begun to sound, the phrase was only drawing breath and goes on.
    internal override void KeyDown(in KeyEvent key)
    {
        if (!Floor.IsPhraseTaken) return;
        if (Floor.MayResume && Floor.Ahead.IsActive && key.At < Floor.Ahead.FirstSound(Floor.Timeline)) Floor.ResumePhrase();
        else Floor.BeginPhrase();
        Floor.Ahead.Interrupt(key.At, Floor.Timeline);
    }

    internal override void PhraseEnded(HostTime now)
    {
        var key = Floor.Close(now);
        var entrance = Floor.EndIsCertain ? Entrance.Downbeat(Floor.LastActivity, Heard(now), Floor.Timeline) : Entrance.After(Floor.LastActivity, Heard(now), Floor.Timeline);
        Answer(key, entrance, now);
    }

    // At the next beat, however long the partner would otherwise have waited to be sure.
    internal override void CallEnded(HostTime now)
    {
        var key = Floor.Close(now);
        Answer(key, Entrance.Soonest(Floor.LastActivity, Heard(now), Floor.Timeline), now);
    }

    internal override void Mutate(HostTime now)
    {
        Floor.Ahead.Drop();
        Floor.Answering.AnswerAgain(Floor.Call, Floor.Timeline.NextStrongBeat(Floor.Timeline.ToBeats(Heard(now))), Floor.Timeline, now, Floor.Ahead);
    }

    internal override void Leave() => Floor.Ahead.Drop();

    // A beat that the output can no longer reach is not the next one.
    private HostTime Heard(HostTime now) => now.Plus(Floor.Ahead.Latency.Longest);

    private void Answer(Key key, Entrance entrance, HostTime now)
    {
        Floor.Answering.Answer(Floor.Call, entrance.Start, Floor.Timeline, key, now, Floor.Ahead);
        Floor.Ahead.Anticipate(entrance.Start, entrance.First);
    }
}
