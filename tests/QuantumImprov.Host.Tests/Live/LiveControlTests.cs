using QuantumImprov.Engine.Music;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

/// <summary>Controllers and the clock on a real JACK server.</summary>
[Collection("JACK")]
public sealed class LiveControlTests(JackHouse house)
{
    private const int Tick = LiveRig.Beat / 24, Mute = 103;

    [Fact]
    public void Clock_ticks_come_at_their_frames_and_the_clock_stops_with_the_program() => LiveRig.Play(
        house.Server,
        rig =>
        {
            Wait.Until(() => rig.Listener.Came.Count(m => m.Message.Status == 0xF8) > 240, "ten beats of clock");
            var came = rig.Listener.Came;
            var ticks = came.Where(m => m.Message.Status == 0xF8).Select(m => m.Frame).ToArray();
            // An instant lies between two frames; rounding may take one.
            for (var i = 1; i < ticks.Length; i++) Assert.InRange((int)(ticks[i] - ticks[0]) - (i * Tick), -1, 1);
            rig.Run.Signal(ProgramRun.Terminate);
            Assert.Equal(0, rig.Run.End().Code);
            Wait.Until(() => rig.Listener.Came.Any(m => m.Message.Status == 0xFC), "the clock's stop");
            Assert.Equal(0xFC, rig.Listener.Came.Last(m => m.Message.Status >= 0xF8).Message.Status);
        },
        "--clock-out");

    [Fact]
    public void A_pad_mutes_the_partner_in_the_midst_of_its_answer_and_lets_it_sound_again() => LiveRig.Play(house.Server, rig =>
    {
        rig.PlayPhrase(rig.Soon(), 60, 64, 67, 64);
        rig.WaitForAnswer(0);
        var pressed = Press(rig);
        rig.Listener.WaitForFrame(pressed + 4800);
        Assert.Empty(rig.Sounding);
        var before = rig.Listener.CameCount;
        rig.PlayPhrase(rig.Soon(), 60, 62);
        rig.Listener.WaitForFrame(pressed + 48000 * 4);
        Assert.DoesNotContain(rig.Listener.Came.Skip(before), m => m.Message.IsNoteOn);
        Press(rig);
        rig.PlayPhrase(rig.Soon(), 60, 64, 67, 64);
        rig.WaitForAnswer(before);
    });

    private static uint Press(LiveRig rig)
    {
        var at = rig.Soon(50);
        rig.Giver.Send(at, ShortMessage.Control(0, Mute, 127));
        rig.Giver.Send(at + 480, ShortMessage.Control(0, Mute, 0));
        return at;
    }
}
