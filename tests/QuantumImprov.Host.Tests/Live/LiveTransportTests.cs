using QuantumImprov.Engine.Music;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

/// <summary>The program beside a DAW's song, on a real JACK server.</summary>
[Collection("JACK")]
public sealed class LiveTransportTests(JackHouse house)
{
    private const int Rate = 48000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_begins_on_a_beat_of_the_song_that_rolls_unless_that_was_not_wanted(bool wanted) => LiveRig.Play(
        house.Server,
        rig =>
        {
            using var master = new TimebaseMaster(house.Server.Name, 150, 4, 4);
            // Somewhere within a beat.
            master.Locate(Rate * 10 + 4321);
            master.Roll();
            rig.Listener.WaitForFrame(rig.Soon(800));
            rig.PlayPhrase(rig.Soon(), 60, 64, 67, 64);
            rig.WaitForAnswer(0);
            var first = rig.Listener.Came.First(m => m.Message.IsNoteOn).Frame;
            var quarters = TimebaseMaster.Quarters(TimebaseMaster.SongFrame(first), Rate);
            // In quarters: a millisecond and a half of a song at 150. An answer may come in half a division of the beat early.
            if (wanted) Assert.True(Math.Abs(quarters - Math.Round(quarters * 8) / 8) < .004, $"The answer begins at {quarters:0.000} quarters.");
            rig.Run.Signal(ProgramRun.Terminate);
            Assert.Equal(0, rig.Run.End().Code);
            // 150 quarters a minute in the recording's journal.
            Assert.Equal(wanted, File.ReadAllText(Directory.GetFiles(rig.Scratch["takes"], "*.journal").Single()).Contains("400000000", StringComparison.Ordinal));
        },
        wanted ? [] : ["--no-transport"]);
}
