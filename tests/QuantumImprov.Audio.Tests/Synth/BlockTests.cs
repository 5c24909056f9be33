using CsCheck;
using QuantumImprov.Audio.Synth;
using QuantumImprov.Audio.Tests.Measuring;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Audio.Tests.Synth;

public sealed class BlockTests
{
    private const int TailFrames = 3000;

    [Fact]
    public void Any_cut_into_blocks_gives_the_same_samples_over_60_storms() =>
        Gen.Select(Storm.Messages, Gen.Int[1, 1000].Array[1, 20]).Sample(
            (messages, cuts) =>
            {
                var whole = Render(messages, [int.MaxValue]);
                foreach (var blocks in new[] { [1], [64], [1000], cuts })
                    Assert.True(whole.AsSpan().SequenceEqual(Render(messages, blocks)), $"Blocks of {string.Join(", ", blocks)} differ.");
            },
            iter: 60,
            threads: 1);

    [Fact]
    public void A_reset_synth_plays_as_a_new_one_over_20_storms() =>
        Gen.Select(Storm.Messages, Storm.Messages).Sample(
            (before, messages) =>
            {
                var used = new BuiltInSynth(Play.SampleRate);
                Render(before, [100], used);
                used.Reset();
                Assert.True(Render(messages, [100]).AsSpan().SequenceEqual(Render(messages, [100], used)));
            },
            iter: 20,
            threads: 1);

    [Fact]
    public void A_message_acts_from_the_next_frame_on()
    {
        foreach (var frame in new[] { 0, 1, 31, 32, 33, 777 })
        {
            var synth = new BuiltInSynth(Play.SampleRate);
            Assert.All(synth.Frames(frame).Left, sample => Assert.Equal(0f, sample));
            synth.Handle(ShortMessage.NoteOn(0, 60, 127));
            Assert.NotEqual(0f, synth.Frames(1).Left[0]);
        }
    }

    /// <summary>Left and right, as bits, rendered in blocks of the given lengths over and over.</summary>
    private static int[] Render((int Gap, ShortMessage Message)[] messages, int[] blocks, BuiltInSynth? synth = null)
    {
        synth ??= new BuiltInSynth(Play.SampleRate);
        var frames = messages.Sum(m => m.Gap) + TailFrames;
        var left = new float[frames];
        var right = new float[frames];
        int done = 0, block = 0;
        foreach (var (gap, message) in messages)
        {
            RenderTo(done + gap);
            synth.Handle(message);
        }

        RenderTo(frames);
        return [.. left.Concat(right).Select(BitConverter.SingleToInt32Bits)];

        void RenderTo(int until)
        {
            while (done < until)
            {
                var some = Math.Min(blocks[block++ % blocks.Length], until - done);
                synth.Render(left.AsSpan(done, some), right.AsSpan(done, some));
                done += some;
            }
        }
    }
}
