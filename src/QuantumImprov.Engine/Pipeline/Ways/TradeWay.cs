using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;

namespace QuantumImprov.Engine.Pipeline.Ways;

/// <summary>
/// Turns of so many bars, from bar line to bar line. The performer's first key begins them: with the bar it falls into or, late in a bar, with the next. What was played in his turn is answered in the
/// partner's, decided at the last moment at which its first note can still be on time; what he plays into the partner's turn is learned and not answered. When he lets a whole turn of his pass, the
/// trading is over, until his next key. [engine]
/// </summary>
internal sealed class TradeWay(IFloor floor, WayRules rules) : Way(floor)
{
    private const long Lead = 60_000_000;
    private const int Percussion = 9, HighBlock = 76, LowBlock = 77, CountVelocity = 90;

    // A key this close to the next bar line means that one.
    private static readonly Beats PickUp = new(Beats.PerQuarter / 2);

    private Beats? _partner, _performer;
    private bool _heardNothing;

    /// <summary>How long before its bar line a turn is decided, in nanoseconds: as late as its first note allows.</summary>
    internal static long LeadOf(PlanAhead ahead) => Lead + ahead.Latency.Longest;

    internal override HostTime Due =>
        _performer is { } line ? Floor.Timeline.ToHost(line) : _partner is { } start ? Floor.Timeline.ToHost(start).Plus(-LeadOf(Floor.Ahead)) : HostTime.Never;

    internal override bool ClosesPhrase => _partner is null && _performer is null;

    internal override bool CallEndCloses => false;

    internal override Reading TurnReads => Floor.HasNotes ? Reading.Whole : Reading.Nothing;

    internal override void Turn(HostTime now)
    {
        if (_performer is not null) TakeBack(now);
        else Give(now);
    }

    internal override void KeyDown(in KeyEvent key)
    {
        if (Floor.IsPhraseTaken) Floor.BeginPhrase();
        if (_partner is null && _performer is null) Begin(key.At);
    }

    // Silence within a turn is part of it.
    internal override void PhraseEnded(HostTime now)
    {
        if (_partner is null && _performer is null) Floor.Close(now);
        else Floor.GoOn();
    }

    // The performer gives his turn away: the partner's begins with the next bar.
    internal override void CallEnded(HostTime now)
    {
        if (_partner is not { } line) return;
        var next = NextBar(now.Plus(LeadOf(Floor.Ahead)));
        if (next < line) _partner = next;
    }

    internal override void Mutate(HostTime now)
    {
        if (_performer is not { } line || NextBar(now.Plus(Floor.Ahead.Latency.Longest)) is var start && start >= line) return;
        Floor.Ahead.Drop();
        Floor.Answering.AnswerAgain(Floor.Call, start, Floor.Timeline, now, Floor.Ahead, (int)Math.Max(1, (line - start).Ticks / Floor.Timeline.Metre.Bar.Ticks));
    }

    internal override void Leave()
    {
        (_partner, _performer) = (null, null);
        Floor.Ahead.Drop();
    }

    private Beats NextBar(HostTime at) => Floor.Timeline.BarOrigin + (Floor.Timeline.ToBeats(at) - Floor.Timeline.BarOrigin).Ceiling(Floor.Timeline.Metre.Bar);

    private Beats Bars => Floor.Timeline.Metre.Bar * rules.Bars;

    private void Begin(HostTime at)
    {
        if (!Floor.TempoKnown) Floor.BeginBars(at);
        var (beats, bar) = (Floor.Timeline.ToBeats(at), Floor.Timeline.Metre.Bar);
        var line = Floor.Timeline.BarOrigin + (beats + PickUp - Floor.Timeline.BarOrigin).Floor(bar);
        _heardNothing = false;
        if (!rules.PartnerFirst)
        {
            _partner = line + Bars;
            return;
        }

        // The key asked for it: counted in, the partner begins at the next bar line that leaves time to decide.
        var start = line + bar * Math.Max(1, rules.CountIn);
        if (line < beats) start += bar;
        for (var at10 = start - bar * rules.CountIn; at10 < start; at10 += Floor.Timeline.Metre.Beat) Count(at10, at10 == start - bar * rules.CountIn, at);
        _partner = start;
    }

    private void Count(Beats at, bool first, HostTime now)
    {
        if (Floor.IsMuted) return;
        var on = Floor.Timeline.ToHost(at);
        on = on.Plus(-Math.Clamp(on.Since(now), 0, Floor.Ahead.Latency.Of(CountVelocity)));
        Floor.Player.TryHand(new PlannedNote(on, on.PlusSeconds(.05), Percussion, (byte)(first ? HighBlock : LowBlock), CountVelocity, Floor.Player.Epoch));
    }

    // The partner's turn: what was played in the performer's is its call.
    private void Give(HostTime now)
    {
        var start = _partner!.Value;
        _partner = null;
        var heard = Floor.HasNotes;
        if (!heard && _heardNothing)
        {
            _heardNothing = false;
            return;
        }

        _heardNothing = !heard;
        var key = heard ? Floor.Close(now) : Floor.Answering.FixedKey ?? Floor.Learned.Performer.Key.Key;
        Floor.Answering.Answer(Floor.Call, start, Floor.Timeline, key, now, Floor.Ahead, rules.Bars);
        _performer = start + Bars;
    }

    // The performer's turn again: what he played meanwhile is a phrase of its own.
    private void TakeBack(HostTime now)
    {
        _partner = _performer!.Value + Bars;
        _performer = null;
        if (!Floor.HasNotes) return;
        Floor.Close(now);
        Floor.BeginPhrase();
    }
}
