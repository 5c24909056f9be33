using QuantumImprov.Engine.Judging;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>How turns are taken over the shipped tunes, each played three times as a person plays: onsets 20 ms about their places, keys up early.</summary>
public class TurnTakingFiguresTests
{
    [Fact]
    public void After_connected_playing_nine_answers_in_ten_come_within_a_quarter_and_one_phrase_in_twenty_is_broken_into_at_most()
    {
        var figures = Judge(.93, 1, new Preset());
        Assert.Equal((ShippedRepertoire.Phrases.Length * 3, 0), (figures.Ends, figures.Unanswered));
        Assert.InRange(figures.DelayP90Beats!.Value, 0, 1);
        Assert.InRange(figures.Interruptions, 0, figures.Ends / 20);
    }

    // A long note let go after .6 of its time leaves as much silence as an end does.
    [Fact]
    public void After_mixed_playing_nine_in_ten_come_within_a_quarter_and_a_half_and_no_more_than_one_phrase_in_four_is_broken_into()
    {
        var figures = Judge(.6, .95, new Preset());
        Assert.InRange(figures.DelayP90Beats!.Value, 0, 1.5);
        Assert.InRange(figures.Interruptions, 0, figures.Ends / 4);
    }

    private static TurnFigures Judge(double least, double most, Preset preset)
    {
        var random = new Xoshiro(11);
        var turns = new List<PhraseTurn>();
        foreach (var tune in ShippedRepertoire.Phrases)
        {
            var (call, ends) = Perform(tune, least, most, random);
            using var session = new ImprovSession(new SessionSetup(preset, new LearnedMusic(), 1, call.Map.At(Beats.Zero).Tempo, tune.Metre, default));
            var partner = VirtualConcert.Play(session, call).Where(m => m.Message.IsNoteOn).Select(m => call.Map.ToBeats(m.At));
            turns.AddRange(PhraseTurn.Of([.. call.Messages.Where(m => m.Message.IsNoteOn).Select(m => m.At)], ends, [.. partner]));
        }

        return TurnFigures.Of(turns);
    }

    // Three times with a rest of two bars or more between, at one tempo between 80 and 160.
    private static (Performance Call, Beats[] Ends) Perform(LearnedPhrase tune, double least, double most, Xoshiro random)
    {
        var map = new TempoMap([new TempoChange(Beats.Zero, Tempo.FromBpm(80 + random.NextInt(81)))], [new MetreChange(Beats.Zero, tune.Metre)]);
        var jitter = map.ToBeats(new HostTime(20_000_000)).Ticks;
        var lift = map.ToBeats(new HostTime(10_000_000));
        var (messages, ends, start) = (new List<PartMessage>(), new List<Beats>(), tune.Metre.Bar);
        for (var time = 0; time < 3; time++)
        {
            var last = Beats.Zero;
            for (var i = 0; i < tune.Notes.Length; i++)
            {
                var note = tune.Notes[i];
                var on = new Beats((start + note.Onset).Ticks - jitter + (long)(2 * jitter * random.NextDouble()));
                var length = i + 1 < tune.Notes.Length ? Beats.Min(note.Duration, tune.Notes[i + 1].Onset - note.Onset) : note.Duration;
                var off = on + new Beats((long)(length.Ticks * (least + (most - least) * random.NextDouble())));
                // A key must come up before it can be struck again.
                if (i > 0 && tune.Notes[i - 1].Pitch == note.Pitch) messages[^1] = messages[^1] with { At = Beats.Min(messages[^1].At, on - lift) };
                messages.Add(new PartMessage(on, 0, ShortMessage.NoteOn(0, note.Pitch.Number, 70 + random.NextInt(20))));
                messages.Add(new PartMessage(off, 0, ShortMessage.NoteOff(0, note.Pitch.Number)));
                last = Beats.Max(last, off);
            }

            ends.Add(last);
            start = last.Ceiling(tune.Metre.Bar) + tune.Metre.Bar * 4;
        }

        return (new Performance { Map = map, Messages = [.. messages.OrderBy(m => m.At)], End = start }, [.. ends]);
    }
}
