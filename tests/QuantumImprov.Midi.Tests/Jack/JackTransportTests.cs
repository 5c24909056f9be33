using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

/// <summary>JACK's transport as a song.</summary>
[Collection("JACK")]
public sealed class JackTransportTests(JackHouse house)
{
    [Fact]
    public void A_rolling_transport_is_told_with_tempo_metre_and_place_and_stops_and_goes_elsewhere()
    {
        using var client = JackRig.Open(house.Server.Name, new Player(), Callback.Managed);
        Assert.True(client.TryReadSong(out _, out var nobody));
        Assert.Null(nobody.IsPlaying);
        using var master = new TimebaseMaster(house.Server.Name, 180, 7, 8);
        Wait.For(() => Read().IsPlaying == false, "somebody who counts bars");
        master.Roll();
        Wait.For(() => Read().IsPlaying == true, "the transport to roll");

        // Ticks are a 1920th of a beat; the server tells the instant by its own smoothed clock, some tenths of a millisecond off its frames.
        client.TryReadSong(out var first, out var one);
        Assert.Equal((90.0, 7, 8), (one.Tempo, one.Numerator, one.Denominator));
        var off = new List<double>();
        for (var i = 0; i < 21; i++)
        {
            var (at, told, before) = (default(HostTime), default(SongPlace), client.Clock.Now);
            Wait.For(() => client.TryReadSong(out at, out told) && at > before.PlusSeconds(.01), "another period");
            Assert.Equal(TimebaseMaster.Quarters(told.Seconds * client.SampleRate, client.SampleRate), told.Quarters, 1e-3);
            off.Add(Math.Abs(told.Seconds - one.Seconds - at.SecondsSince(first)));
            Assert.Equal(Math.Floor(told.Quarters / 3.5) * 3.5, told.BarStart, 1e-9);
            // The instant is the beginning of a period that is hardly over.
            Assert.InRange(client.Clock.Now.SecondsSince(at), -.01, .1);
        }

        // The smoothed clock follows a period that came late on a busy machine for a while.
        off.Sort();
        Assert.True(off[10] < 2e-3 && off[^1] < 2e-2, $"{off[10]:0.0000} s off in the median, {off[^1]:0.0000} s at most");
        master.Locate((uint)client.SampleRate * 60);
        Wait.For(() => Read().Seconds >= 60, "another place");
        master.Stop();
        Wait.For(() => Read().IsPlaying == false, "the stop");

        SongPlace Read()
        {
            Assert.True(client.TryReadSong(out _, out var told));
            return told;
        }
    }

    [Theory]
    [InlineData(0, 4, 4, 1920, 120)]
    [InlineData(JackPosition.HasBars, 4.4f, 3, 1920, 120)]
    [InlineData(JackPosition.HasBars, 4, 4, 0, 120)]
    [InlineData(JackPosition.HasBars, 4, 4, double.NaN, 120)]
    [InlineData(JackPosition.HasBars, 4, 4, 1920, -1)]
    public void What_no_music_could_have_says_nothing(int valid, float units, float unit, double ticks, double tempo) =>
        Assert.Equal(SongPlace.None, JackTransport.Read(1, new JackPosition { Valid = valid, FrameRate = 48000, Bar = 1, Beat = 1, BeatsPerBar = units, BeatType = unit, TicksPerBeat = ticks, BeatsPerMinute = tempo }));

    [Fact]
    public void Bars_that_are_told_late_are_brought_up_to_the_frame() =>
        Assert.Equal(.5, JackTransport.Read(1, new JackPosition { Valid = JackPosition.HasBars | JackPosition.HasBarsOffset, FrameRate = 48000, Bar = 1, Beat = 1, BeatsPerBar = 4, BeatType = 4, TicksPerBeat = 1920, BeatsPerMinute = 120, BarsOffset = 12000 }).Quarters, 1e-9);
}
