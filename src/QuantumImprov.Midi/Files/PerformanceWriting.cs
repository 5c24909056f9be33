using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Files;

/// <summary>From what was played to a file; the way back is <see cref="PerformanceReading"/>.</summary>
public static class PerformanceWriting
{
    /// <summary>Ticks a quarter note unless asked otherwise: 21 ticks of <see cref="Beats"/> each, so that multiples of 21 come back exact.</summary>
    public const int DefaultTicksPerQuarter = 960;

    /// <summary>
    /// A file of format 1 with one track a part, by number and with its name, and tempo and metre in the first of them; or, with <paramref name="conductor"/>, in a
    /// track of their own before the parts. All tracks end together, at <see cref="Performance.End"/> or at the last message.
    /// <para>Times are rounded to the nearest tick; what lies before zero is written at zero. At one tick of a track a note that was sounding ends before another begins,
    /// and everything else keeps its order. Messages that are no channel messages are left out: a file has no place for them. [any]</para>
    /// </summary>
    /// <exception cref="ArgumentException">
    /// <paramref name="ticksPerQuarter"/> outside 1 to 32,767, a part outside 0 to 65,533, a data byte above 127, or a performance
    /// longer than <see cref="MidiFile.LongestQuarters"/>.
    /// </exception>
    public static MidiFile ToMidiFile(this Performance performance, bool conductor = false, int ticksPerQuarter = DefaultTicksPerQuarter)
    {
        var division = Division.PerQuarter(ticksPerQuarter);
        var names = performance.TrackNames.IsDefault ? [] : performance.TrackNames;
        var parts = Parts(performance, names.Length);
        var end = Tick(division, End(performance));
        var map = MapEvents(performance.Map, division);

        var tracks = ImmutableArray.CreateBuilder<MidiFileTrack>();
        if (conductor) tracks.Add(Track("", map, [], division, end));
        for (var part = 0; part < parts.Length; part++)
        {
            var carriesMap = part == 0 && !conductor;
            tracks.Add(Track(part < names.Length ? names[part] : "", WithTexts(carriesMap ? map : [], performance, part, division), parts[part], division, end));
        }

        return new MidiFile(MidiFileFormat.Together, division, tracks.ToImmutable());
    }

    private static List<MidiFileEvent> WithTexts(List<MidiFileEvent> map, Performance performance, int part, Division division) => performance.Texts.IsDefaultOrEmpty
        ? map
        : [.. map.Concat(performance.Texts.Where(t => t.Track == part).Select(t => MidiFileEvent.Text(Tick(division, t.At), MetaType.Text, t.Text))).OrderBy(e => e.Tick)];

    private static List<PartMessage>[] Parts(Performance performance, int named)
    {
        var count = Math.Max(1, named);
        foreach (var message in performance.Messages)
        {
            if (message.Track is < 0 or > MidiFile.MostTracks - 2)
            {
                throw new ArgumentException($"A message belongs to part {message.Track}; allowed is 0 to {MidiFile.MostTracks - 2}.", nameof(performance));
            }

            count = Math.Max(count, message.Track + 1);
        }

        var parts = new List<PartMessage>[count];
        for (var part = 0; part < count; part++) parts[part] = [];
        foreach (var message in performance.Messages.OrderBy(message => message.At))
        {
            if (message.Message.Kind is >= 0x80 and < 0xF0) parts[message.Track].Add(message);
        }

        return parts;
    }

    private static Beats End(Performance performance)
    {
        var times = performance.Messages.Select(message => message.At)
            .Concat(performance.Map.Tempos.Select(change => change.At))
            .Concat(performance.Map.Metres.Select(change => change.At))
            .Concat(performance.Texts.IsDefault ? [] : performance.Texts.Select(text => text.At));
        var end = times.Append(performance.End).Max();
        return end <= Beats.Of(MidiFile.LongestQuarters)
            ? end
            : throw new ArgumentException($"The performance lasts {end.Quarters:0} quarter notes; allowed are {MidiFile.LongestQuarters}.", nameof(performance));
    }

    private static long Tick(Division division, Beats at) => Math.Max(0, division.ToTick(at));

    // Metre before tempo; a file without either would be 120 and 4/4 as well, so a map without changes writes none.
    private static List<MidiFileEvent> MapEvents(TempoMap map, Division division) =>
        [.. map.Metres.Select(change => MidiFileEvent.TimeSignature(Tick(division, change.At), change.Metre))
            .Concat(map.Tempos.Select(change => MidiFileEvent.SetTempo(Tick(division, change.At), change.Tempo)))
            .OrderBy(e => e.Tick)];

    private static MidiFileTrack Track(string name, List<MidiFileEvent> map, List<PartMessage> messages, Division division, long end)
    {
        var track = new TrackBuilder();
        if (name.Length > 0) track.Add(MidiFileEvent.Text(0, MetaType.TrackName, name));
        var nextOfMap = 0;
        for (var from = 0; from < messages.Count;)
        {
            var tick = Tick(division, messages[from].At);
            var until = from + 1;
            while (until < messages.Count && Tick(division, messages[until].At) == tick) until++;
            while (nextOfMap < map.Count && map[nextOfMap].Tick <= tick) track.Add(map[nextOfMap++]);
            track.AddTogether(tick, messages, from, until);
            from = until;
        }

        while (nextOfMap < map.Count) track.Add(map[nextOfMap++]);
        return track.ToTrack(end);
    }
}
