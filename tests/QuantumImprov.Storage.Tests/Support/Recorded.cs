using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Storage.Tests.Support;

/// <summary>A session as it was played: what a test writes and what it expects to read.</summary>
internal sealed record Recorded(JournalHeader Header, IReadOnlyList<Happening> Happenings)
{
    internal IEnumerable<TimedMessage> Performer => Happenings.OfType<Happening.Performer>().Select(h => h.Message);

    internal IEnumerable<TimedMessage> Partner => Happenings.OfType<Happening.Partner>().Select(h => h.Message);

    internal static JournalHeader AnyHeader { get; } = new()
    {
        ProductVersion = "0.1.0", Seed = ulong.MaxValue, PresetName = "plain", PresetText = "{\n  \"coherence\": 0.5\n}",
        ClockOrigin = new HostTime(5_000_000_000), Timeline = new Timeline(Tempo.FromBpm(97.3), Metre.Of(6, 8), Beats.Zero, new HostTime(5_000_000_000)),
    };

    internal static readonly Gen<Recorded> Gen =
        CsCheck.Gen.Select(Any.Text, CsCheck.Gen.ULong, CsCheck.Gen.Long[-1L << 50, 1L << 50], AnyTimeline).SelectMany((text, seed, clock, timeline) =>
        {
            var origin = new HostTime(clock);
            var header = new JournalHeader
            {
                ProductVersion = "1" + text, Seed = seed, PresetName = text + "p", PresetText = text + text, ClockOrigin = origin,
                Timeline = timeline with { TimeOrigin = origin.Plus(timeline.TimeOrigin.Nanoseconds) },
                Given = [new JournalGiven("what", text), new JournalGiven(text, "ever")],
            };
            return AnyHappening(origin).Array[0, 60].Select(happenings => new Recorded(header, happenings));
        });

    private static Gen<Timeline> AnyTimeline =>
        CsCheck.Gen.Select(Any.Tempo, Any.Metre, CsCheck.Gen.Long[-1L << 40, 1L << 40], CsCheck.Gen.Long[-1L << 52, 1L << 52], CsCheck.Gen.Long[-1L << 40, 1L << 40])
            .Select((tempo, metre, beat, time, bar) => new Timeline(tempo, metre, new Beats(beat), new HostTime(time), new Beats(bar)));

    /// <summary>Plays it into <paramref name="journal"/>.</summary>
    internal void PlayInto(SessionJournal journal)
    {
        foreach (var happening in Happenings)
        {
            switch (happening)
            {
                case Happening.Performer(var message): journal.Write(JournalEntry.FromPerformer(message)); break;
                case Happening.Partner(var message): journal.Write(JournalEntry.FromPartner(message)); break;
                case Happening.NewTimeline(var segment): journal.Write(JournalEntry.TimelineFrom(segment.From, segment.Timeline)); break;
                case Happening.Command(var command): journal.WriteCommand(command.At, command.Name, [.. command.Arguments]); break;
                case Happening.Exchange(var at): journal.Write(JournalEntry.ExchangeAt(at)); break;
                case Happening.Song(var at, var hushes, var follows): journal.Write(JournalEntry.SongAt(at, hushes, follows)); break;
                case Happening.Content(var at, var content): journal.WriteContent(at, content); break;
                case Happening.Remark(var remark): journal.WriteRemark(remark.At, remark.Text); break;
                default: throw new InvalidOperationException(happening.ToString());
            }
        }
    }

    /// <summary>The bytes of a journal with <paramref name="count"/> notes of each side, a tempo change and some words in it.</summary>
    internal static byte[] Bytes(int count, bool closed = true)
    {
        using var folder = new TempFolder();
        var path = folder["a.journal"];
        using (var journal = SessionJournal.Start(path, AnyHeader, new ManualTime()))
        {
            for (var i = 0; i < count; i++)
            {
                var at = AnyHeader.ClockOrigin.Plus(i * 100_000_000L);
                journal.Write(JournalEntry.FromPerformer(new TimedMessage(at, ShortMessage.NoteOn(0, 60 + i % 12, 1 + i % 127))));
                journal.Write(JournalEntry.FromPartner(new TimedMessage(at.Plus(i), ShortMessage.NoteOff(1, 40 + i % 12))));
                if (i == count / 2) journal.Write(JournalEntry.TimelineFrom(at, AnyHeader.Timeline.WithTempo(Tempo.FromBpm(60), at)));
                if (i == count / 3) journal.WriteCommand(at, "tempo", "60");
                if (i == count / 4) journal.WriteRemark(at, "xrun");
            }

            if (!journal.Flush(TimeSpan.FromSeconds(60))) throw new InvalidOperationException(journal.Status.Sentence);
            if (!closed) return ReadShared(path);
        }

        return ReadShared(path);
    }

    internal static SessionRecord Read(ReadOnlySpan<byte> journal) => JournalReader.Read(new MemoryStream(journal.ToArray())).ToRecord();

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Gen<Happening> AnyHappening(HostTime origin)
    {
        var time = CsCheck.Gen.Long[-1L << 40, 1L << 50].Select(since => origin.Plus(since));
        var message = CsCheck.Gen.Select(time, Any.Message).Select((at, m) => new TimedMessage(at, m));
        return CsCheck.Gen.OneOf(
            message.Select(m => (Happening)new Happening.Performer(m)),
            message.Select(m => (Happening)new Happening.Partner(m)),
            CsCheck.Gen.Select(time, AnyTimeline).Select((at, timeline) =>
                (Happening)new Happening.NewTimeline(new TimelineSegment(at, timeline with { TimeOrigin = origin.Plus(timeline.TimeOrigin.Nanoseconds) }))),
            CsCheck.Gen.Select(time, Any.Text, Any.Text.Array[0, 3]).Select((at, name, arguments) => (Happening)new Happening.Command(new JournalCommand(at, name, [.. arguments]))),
            time.Select(at => (Happening)new Happening.Exchange(at)),
            CsCheck.Gen.Select(time, CsCheck.Gen.Bool, CsCheck.Gen.Bool).Select((at, hushes, follows) => (Happening)new Happening.Song(at, hushes, follows)),
            CsCheck.Gen.Select(time, Any.Content).Select((at, content) => (Happening)new Happening.Content(at, content)),
            CsCheck.Gen.Select(time, Any.Text).Select((at, text) => (Happening)new Happening.Remark(new JournalRemark(at, text))));
    }
}
