using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Midi.Jack.Native;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack.Native;

/// <summary>The small parts of the callback, in C and in C#.</summary>
public sealed unsafe class PartTwinTests
{
    [Fact]
    public void The_same_bytes_are_the_same_messages()
    {
        JackRig.Need(Callback.Native);
        var bytes = Gen.OneOf(Gen.Byte, Gen.OneOf<byte>(0xF0, 0xF7, 0xF8, 0x90, 0x80, 0xC0, 60));
        bytes.Array[0, 6].Array[1, 40].Sample(events =>
        {
            var (managed, twin) = (new InputDecoder(), new InputDecoder());
            foreach (var one in events)
            {
                var expected = managed.TryDecode(one, out var message);
                ShortMessage decoded = default;
                int found;
                fixed (byte* first = one) found = NativeCallback.Decode(twin.Address, first, (nuint)one.Length, &decoded);
                Assert.Equal((expected, message), (found != 0, decoded));
                Assert.Equal((managed.Exclusives, managed.Malformed), (twin.Exclusives, twin.Malformed));
            }
        }, iter: 20_000);
    }

    [Fact]
    public void Every_status_has_the_same_length()
    {
        JackRig.Need(Callback.Native);
        for (var status = 0; status < 256; status++) Assert.Equal(new ShortMessage((byte)status, 0, 0).Length, NativeCallback.MessageLength((byte)status));
    }

    [Fact]
    public void Frames_and_instants_are_turned_into_each_other_alike()
    {
        JackRig.Need(Callback.Native);
        Gen.Select(Gen.OneOf(8000, 44100, 48000, 96000, 192000), Gen.Long[0, 1L << 50], Gen.Long[-(1L << 60), 1L << 60], Gen.Long[-(1L << 40), 1L << 40], Gen.Long[-(1L << 50), 1L << 50]).Sample((rate, origin, at, frame, later) =>
        {
            var scale = new FrameScale(rate, origin, new HostTime(at));
            var state = new ScaleState { Rate = rate, OriginFrame = origin, Origin = at };
            Assert.Equal(scale.ToHost(origin + frame).Nanoseconds, NativeCallback.ToHost(in state, origin + frame));
            Assert.Equal(scale.ToFrame(new HostTime(at + later)), NativeCallback.ToFrame(in state, at + later));
        }, iter: 100_000);
    }

    [Fact]
    public void Periods_are_followed_alike_through_wraps_gaps_and_jumps()
    {
        JackRig.Need(Callback.Native);
        var step = Gen.Select(Gen.OneOf(Gen.Int[16, 8192], Gen.Int[-100_000_000, 100_000_000]), Gen.Int[16, 8192], Gen.Long[0, 100_000_000]);
        Gen.Select(Gen.UInt, step.Array[1, 60]).Sample((start, steps) =>
        {
            var (managed, twin) = (new FrameTracker(48000, TimeProvider.System), new FrameTracker(48000, TimeProvider.System));
            var (counter, timestamp) = (start, 1_000_000_000L);
            foreach (var (advance, frames, passed) in steps)
            {
                Assert.Equal(managed.Advance(counter, (uint)frames, timestamp), NativeCallback.Advance(twin.Address, counter, (uint)frames, timestamp));
                Assert.Equal((managed.Frame, managed.Timestamp, managed.ToCounter(12345)), (twin.Frame, twin.Timestamp, twin.ToCounter(12345)));
                counter = unchecked(counter + (uint)advance);
                timestamp += passed;
            }
        }, iter: 10_000);
    }
}
