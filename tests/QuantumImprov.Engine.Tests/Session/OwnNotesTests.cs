using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>The partner's own notes come back.</summary>
public sealed class OwnNotesTests
{
    private static readonly HostTime On = new(5_000_000_000);

    [Theory]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    [InlineData(-1, false)]
    public void A_note_is_known_for_30_ms_and_its_end_with_it(int milliseconds, bool known)
    {
        var own = new OwnNotes();
        own.Send(On, On, 3, 60, 77);
        var at = On.Plus(milliseconds * 1_000_000L);
        Assert.Equal(known, own.Hears(new TimedMessage(at, ShortMessage.NoteOn(3, 60, 77))));
        Assert.False(own.Hears(new TimedMessage(at, ShortMessage.NoteOff(4, 60))));
        Assert.Equal(known, own.Hears(new TimedMessage(at.Plus(1), ShortMessage.NoteOff(3, 60))));
        Assert.False(own.Hears(new TimedMessage(at.Plus(2), ShortMessage.NoteOff(3, 60))));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(130, true)]
    [InlineData(131, false)]
    [InlineData(-1, false)]
    public void Where_the_output_lets_it_wait_a_note_is_known_from_its_leaving_to_30_ms_after_its_sounding(int milliseconds, bool known)
    {
        var own = new OwnNotes();
        own.Send(On, On.Plus(100_000_000), 3, 60, 77);
        Assert.Equal(known, own.Hears(new TimedMessage(On.Plus(milliseconds * 1_000_000L), ShortMessage.NoteOn(3, 60, 77))));
    }

    [Fact]
    public void Another_channel_pitch_or_velocity_is_the_performers_and_so_is_a_second_one()
    {
        var own = new OwnNotes();
        own.Send(On, On, 3, 60, 77);
        foreach (var other in new[] { ShortMessage.NoteOn(2, 60, 77), ShortMessage.NoteOn(3, 61, 77), ShortMessage.NoteOn(3, 60, 78), ShortMessage.Control(3, 60, 77) })
            Assert.False(own.Hears(new TimedMessage(On, other)));
        Assert.True(own.Hears(new TimedMessage(On, ShortMessage.NoteOn(3, 60, 77))));
        // The performer strikes the key that is held by what came back: from here on it is his, and so is its end.
        Assert.False(own.Hears(new TimedMessage(On.Plus(1), ShortMessage.NoteOn(3, 60, 77))));
        Assert.False(own.Hears(new TimedMessage(On.Plus(2), ShortMessage.NoteOff(3, 60))));
    }

    [Theory]
    [InlineData(.02, false)]
    [InlineData(.045, true)]
    public void An_answer_that_comes_back_at_once_is_not_taken_for_the_performers(double delay, bool taken)
    {
        using var scene = new Scene([[60, 62, 64]], mayHearItself: true);
        scene.PlayKeys([60, 62, 64, 65, 67, 65, 64, 62]);
        var phrases = scene.Session.Pipeline.Phrases;
        var fed = 0;
        for (var end = scene.Now.PlusSeconds(12); scene.Now < end;)
        {
            scene.Rest(.001);
            var sent = scene.Sent.Where(m => m.Message.Kind is 0x80 or 0x90).ToList();
            for (; fed < sent.Count && sent[fed].At.PlusSeconds(delay) <= scene.Now; fed++) scene.Send(sent[fed].Message);
        }

        Assert.True(fed > 4, $"{fed} messages came back.");
        // The phrase itself is learned either way.
        Assert.Equal(taken, scene.Session.Pipeline.Phrases > phrases + 1);
    }
}
