using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

public sealed class FrameScaleTests
{
    private static readonly Gen<FrameScale> Scales =
        Gen.Select(Gen.Int[0, 2].Select(i => new[] { 44100, 48000, 96000 }[i]), Gen.Long[0, 1L << 40], Gen.Long[0, 1L << 60], (rate, frame, origin) => new FrameScale(rate, frame, new HostTime(origin)));

    [Fact]
    public void Frame_to_time_to_frame_is_the_identity() =>
        Gen.Select(Scales, Gen.Long[-(1L << 36), 1L << 42]).Sample(
            (scale, away) => scale.ToFrame(scale.ToHost(scale.OriginFrame + away)) == scale.OriginFrame + away, iter: 200_000);

    [Fact]
    public void Time_to_frame_to_time_errs_by_half_a_frame_at_most() =>
        Gen.Select(Scales, Gen.Long[0, 1L << 59]).Sample(
            (scale, away) =>
            {
                var at = scale.Origin.Plus(away);
                return Math.Abs(scale.ToHost(scale.ToFrame(at)).Since(at)) <= 500_000_000 / scale.Rate + 1;
            },
            iter: 200_000);

    [Fact]
    public void A_second_is_the_rate_however_far_from_the_origin() =>
        Gen.Select(Scales, Gen.Int[0, 100_000_000]).Sample(
            (scale, seconds) => scale.ToHost(scale.OriginFrame + (long)seconds * scale.Rate).Since(scale.Origin) == seconds * 1_000_000_000L, iter: 50_000);
}
