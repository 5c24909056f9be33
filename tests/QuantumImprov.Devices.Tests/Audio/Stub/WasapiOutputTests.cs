using NAudio.CoreAudioApi;
using QuantumImprov.Audio.NAudio;
using QuantumImprov.Audio.Output;
using QuantumImprov.Audio.Synth;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Devices.Tests.Audio.Stub;

#pragma warning disable CA1416 // The stub runs anywhere.

/// <summary>The adapter over a stub of its package.</summary>
public sealed class WasapiOutputTests : IDisposable
{
    private readonly MadeUpEndpoint _speakers = new("Speakers", 44100), _headphones = new("Headphones", 48000);
    private readonly StandingClock _clock = new();

    public WasapiOutputTests()
    {
        MadeUpEndpoint.All.Clear();
        MadeUpEndpoint.All.AddRange([_speakers, _headphones]);
    }

    [Fact]
    public void The_default_device_plays_at_its_own_rate()
    {
        using var output = Open(new SoundOutputOptions());
        Assert.True(_speakers.IsPlaying);
        Assert.Equal(44100, output.Stream.SampleRate);
        Assert.StartsWith("Speakers (shared, low latency, 10 ms", output.Device, StringComparison.Ordinal);
        _speakers.Pull(new float[882]);
        Assert.Equal((441, 441), (output.Stream.Rendered, output.PlayedFrames));
    }

    [Fact]
    public void A_note_sounds_and_silence_is_silent()
    {
        using var output = Open(new SoundOutputOptions());
        var buffer = new float[2 * 4410];
        _speakers.Pull(buffer);
        Assert.All(buffer, sample => Assert.True(Math.Abs(sample) < 1e-6));
        output.Stream.Emit(_clock.Now, ShortMessage.NoteOn(0, 60, 100));
        _clock.Now = _clock.Now.PlusSeconds(.1);
        _speakers.Pull(buffer);
        Assert.Contains(buffer, sample => Math.Abs(sample) > 1e-3);
    }

    [Fact]
    public void A_device_is_found_by_its_name_or_a_pattern_of_it()
    {
        using (Open(new SoundOutputOptions { Device = "head*", Exclusive = true })) Assert.True(_headphones.IsPlaying);
        Assert.False(_headphones.IsPlaying);
        Assert.False(WasapiOutput.TryOpen(new SoundOutputOptions { Device = "Organ" }, Synth, _clock, out _, out var reason));
        Assert.Equal("No sound device matches \"Organ\"; there are Speakers, Headphones.", reason);
        Assert.False(WasapiOutput.TryOpen(new SoundOutputOptions { Buffer = TimeSpan.FromSeconds(1) }, Synth, _clock, out _, out reason));
        Assert.Contains("1 to 200", reason, StringComparison.Ordinal);
        Assert.Equal(["Speakers", "Headphones"], WasapiOutput.List(out _));
    }

    [Fact]
    public void A_device_that_is_pulled_out_gives_way_to_the_next_default()
    {
        using var output = Open(new SoundOutputOptions());
        _speakers.Unplug();
        Assert.Contains("gone", output.Trouble, StringComparison.Ordinal);
        output.Tend();
        Assert.False(_headphones.IsPlaying);
        _clock.Now = _clock.Now.PlusSeconds(2);
        output.Tend();
        Assert.True(_headphones.IsPlaying);
        Assert.Null(output.Trouble);
    }

    [Fact]
    public void A_device_that_was_named_is_waited_for()
    {
        using var output = Open(new SoundOutputOptions { Device = "Headphones" });
        _headphones.Unplug();
        _clock.Now = _clock.Now.PlusSeconds(2);
        output.Tend();
        Assert.Contains("Waiting", output.Trouble, StringComparison.Ordinal);
        MadeUpEndpoint.All.Add(_headphones);
        _clock.Now = _clock.Now.PlusSeconds(2);
        output.Tend();
        Assert.True(_headphones.IsPlaying);
    }

    [Fact]
    public void A_device_that_refuses_is_told_in_a_sentence()
    {
        _speakers.IsTaken = true;
        Assert.False(WasapiOutput.TryOpen(new SoundOutputOptions(), Synth, _clock, out _, out var reason));
        Assert.Equal("The sound device refuses: The device is in use.", reason);
        Assert.Equal(0, _speakers.Players);
    }

    [Fact]
    public void Another_default_is_followed_and_a_named_device_is_kept()
    {
        using var named = Open(new SoundOutputOptions { Device = "Speakers" });
        using var usual = Open(new SoundOutputOptions());
        MadeUpEndpoint.All.Reverse();
        named.Tend();
        usual.Tend();
        Assert.False(_headphones.IsPlaying);
        _clock.Now = _clock.Now.PlusSeconds(1);
        named.Tend();
        usual.Tend();
        Assert.StartsWith("Headphones", usual.Device, StringComparison.Ordinal);
        Assert.StartsWith("Speakers", named.Device, StringComparison.Ordinal);
        Assert.Equal((1, 1), (_headphones.Players, _speakers.Players));
        Assert.Null(usual.Trouble);
    }

    [Fact]
    public void A_default_that_refuses_leaves_no_player_behind_and_is_tried_again()
    {
        using var output = Open(new SoundOutputOptions());
        MadeUpEndpoint.All.Reverse();
        _headphones.IsTaken = true;
        for (var i = 0; i < 3; i++)
        {
            _clock.Now = _clock.Now.PlusSeconds(1);
            output.Tend();
        }

        Assert.Equal("The sound device refuses: The device is in use. Waiting for it.", output.Trouble);
        Assert.Equal((0, 0), (_headphones.Players, _speakers.Players));
        _headphones.IsTaken = false;
        _clock.Now = _clock.Now.PlusSeconds(1);
        output.Tend();
        Assert.True(_headphones.IsPlaying);
        Assert.Null(output.Trouble);
    }

    [Fact]
    public void Its_frames_and_how_fast_its_clock_goes_are_told()
    {
        using var output = Open(new SoundOutputOptions());
        Assert.Equal("Speakers (shared, low latency, 10 ms), 0 frames played", SoundHealth.Of(output).Words);
        // Twenty seconds of a device that takes 9.999 ms for what it says are ten: 100 ppm fast.
        for (var i = 0; i < 2000; i++)
        {
            _speakers.Pull(new float[882]);
            _clock.Now = _clock.Now.Plus(9_999_000);
        }

        var health = SoundHealth.Of(output);
        Assert.Equal(882_000, health.PlayedFrames);
        Assert.InRange(health.Drift!.Value, 95, 105);
        Assert.Equal("Speakers (shared, low latency, 10 ms), 882000 frames played, clock +100 ppm", health.Words);
    }

    public void Dispose() => MadeUpEndpoint.All.Clear();

    private static BuiltInSynth Synth(int rate) => new(rate, 0, 1);

    private ISoundOutput Open(SoundOutputOptions options)
    {
        Assert.True(WasapiOutput.TryOpen(options, Synth, _clock, out var output, out var reason), reason);
        return output;
    }

    private sealed class StandingClock : IHostClock
    {
        public HostTime Now { get; set; } = new(1_000_000_000);
    }
}
