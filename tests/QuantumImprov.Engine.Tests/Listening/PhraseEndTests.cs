using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

public class PhraseEndTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void A_phrase_ends_one_gap_after_the_last_key_came_up()
    {
        var listener = Told(known: true);
        Play(listener, (0, ShortMessage.NoteOn(0, 60, 80)), (900, ShortMessage.NoteOff(0, 60)));
        Assert.Equal(At(1400), listener.PhraseEndDue);
        Assert.False(listener.TakePhraseEnd(At(1400).Plus(-1)));
        Assert.True(listener.TakePhraseEnd(At(1400)));
        Assert.True(listener.PhraseTaken);
        Assert.False(listener.TakePhraseEnd(At(9999)), "once a phrase");
    }

    [Fact]
    public void Without_a_tempo_it_ends_after_seven_tenths_of_a_second()
    {
        var listener = Told(known: false);
        Play(listener, (0, ShortMessage.NoteOn(0, 60, 80)), (900, ShortMessage.NoteOff(0, 60)));
        Assert.Equal(At(1600), listener.PhraseEndDue);
    }

    [Fact]
    public void It_never_ends_while_a_key_is_held()
    {
        var listener = Told(known: true);
        Play(listener, (0, ShortMessage.NoteOn(0, 48, 80)), (500, ShortMessage.NoteOn(0, 60, 80)), (900, ShortMessage.NoteOff(0, 60)));
        Settle(listener, At(3_600_000));
        Assert.Equal(HostTime.Never, listener.PhraseEndDue);
        Play(listener, (3_600_000, ShortMessage.NoteOff(0, 48)));
        Assert.Equal(At(3_600_500), listener.PhraseEndDue);
    }

    [Fact]
    public void A_held_sustain_pedal_does_not_hold_it_open()
    {
        var listener = Told(known: true);
        Play(listener, (0, ShortMessage.Control(0, 64, 127)), (10, ShortMessage.NoteOn(0, 60, 80)), (900, ShortMessage.NoteOff(0, 60)));
        Assert.Equal(At(1400), listener.PhraseEndDue);
    }

    [Fact]
    public void Drums_neither_open_nor_prolong_it()
    {
        var listener = Told(known: true);
        Play(listener, (0, ShortMessage.NoteOn(9, 36, 80)));
        Assert.Equal(HostTime.Never, listener.Due);
        Play(listener, (10, ShortMessage.NoteOn(0, 60, 80)), (900, ShortMessage.NoteOff(0, 60)), (1200, ShortMessage.NoteOn(9, 36, 80)));
        Assert.Equal(At(1400), listener.PhraseEndDue);
    }

    [Fact]
    public void All_notes_off_ends_what_is_held()
    {
        var listener = Told(known: true);
        Play(listener, (0, ShortMessage.NoteOn(0, 60, 80)), (100, ShortMessage.NoteOn(0, 64, 80)), (800, ShortMessage.Control(0, 123, 0)));
        Assert.Equal(At(1300), listener.PhraseEndDue);
        Assert.All(listener.Phrase.Notes.ToArray(), note => Assert.Equal(At(800), note.Off));
    }

    [Fact]
    public void A_resumed_phrase_keeps_its_notes_and_a_new_one_begins_empty()
    {
        var listener = Told(known: true);
        Play(listener, (0, ShortMessage.NoteOn(0, 60, 80)), (900, ShortMessage.NoteOff(0, 60)));
        Assert.True(listener.TakePhraseEnd(At(1400)));
        listener.ResumePhrase();
        Play(listener, (1410, ShortMessage.NoteOn(0, 62, 80)), (1600, ShortMessage.NoteOff(0, 62)));
        Assert.Equal([60, 62], Pitches(listener));
        Assert.True(listener.TakePhraseEnd(At(2100)));
        listener.BeginPhrase();
        Assert.Empty(Pitches(listener));
    }

    [Fact]
    public void A_key_struck_again_before_it_came_up_ends_its_first_note_there()
    {
        var listener = Told(known: true);
        Play(listener, (0, ShortMessage.NoteOn(0, 60, 80)), (400, ShortMessage.NoteOn(0, 60, 80)), (900, ShortMessage.NoteOff(0, 60)), (1000, ShortMessage.NoteOff(0, 60)));
        Assert.Equal([(At(0), At(400)), (At(400), At(900))], listener.Phrase.Notes.ToArray().Select(n => (n.On, n.Off)));
    }

    [Fact]
    public void A_clock_that_starts_below_zero_changes_nothing()
    {
        var listener = Told(known: true);
        listener.Follow(new Timeline(default, default, default, At(-100_000)), known: true);
        Play(listener, (-90_000, ShortMessage.NoteOn(0, 60, 80)), (-89_000, ShortMessage.NoteOff(0, 60)));
        Assert.Equal(At(-88_500), listener.PhraseEndDue);
    }

    [Fact]
    public void Of_a_phrase_longer_than_it_can_hold_the_latest_notes_are_kept()
    {
        var listener = Told(known: true);
        for (var i = 0; i < 5000; i++) Play(listener, (100 * i, ShortMessage.NoteOn(0, i % 100, 80)), (100 * i + 50, ShortMessage.NoteOff(0, i % 100)));
        Settle(listener, At(500_000));
        var kept = Pitches(listener);
        Assert.InRange(kept.Length, Phrase.Capacity / 2, Phrase.Capacity);
        Assert.Equal([.. Enumerable.Range(5000 - kept.Length, kept.Length).Select(i => i % 100)], kept);
    }

    [Fact]
    public void A_gap_that_shrinks_with_the_tempo_ends_the_phrase_now_and_not_in_the_past()
    {
        var listener = Told(known: true);
        Play(listener, (0, ShortMessage.NoteOn(0, 60, 80)), (900, ShortMessage.NoteOff(0, 60)));
        listener.Follow(new Timeline().WithTempo(Tempo.FromBpm(240), At(1300)), known: true);
        Assert.Equal(At(1300), listener.PhraseEndDue);
    }

    [Fact]
    public void A_predicted_end_is_taken_so_long_before_the_silence_is_enough_as_was_asked_for_but_not_before_the_release()
    {
        foreach (var lead in new[] { 0, 40, 300 })
        {
            var listener = new Listener(MelodyVoice.Top, PhraseGap.Default, new EndPrediction(PhraseGap.Default, .5), lead * Millisecond);
            listener.Follow(default, known: true);
            Play(listener, (0, ShortMessage.NoteOn(0, 60, 80)), (900, ShortMessage.NoteOff(0, 60)));
            Assert.Equal(At(900 + 1100 - lead), listener.PhraseEndDue);
            Assert.NotNull(listener.Evidence);
        }

        var patient = new Listener(MelodyVoice.Top, PhraseGap.Default, new EndPrediction(PhraseGap.Default, .5), 5_000 * Millisecond);
        patient.Follow(default, known: true);
        Play(patient, (0, ShortMessage.NoteOn(0, 60, 80)), (900, ShortMessage.NoteOff(0, 60)));
        Assert.Equal(At(900), patient.PhraseEndDue);
    }

    [Fact]
    public void A_predicted_end_hears_how_the_performer_plays_on()
    {
        // The same phrase, before it connected playing and playing with long rests.
        HostTime EndAfter(params int[] silences)
        {
            var listener = new Listener(MelodyVoice.Top, PhraseGap.Default, new EndPrediction(PhraseGap.Default, .5));
            listener.Follow(default, known: true);
            var at = 0;
            foreach (var silence in silences)
            {
                Play(listener, (at, ShortMessage.NoteOn(0, 60, 80)), (at + 500, ShortMessage.NoteOff(0, 60)));
                at += 500 + silence;
            }

            Play(listener, (at, ShortMessage.NoteOn(0, 60, 80)), (at + 500, ShortMessage.NoteOff(0, 60)));
            return listener.PhraseEndDue.Plus(-(at + 500) * Millisecond);
        }

        Assert.True(EndAfter(0, 0, 0, 0, 0, 0, 0) < EndAfter(0, 0, 500, 0, 0, 500, 0));
    }

    private static Listener Told(bool known)
    {
        var listener = new Listener(MelodyVoice.Top, PhraseGap.Default);
        listener.Follow(default, known);
        return listener;
    }

    private static void Play(Listener listener, params (long Milliseconds, ShortMessage Message)[] messages)
    {
        foreach (var (at, message) in messages)
        {
            Settle(listener, At(at));
            listener.Hear(new TimedMessage(At(at), message));
        }

        Settle(listener, At(messages[^1].Milliseconds + 35));
    }

    private static void Settle(Listener listener, HostTime now) => listener.SettleChord(now, out _);

    private static int[] Pitches(Listener listener) => [.. listener.Phrase.Notes.ToArray().Select(n => (int)n.Pitch)];

    private static HostTime At(long milliseconds) => new(milliseconds * Millisecond);
}
