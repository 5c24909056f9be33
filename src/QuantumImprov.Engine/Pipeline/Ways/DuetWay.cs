using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Pipeline.Ways;

/// <summary>
/// Both play. From the bar line after the performer's first key on, the partner decides each bar shortly before it begins, by what the performer played in the bar before: it fills where he rested,
/// thins where he was busy, keeps out of his register, and comes home every fourth bar. Two bars after his last note it ends. [engine]
/// </summary>
internal sealed class DuetWay(IFloor floor) : Way(floor)
{
    private const int BarsAPhrase = 4, BarsOfSilence = 2;

    private Beats? _next;
    private int _bar, _silent;

    internal override HostTime Due => _next is { } line ? Floor.Timeline.ToHost(line).Plus(-TradeWay.LeadOf(Floor.Ahead)) : HostTime.Never;

    internal override Reading TurnReads => Reading.WhatIsOver;

    internal override void Turn(HostTime now)
    {
        var start = _next!.Value;
        var bar = Floor.Timeline.Metre.Bar;
        Floor.ListenIn(now);
        var busy = Busy(start - bar, start);
        _silent = busy > 0 ? 0 : _silent + 1;
        var last = _silent >= BarsOfSilence;
        var homeward = last || _bar % BarsAPhrase == BarsAPhrase - 1;
        Floor.Answering.Accompany(Floor.Call, start, Floor.Timeline, Floor.JudgeKey(ended: false), busy, homeward, now, Floor.Ahead);
        _bar++;
        _next = last ? null : start + bar;
    }

    internal override void KeyDown(in KeyEvent key)
    {
        if (Floor.IsPhraseTaken) Floor.BeginPhrase();
        if (_next is not null) return;
        if (!Floor.TempoKnown) Floor.BeginBars(key.At);
        var (timeline, bar) = (Floor.Timeline, Floor.Timeline.Metre.Bar);
        (_bar, _silent) = (0, 0);
        _next = timeline.BarOrigin + (timeline.ToBeats(key.At) - timeline.BarOrigin).Floor(bar) + bar;
    }

    internal override void PhraseEnded(HostTime now) => Floor.Close(now);

    internal override void Leave()
    {
        _next = null;
        Floor.Ahead.Drop();
    }

    // Notes a felt beat between two places.
    private double Busy(Beats from, Beats until)
    {
        var count = 0;
        foreach (var note in Floor.Call.Notes) count += note.Onset >= from && note.Onset < until ? 1 : 0;
        return count * (double)Floor.Timeline.Metre.Beat.Ticks / (until - from).Ticks;
    }
}
