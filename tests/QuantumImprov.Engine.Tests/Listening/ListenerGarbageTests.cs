using CsCheck;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

public class ListenerGarbageTests
{
    // 3,000 sequences of up to 300 messages, 0 to 100 ms apart: any three bytes, mixed with notes so that phrases come about.
    [Fact]
    public void Any_sequence_of_messages_gives_phrases_of_sound_notes_and_leaves_no_key_behind() =>
        Gen.Select(
            Gen.OneOf(
                Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte).Select((s, a, b) => new ShortMessage(s, a, b)),
                Gen.Select(Gen.Int[0x80, 0x9F], Gen.Int[55, 70], Gen.Int[0, 127]).Select((s, a, b) => new ShortMessage((byte)s, (byte)a, (byte)b))),
            Gen.Long[0, 100_000_000]).Array[0, 300].Sample(steps =>
        {
            var listener = new Listener(MelodyVoice.Top, PhraseGap.Default);
            var now = default(HostTime);
            foreach (var (message, wait) in steps)
            {
                now = now.Plus(wait);
                Lead(listener, now);
                var key = listener.Hear(new TimedMessage(now, message));
                if (key.Change == KeyChange.Down && listener.PhraseTaken) listener.BeginPhrase();
                Assert.True(listener.Held >= 0);
            }

            listener.Hear(new TimedMessage(now, ShortMessage.Control(0, 123, 0)));
            Assert.Equal(0, listener.Held);
            Lead(listener, now.PlusSeconds(2));
            Assert.Equal(HostTime.Never, listener.Due);
        }, iter: 3_000);

    private static void Lead(Listener listener, HostTime now)
    {
        while (listener.Due is var due && due <= now)
        {
            if (!listener.SettleChord(due, out _)) Assert.True(listener.TakePhraseEnd(due));
            var before = new HostTime(long.MinValue);
            foreach (var note in listener.Phrase.Notes)
            {
                Assert.True(note.On > before && note.Off >= note.On);
                Assert.True(note.Pitch <= 127 && note.Velocity is >= 1 and <= 127 && note.ChordSize >= 1);
                before = note.On;
            }
        }
    }
}
