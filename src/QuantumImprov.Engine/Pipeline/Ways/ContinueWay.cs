using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Pipeline.Ways;

/// <summary>
/// While the soft pedal is down the partner goes on in the performer's place: from the next beat on, in his manner, four bars at a time, whatever is played meanwhile. When it comes up the partner
/// stops. [engine]
/// </summary>
internal sealed class ContinueWay(IFloor floor) : Way(floor)
{
    /// <summary>The soft pedal.</summary>
    internal const int Pedal = 67;

    private const int BarsAtATime = 4, Down = 64, ResetControllers = 121;
    private Beats? _next;

    internal override HostTime Due => _next is { } start ? Floor.Timeline.ToHost(start).Plus(-TradeWay.LeadOf(Floor.Ahead)) : HostTime.Never;

    internal override void Turn(HostTime now) => Play(_next!.Value, now);

    internal override bool IsClosedBy(ShortMessage message) => !IsPlaying && IsPedalDown(message);

    internal override void Hear(in TimedMessage message)
    {
        var m = message.Message;
        if (m.Kind != 0xB0) return;
        if (IsPedalDown(m)) Begin(message.At);
        else if (m.Data1 is Pedal or ResetControllers) End();
    }

    private static bool IsPedalDown(ShortMessage m) => m.Kind == 0xB0 && m.Data1 == Pedal && m.Data2 >= Down;

    /// <summary>Whether the partner plays in the performer's place.</summary>
    internal bool IsPlaying => _next is not null;

    /// <summary>Goes on in the performer's place from the next beat on.</summary>
    internal void Begin(HostTime now)
    {
        if (IsPlaying) return;
        if (Floor.HasNotes && !Floor.IsPhraseTaken) Floor.Close(now);
        Play(Floor.Timeline.NextBeat(Floor.Timeline.ToBeats(now.Plus(Floor.Ahead.Latency.Longest - Entrance.BeatGrace))), now);
    }

    /// <summary>Stops.</summary>
    internal void End()
    {
        if (IsPlaying) Leave();
    }

    internal override void Mutate(HostTime now)
    {
        if (!IsPlaying) return;
        Floor.Ahead.Drop();
        Play(Floor.Timeline.NextStrongBeat(Floor.Timeline.ToBeats(now.Plus(Floor.Ahead.Latency.Longest))), now);
    }

    internal override void KeyDown(in KeyEvent key)
    {
        if (Floor.IsPhraseTaken) Floor.BeginPhrase();
    }

    internal override void PhraseEnded(HostTime now) => Floor.Close(now);

    internal override void Leave()
    {
        _next = null;
        Floor.Ahead.Drop();
    }

    private void Play(Beats start, HostTime now)
    {
        Floor.Answering.Answer(Floor.Call, start, Floor.Timeline, Floor.JudgeKey(ended: false), now, Floor.Ahead, BarsAtATime);
        _next = Floor.Answering.Plan.End;
    }
}
