using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>A partner that listens to a part of what comes in.</summary>
public sealed class SplitTests
{
    [Fact]
    public void What_is_outside_its_part_is_neither_learned_nor_answered_and_does_not_stop_an_answer()
    {
        using var scene = new Scene([[60, 62, 64]], preset: new Preset { HeardChannel = 1, HeardLow = new Pitch(60) });
        foreach (var other in new[] { ShortMessage.NoteOn(0, 48, 80), ShortMessage.NoteOn(3, 72, 80) })
        {
            scene.Send(other);
            scene.Rest(.3);
            scene.Send(ShortMessage.NoteOff(other.Channel, other.Data1));
            scene.Rest(2);
            Assert.Equal((0, false), (scene.Session.Pipeline.Phrases, scene.Session.Pipeline.Ahead.IsActive));
        }

        var learned = scene.Session.Learned.NotesHeard;
        scene.PlayKeys([60, 62, 64, 65, 67, 65, 64, 62]);
        scene.Until(() => scene.Session.Player.Sounding > 0);
        Assert.Equal(1, scene.Session.Pipeline.Phrases);
        Assert.True(scene.Session.Learned.NotesHeard > learned);
        scene.Send(ShortMessage.NoteOn(0, 40, 80));
        Assert.True(scene.Session.Pipeline.Ahead.IsActive);
        scene.Send(ShortMessage.NoteOn(0, 61, 80));
        Assert.False(scene.Session.Pipeline.Ahead.IsActive);
    }

    [Fact]
    public void A_key_that_comes_up_is_heard_wherever_it_is()
    {
        var preset = new Preset { HeardChannel = 2, HeardLow = new Pitch(60), HeardHigh = new Pitch(72) };
        Assert.True(preset.Hears(ShortMessage.NoteOff(0, 20)));
        Assert.True(preset.Hears(new ShortMessage(0xF8, 0, 0)));
        Assert.True(preset.Hears(ShortMessage.NoteOn(1, 60, 1)) && preset.Hears(ShortMessage.NoteOn(1, 72, 1)) && preset.Hears(ShortMessage.Control(1, 64, 127)));
        Assert.False(preset.Hears(ShortMessage.NoteOn(1, 59, 1)) || preset.Hears(ShortMessage.NoteOn(1, 73, 1)) || preset.Hears(ShortMessage.NoteOn(0, 66, 1)) || preset.Hears(ShortMessage.Control(0, 64, 127)));
    }
}
