using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Storage.Journal;

/// <summary>Turns what a session's clock saw into musical time.</summary>
internal static class SessionPerformance
{
    /// <summary>What a remark on a note begins with.</summary>
    internal const string NoteRemark = "note ";

    private const int PerformerTrack = 0, PartnerTrack = 1, SustainPedal = 64;

    // Bar lines that lie nearer than a 32nd note to where they are expected stay unmarked: a followed beat drifts all the time.
    private static readonly Beats Drift = Beats.Of(1, 8);

    private readonly record struct Stretch(HostTime From, Beats Start, Beats Shift, Timeline Timeline)
    {
        internal Beats At(HostTime time) => Timeline.ToBeats(time) + Shift;
    }

    internal static Performance From(SessionRecord record)
    {
        var heard = Heard(record);
        var stretches = Stretches(record.Timelines, heard.Count > 0 ? heard[0].At : record.Header.ClockOrigin);
        var messages = ImmutableArray.CreateBuilder<PartMessage>(heard.Count);
        var stretch = 0;
        foreach (var (at, track, message) in heard)
        {
            while (stretch + 1 < stretches.Length && stretches[stretch + 1].From <= at) stretch++;
            messages.Add(new PartMessage(stretches[stretch].At(at), track, message));
        }

        AddEnds(messages, Beats.Max(stretches[^1].At(record.Latest), messages.Count > 0 ? messages[^1].At : Beats.Zero));
        return new Performance
        {
            Map = Map(stretches),
            StatesTempo = true,
            StatesMetre = true,
            TrackNames = ["performer", "partner"],
            Messages = messages.ToImmutable(),
            Texts = Texts(record, stretches),
            End = messages.Count > 0 ? messages[^1].At : Beats.Zero,
        };
    }

    // Where the partner's notes came from, when not everything was chosen here.
    private static ImmutableArray<PartText> Texts(SessionRecord record, ImmutableArray<Stretch> stretches) =>
    [
        .. record.Remarks.Where(r => r.Text.StartsWith(NoteRemark, StringComparison.Ordinal)).OrderBy(r => r.At)
            .Select(r => new PartText(stretches.Last(s => s.From <= r.At || s == stretches[0]).At(r.At), PartnerTrack, r.Text[NoteRemark.Length..])),
    ];

    // What a Standard MIDI File can say; of one instant the performer comes first, because the partner answers.
    private static List<(HostTime At, int Track, ShortMessage Message)> Heard(SessionRecord record) =>
        [.. record.Performer.Select(m => (m.At, PerformerTrack, m.Message)).Concat(record.Partner.Select(m => (m.At, PartnerTrack, m.Message)))
            .Where(m => m.Message is { Status: >= 0x80 and < 0xF0, Data1: < 0x80, Data2: < 0x80 })
            .OrderBy(m => m.At)];

    // Each timeline goes on from the beat the former one had come to. The first in use decides where the bars are counted from.
    private static ImmutableArray<Stretch> Stretches(ImmutableArray<TimelineSegment> timelines, HostTime firstHeard)
    {
        var used = 0;
        while (used + 1 < timelines.Length && timelines[used + 1].From <= firstHeard) used++;
        var first = timelines[used].Timeline;
        var bar = first.Metre.Bar;
        var earliest = Beats.Min(first.ToBeats(firstHeard), Beats.Zero);
        var toBarLine = Beats.Zero - (first.BarOrigin + (earliest - first.BarOrigin).Floor(bar));

        var stretches = ImmutableArray.CreateBuilder<Stretch>(timelines.Length - used);
        stretches.Add(new Stretch(timelines[used].From, Beats.Zero, toBarLine, first));
        foreach (var (from, timeline) in timelines.AsSpan()[(used + 1)..])
        {
            var reached = stretches[^1].At(from);
            stretches.Add(new Stretch(from, reached, reached - timeline.ToBeats(from), timeline));
        }

        return stretches.ToImmutable();
    }

    private static TempoMap Map(ImmutableArray<Stretch> stretches)
    {
        var tempos = ImmutableArray.CreateBuilder<TempoChange>();
        var metres = ImmutableArray.CreateBuilder<MetreChange>();
        tempos.Add(new TempoChange(Beats.Zero, stretches[0].Timeline.Tempo));
        metres.Add(new MetreChange(Beats.Zero, stretches[0].Timeline.Metre));
        for (var i = 1; i < stretches.Length; i++)
        {
            var (_, start, shift, timeline) = stretches[i];
            if (timeline.Tempo != tempos[^1].Tempo) tempos.Add(new TempoChange(start, timeline.Tempo));
            var (counted, metre) = metres[^1];
            var bar = timeline.Metre.Bar;
            var barOrigin = timeline.BarOrigin + shift;
            var offBy = (barOrigin - counted).Modulo(bar);
            if (metre == timeline.Metre && Beats.Min(offBy, bar - offBy) < Drift) continue;
            var line = barOrigin + (start - barOrigin).Ceiling(bar);
            if (i + 1 == stretches.Length || line < stretches[i + 1].Start) metres.Add(new MetreChange(line, timeline.Metre));
        }

        return new TempoMap(tempos.ToImmutable(), metres.ToImmutable());
    }

    // A session that died left notes sounding; in a file they would sound for ever.
    private static void AddEnds(ImmutableArray<PartMessage>.Builder messages, Beats at)
    {
        var down = new SortedSet<(int Track, int Channel, int Pitch)>();
        var pedals = new SortedSet<(int Track, int Channel)>();
        foreach (var (_, track, message) in messages)
        {
            if (message.IsNoteOn) down.Add((track, message.Channel, message.Data1));
            else if (message.IsNoteOff) down.Remove((track, message.Channel, message.Data1));
            else if (message.Kind == 0xB0 && message.Data1 == SustainPedal && message.Data2 >= 64) pedals.Add((track, message.Channel));
            else if (message.Kind == 0xB0 && message.Data1 == SustainPedal) pedals.Remove((track, message.Channel));
        }

        foreach (var (track, channel, pitch) in down) messages.Add(new PartMessage(at, track, ShortMessage.NoteOff(channel, pitch)));
        foreach (var (track, channel) in pedals) messages.Add(new PartMessage(at, track, ShortMessage.Control(channel, SustainPedal, 0)));
    }
}
