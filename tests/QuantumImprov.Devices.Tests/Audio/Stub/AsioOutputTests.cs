using NAudio.Wave;
using QuantumImprov.Audio.NAudio.Asio;
using QuantumImprov.Audio.Output;
using QuantumImprov.Audio.Synth;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Devices.Tests.Audio.Stub;

#pragma warning disable CA1416 // The stub runs anywhere.

/// <summary>The adapter over a stub of its package.</summary>
public sealed class AsioOutputTests : IDisposable
{
    private readonly MadeUpDriver _studio = new("Studio USB ASIO", 48000), _other = new("Other", 44100);
    private readonly StandingClock _clock = new();

    public AsioOutputTests()
    {
        MadeUpDriver.All.Clear();
        MadeUpDriver.All.AddRange([_other, _studio]);
    }

    [Fact]
    public void A_driver_plays_at_its_own_rate_and_buffer_and_counts_what_it_took()
    {
        using var output = Open("asio:studio*");
        Assert.Equal("Studio USB ASIO (ASIO, 256 frames)", output.Device);
        Assert.Equal(48000, output.Stream.SampleRate);
        var buffer = new float[2 * 256];
        _studio.Pull(buffer);
        Assert.All(buffer, sample => Assert.True(Math.Abs(sample) < 1e-6));
        output.Stream.Emit(_clock.Now, ShortMessage.NoteOn(0, 60, 100));
        var loudest = 0f;
        for (var i = 0; i < 40; i++)
        {
            _clock.Now = _clock.Now.Plus(5_333_333);
            _studio.Pull(buffer);
            loudest = Math.Max(loudest, buffer.Max(Math.Abs));
        }

        Assert.True(loudest > 1e-3);
        Assert.Equal(41 * 256, output.PlayedFrames);
    }

    [Fact]
    public void The_driver_is_called_by_one_thread_that_is_none_of_ours()
    {
        using (Open("asio:Studio USB ASIO")) Assert.True(_studio.IsPlaying);
        Assert.Equal((0, false), (_studio.Handles, _studio.IsPlaying));
        Assert.NotEqual(Environment.CurrentManagedThreadId, Assert.Single(_studio.Threads));
    }

    [Fact]
    public void Changed_settings_are_taken_up()
    {
        using var output = Open("ASIO:Studio*");
        _studio.Buffer = 64;
        _studio.AskForReset();
        output.Tend();
        Assert.True(_studio.IsPlaying);
        Assert.Equal("Studio USB ASIO (ASIO, 64 frames)", output.Device);
        Assert.Null(output.Trouble);
        _studio.Unplug();
        Assert.Contains("gone", output.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void A_driver_that_is_pulled_out_is_waited_for()
    {
        using var output = Open("asio:Studio*");
        _studio.Pull(new float[512]);
        _studio.Unplug();
        Assert.Equal(0, output.PlayedFrames);
        _clock.Now = _clock.Now.PlusSeconds(2);
        output.Tend();
        Assert.Equal("The ASIO driver cannot be used: none matches \"Studio*\"; there are Other. Waiting for it.", output.Trouble);
        MadeUpDriver.All.Add(_studio);
        _clock.Now = _clock.Now.PlusSeconds(2);
        output.Tend();
        Assert.True(_studio.IsPlaying);
        Assert.Null(output.Trouble);
        _studio.Pull(new float[512]);
        Assert.Equal(256, output.PlayedFrames);
        Assert.Equal(1, _studio.Handles);
    }

    [Fact]
    public void What_cannot_be_opened_is_told_in_a_sentence_and_left_closed()
    {
        _studio.IsTaken = true;
        Assert.Equal("The ASIO driver cannot be used: The driver is in use.", Refused("asio:Studio*"));
        Assert.Equal(0, _studio.Handles);
        Assert.Equal("The ASIO driver cannot be used: none matches \"organ\"; there are Other, Studio USB ASIO.", Refused("asio:organ"));
        Assert.Equal(["asio:Other", "asio:Studio USB ASIO"], AsioOutput.List());
        MadeUpDriver.All.Clear();
        Assert.Equal("The ASIO driver cannot be used: there is none.", Refused("asio:*"));
    }

    [Fact]
    public void What_goes_wrong_once_the_driver_is_open_leaves_it_closed()
    {
        _studio.IsTongueTied = true;
        Assert.Equal("The ASIO driver cannot be used: The driver knows no latency.", Refused("asio:Studio*"));
        Assert.Equal(0, _studio.Handles);
        _studio.IsTongueTied = false;
        Assert.False(AsioOutput.TryOpen(new SoundOutputOptions { Device = "asio:Studio*" }, _ => throw new InvalidOperationException("No synth."), _clock, out _, out var reason));
        Assert.Equal("The ASIO driver cannot be used: No synth.", reason);
        Assert.Equal(0, _studio.Handles);
    }

    public void Dispose() => MadeUpDriver.All.Clear();

    private static BuiltInSynth Synth(int rate) => new(rate, 0, 1);

    private ISoundOutput Open(string name)
    {
        Assert.True(AsioOutput.TryOpen(new SoundOutputOptions { Device = name }, Synth, _clock, out var output, out var reason), reason);
        return output;
    }

    private string Refused(string name)
    {
        Assert.False(AsioOutput.TryOpen(new SoundOutputOptions { Device = name }, Synth, _clock, out _, out var reason));
        return reason;
    }

    private sealed class StandingClock : IHostClock
    {
        public HostTime Now { get; set; } = new(1_000_000_000);
    }
}
