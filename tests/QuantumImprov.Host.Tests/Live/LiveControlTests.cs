using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Presets;
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

    [Fact]
    public void A_program_change_makes_the_partner_a_quartet_whose_voices_ask_for_their_sounds() => LiveRig.Play(house.Server, rig =>
    {
        var quartet = PresetLibrary.All.ToList().FindIndex(p => p.Name == "quartet");
        rig.Giver.Send(rig.Soon(50), ShortMessage.Program(0, quartet));
        Wait.Until(() => rig.Listener.CameCount >= 4, "the programs");
        Assert.Equal([(0xC0, 48), (0xC1, 48), (0xC2, 41), (0xC3, 42)], rig.Listener.Came.Select(m => ((int)m.Message.Status, (int)m.Message.Data1)).Order());
        rig.PlayPhrase(rig.Soon(), 60, 64, 67, 64, 60, 62, 64, 65);
        rig.WaitForAnswer(4);
        rig.WaitForEnd();
        var came = rig.Listener.Came.Skip(4).ToList();
        Assert.Equal([0, 1, 2, 3], came.Select(m => m.Message.Channel).Distinct().Order());
        Assert.Equal(came.Count(m => m.Message.IsNoteOn), came.Count(m => m.Message.IsNoteOff));
        // They end on one beat.
        Assert.Single(came.Where(m => m.Message.IsNoteOn).GroupBy(m => m.Message.Channel).Select(voice => voice.Last().Frame).Distinct());
    });

    [Fact]
    public void What_is_played_passes_through_at_its_frame_and_is_answered_beside() => LiveRig.Play(
        house.Server,
        rig =>
        {
            var start = rig.Soon(50);
            rig.Giver.Send(start, ShortMessage.Control(0, 64, 127));
            rig.Giver.Send(start + 1, new ShortMessage(0xE0, 5, 70));
            rig.PlayPhrase(start + 4800, 60, 64, 67, 64);
            rig.WaitForAnswer(10);
            rig.WaitForEnd();
            var came = rig.Listener.Came;
            // In the very period, at its frame.
            Assert.Equal((start, ShortMessage.Control(6, 64, 127)), (came[0].Frame, came[0].Message));
            Assert.Equal((start + 1, new ShortMessage(0xE6, 5, 70)), (came[1].Frame, came[1].Message));
            var passed = came.Where(m => m.Message.Channel == 6 && m.Message.IsNoteOn).ToList();
            Assert.Equal([60, 64, 67, 64], passed.Select(m => (int)m.Message.Data1));
            Assert.Equal(start + 4800, passed[0].Frame);
            Assert.Equal(passed.Count, came.Count(m => m.Message.Channel == 6 && m.Message.IsNoteOff));
            Assert.Contains(came, m => m.Message.Channel == 0 && m.Message.IsNoteOn);
            // The pedal is still down: who leaves lifts it.
            rig.Run.Signal(ProgramRun.Terminate);
            Assert.Equal(0, rig.Run.End().Code);
            Wait.Until(() => rig.Listener.Came.Any(m => m.Message == ShortMessage.Control(6, 64, 0)), "the pedal's end");
        },
        "--thru",
        "1:7");

    // The cable is parted by who laid it; what went round until it was noticed has ended.
    [Fact]
    public void What_passes_does_not_go_round_by_a_cable_back() => LiveRig.Play(
        house.Server,
        rig =>
        {
            rig.Giver.Connect($"{rig.Name}:out", $"{rig.Name}:in");
            rig.Run.WaitForLine("nothing passes through");
            Strike(rig, 60);
            rig.Giver.Disconnect($"{rig.Name}:out", $"{rig.Name}:in");
            rig.Run.WaitForLine("passes through again");
            var before = rig.Listener.CameCount;
            Strike(rig, 64);
            Wait.Until(() => rig.Listener.Came.Skip(before).Any(m => m.Message.IsNoteOff && m.Message.Channel == 6), "the key to pass through again");
            Assert.DoesNotContain(rig.Listener.Came.Take(before), m => m.Message.IsNoteOn && m.Message.Channel == 6);
            Assert.Equal([64], rig.Listener.Came.Skip(before).Where(m => m.Message.IsNoteOn && m.Message.Channel == 6).Select(m => (int)m.Message.Data1));

            static void Strike(LiveRig rig, int pitch)
            {
                var at = rig.Soon(50);
                rig.Giver.Send(at, ShortMessage.NoteOn(0, pitch, 80));
                rig.Giver.Send(at + 2400, ShortMessage.NoteOff(0, pitch));
                rig.Listener.WaitForFrame(at + 9600);
            }
        },
        "--thru",
        "1:7");

    private static uint Press(LiveRig rig)
    {
        var at = rig.Soon(50);
        rig.Giver.Send(at, ShortMessage.Control(0, Mute, 127));
        rig.Giver.Send(at + 480, ShortMessage.Control(0, Mute, 0));
        return at;
    }
}
