using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Files;

/// <summary>From a file to what was played; the way back is <see cref="PerformanceWriting"/>.</summary>
public static class PerformanceReading
{
    /// <summary>
    /// What <paramref name="file"/> plays: all channel messages by time (of one time in the order of the tracks), tempo and metre from all tracks, the tracks' names.
    /// A part is a track of the file, by number, also when it holds no message. Tracks of format 2 follow each other, each from a bar line and, when it states none
    /// itself, at 120 and in 4/4.
    /// <para>With SMPTE division ticks are clock time: they become beats at 120, and tempo events, which such a file does not play by, are not read.
    /// Metres that <see cref="Metre.IsAllowed"/> does not know are not read. [any]</para>
    /// </summary>
    public static Performance ToPerformance(this MidiFile file)
    {
        var reading = new Reading(file);
        return reading.Result();
    }

    private sealed class Reading(MidiFile file)
    {
        private readonly List<TempoChange> _tempos = [];
        private readonly List<MetreChange> _metres = [];
        private readonly bool _inTurn = file.Format == MidiFileFormat.OneAfterAnother;
        private bool _statesTempo;
        private bool _statesMetre;

        public Performance Result()
        {
            var messages = ImmutableArray.CreateBuilder<PartMessage>(file.Tracks.Sum(track => track.Events.Count(e => e.Kind == MidiFileEventKind.Channel)));
            ReadMap();
            if (_inTurn)
            {
                long start = 0;
                for (var track = 0; track < file.Tracks.Length; track++)
                {
                    foreach (var e in file.Tracks[track].Events) Add(messages, e, track, start);
                    start += file.Tracks[track].End;
                }
            }
            else
            {
                Merge(messages);
            }

            return new Performance
            {
                Map = new TempoMap([.. _tempos.OrderBy(change => change.At)], [.. _metres.OrderBy(change => change.At)]),
                StatesTempo = _statesTempo,
                StatesMetre = _statesMetre,
                TrackNames = [.. file.Tracks.Select(track => track.Name)],
                Messages = messages.MoveToImmutable(),
                End = file.Division.ToBeats(file.Length),
            };
        }

        // Tracks are sorted in themselves: always the earliest next event, of several the one of the first track.
        private void Merge(ImmutableArray<PartMessage>.Builder messages)
        {
            var next = new int[file.Tracks.Length];
            var waiting = new PriorityQueue<int, (long Tick, int Track)>();
            for (var track = 0; track < next.Length; track++)
            {
                if (file.Tracks[track].Events is [var first, ..]) waiting.Enqueue(track, (first.Tick, track));
            }

            while (waiting.TryDequeue(out var track, out _))
            {
                var events = file.Tracks[track].Events;
                Add(messages, events[next[track]++], track, 0);
                if (next[track] < events.Length) waiting.Enqueue(track, (events[next[track]].Tick, track));
            }
        }

        private void Add(ImmutableArray<PartMessage>.Builder messages, in MidiFileEvent e, int track, long start)
        {
            if (e.Kind == MidiFileEventKind.Channel) messages.Add(new PartMessage(file.Division.ToBeats(start + e.Tick), track, e.Message));
        }

        private void ReadMap()
        {
            long start = 0;
            foreach (var track in file.Tracks)
            {
                if (start > 0) BeginPiece(file.Division.ToBeats(start));
                foreach (var e in track.Events)
                {
                    var at = file.Division.ToBeats(start + e.Tick);
                    if (!file.Division.IsSmpte && e.TryGetTempo(out var tempo))
                    {
                        _tempos.Add(new TempoChange(at, tempo));
                        _statesTempo = true;
                    }
                    else if (e.TryGetMetre(out var metre))
                    {
                        _metres.Add(new MetreChange(at, metre));
                        _statesMetre = true;
                    }
                }

                if (_inTurn) start += track.End;
            }
        }

        // What the piece before has set does not hold for the next; of changes at one time the last counts, so the piece may still say otherwise.
        private void BeginPiece(Beats at)
        {
            if (_tempos.Count > 0) _tempos.Add(new TempoChange(at, default));
            _metres.Add(new MetreChange(at, default));
        }
    }
}
