using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

public class ChordGroupingTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void An_onset_a_nanosecond_before_35_ms_belongs_to_the_chord_and_one_at_35_ms_begins_another()
    {
        Assert.Equal([(64, 2)], Melody(MelodyVoice.Top, (0, 60), (35 * Millisecond - 1, 64)));
        Assert.Equal([(60, 1), (64, 1)], Melody(MelodyVoice.Top, (0, 60), (35 * Millisecond, 64)));
    }

    [Fact]
    public void The_window_is_counted_from_the_first_onset_and_not_from_the_last() =>
        Assert.Equal([(67, 3), (72, 1)], Melody(MelodyVoice.Top, (0, 60), (20 * Millisecond, 64), (34 * Millisecond, 67), (40 * Millisecond, 72)));

    [Theory]
    [InlineData(MelodyVoice.Top, 67)]
    [InlineData(MelodyVoice.Bottom, 55)]
    public void The_chosen_voice_leads_in_whatever_order_the_keys_go_down(MelodyVoice voice, int leading)
    {
        int[][] orders = [[55, 60, 67], [55, 67, 60], [60, 55, 67], [60, 67, 55], [67, 55, 60], [67, 60, 55]];
        foreach (var order in orders)
            Assert.Equal([(leading, 3)], Melody(voice, (0, order[0]), (10 * Millisecond, order[1]), (20 * Millisecond, order[2])));
    }

    [Fact]
    public void A_chord_sounds_from_its_first_onset_with_the_velocity_of_its_leading_note()
    {
        var chords = new ChordGrouping(MelodyVoice.Top);
        chords.Add(new KeyEvent(new HostTime(5), KeyChange.Down, 60, 40));
        chords.Add(new KeyEvent(new HostTime(9), KeyChange.Down, 64, 90));
        Assert.Equal(new HostTime(5 + ChordGrouping.Window), chords.Due);
        Assert.False(chords.Settle(chords.Due.Plus(-1), out _));
        Assert.True(chords.Settle(chords.Due, out var note));
        Assert.Equal(new HeardNote(new HostTime(5), HostTime.Never, 64, 90, 2, 1 << 4) { Beside = UInt128.One << 60 }, note);
        Assert.Equal(HostTime.Never, chords.Due);
        Assert.False(chords.Settle(new HostTime(long.MaxValue - 1), out _));
    }

    [Fact]
    public void A_key_let_go_before_its_chord_is_settled_keeps_its_length()
    {
        var chords = new ChordGrouping(MelodyVoice.Top);
        chords.Add(new KeyEvent(default, KeyChange.Down, 60, 80));
        chords.Release(new KeyEvent(new HostTime(7), KeyChange.Up, 61, 0));
        chords.Release(new KeyEvent(new HostTime(8), KeyChange.Up, 60, 0));
        chords.Release(new KeyEvent(new HostTime(9), KeyChange.AllUp, 0, 0));
        Assert.True(chords.Settle(chords.Due, out var note));
        Assert.Equal(new HostTime(8), note.Off);
    }

    [Fact]
    public void A_hundred_keys_at_once_are_one_chord()
    {
        var notes = Melody(MelodyVoice.Top, [.. Enumerable.Range(0, 100).Select(i => (i * 100_000L, 20 + i))]);
        Assert.Equal([(119, 100)], notes);
    }

    // The listener is led as the pipeline leads it: whatever is due comes before the next key.
    private static List<(int Pitch, int Size)> Melody(MelodyVoice voice, params (long At, int Pitch)[] keys)
    {
        var listener = new Listener(voice, PhraseGap.Default);
        var notes = new List<(int, int)>();
        foreach (var (at, pitch) in keys)
        {
            Settle(new HostTime(at));
            listener.Hear(new TimedMessage(new HostTime(at), ShortMessage.NoteOn(0, pitch, 80)));
        }

        Settle(new HostTime(keys[^1].At + ChordGrouping.Window));
        return notes;

        void Settle(HostTime now)
        {
            while (listener.Due <= now && listener.SettleChord(listener.Due, out var note)) notes.Add((note.Pitch, note.ChordSize));
        }
    }
}
