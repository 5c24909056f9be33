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

    private const int BarsAtATime = 4, Down = 64;
    private Beats? _next;

    internal override HostTime Due => _next is { } start ? Floor.Timeline.ToHost(start).Plus(-TradeWay.Lead) : HostTime.Never;

    internal override void Turn(HostTime now) => Play(_next!.Value, now);

    internal override void Hear(in TimedMessage message)
    {
        var m = message.Message;
        if (m.Kind != 0xB0 || m.Data1 != Pedal) return;
        if (m.Data2 >= Down && _next is null)
        {
            if (Floor.HasNotes && !Floor.IsPhraseTaken) Floor.Close(message.At);
            Play(Floor.Timeline.NextBeat(Floor.Timeline.ToBeats(message.At.Plus(-Entrance.BeatGrace))), message.At);
        }
        else if (m.Data2 < Down && _next is not null)
        {
            _next = null;
            Floor.Ahead.Drop();
        }
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
        Floor.Answering.Answer(Floor.Call, start, Floor.Timeline, Floor.Learned.KeyFor(Floor.Call, Floor.Timeline), now, Floor.Ahead, BarsAtATime);
        _next = start + Floor.Timeline.Metre.Bar * BarsAtATime;
    }
}
