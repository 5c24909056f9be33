using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Shaping;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

/// <summary>A step of the call that is said again leads to the chord it led to.</summary>
public class SaidChordsTests
{
    private const uint Root = 1 << 3 | 1 << 7 | 1 << 10, Sixth = 1 << 4 | 1 << 7 | 1 << 9, Fourth = 1 << 3 | 1 << 5 | 1 << 8;
    private static readonly (int Low, int High) Keyboard = (0, 127);

    [Fact]
    public void A_step_of_the_call_has_the_chord_it_led_to_in_whatever_octave()
    {
        var said = Read((72, [60, 64]), (76, [55, 67]), (74, [53]), (72, []));
        Assert.Equal([0, Keys(55, 67), Keys(53), 0], Answer(said, 72, 76, 74, 72));
        // An octave lower, and two higher; a chord without a step to it is none.
        said = Read((72, [60, 64]), (76, [55, 67]), (74, [53]), (72, []));
        Assert.Equal([0, Keys(43, 55)], Answer(said, 60, 64));
        Assert.Equal([0, 0, Keys(77)], Answer(said, 99, 100, 98));
        // The same fall from elsewhere, and a note of the call by another step, are not said by it.
        Assert.Equal([0, 0, 0], Answer(said, 79, 77, 76));
    }

    [Fact]
    public void Of_two_such_steps_the_one_counts_that_goes_on_with_what_was_said_or_else_the_later_one()
    {
        (int, int[])[] call = [(72, [48]), (74, [50]), (76, [52]), (67, [43]), (72, [45]), (74, [47]), (79, [48])];
        Assert.Equal([0, Keys(47), Keys(52)], Answer(Read(call), 72, 74, 76));
        Assert.Equal([0, Keys(47), Keys(48)], Answer(Read(call), 72, 74, 79));
        // From the fall to G on it is the second time, from the call's opening, if that is what was said, the first.
        Assert.Equal([0, Keys(43), Keys(45), Keys(47)], Answer(Read(call), 76, 67, 72, 74));
        Assert.Equal([0, Keys(50)], Answer(Read([.. call[..2], (72, [45]), (74, [47]), .. call[..2]]), 72, 74));
    }

    [Fact]
    public void The_shape_is_that_of_the_chord_found()
    {
        var said = Read((72, [65, 69]), (74, [66, 71]));
        Assert.Equal(0u, said.Shape);
        Answer(said, 60, 62);
        Assert.Equal(1u << 3 | 1u << 8, said.Shape);
        Answer(said, 60);
        Assert.Equal(0u, said.Shape);
        said.Clear();
        Assert.Equal([0, 0], Answer(said, 72, 74));
    }

    [Fact]
    public void A_note_in_its_place_has_its_chord_whatever_came_before_unless_a_line_goes_on()
    {
        (int, int[])[] call = [(72, [48]), (74, [50]), (76, [52]), (74, [53])];
        var said = Read(call);
        Assert.Equal(Keys(48), said.Next(0, 72, Keyboard, 6));
        Assert.Equal(Keys(50), said.Next(3, 74, Keyboard, 6));
        said = Read(call);
        Assert.Equal(Keys(41), said.Next(3, 62, Keyboard, 6));
        Assert.Equal((UInt128)0, said.Next(-1, 72, Keyboard, 6));
    }

    [Theory]
    [InlineData(48, 60, 48, 127, 2, true)]
    [InlineData(48, 60, 49, 127, 2, false)]
    [InlineData(48, 60, 0, 55, 2, true)]
    [InlineData(48, 60, 0, 54, 2, false)]
    [InlineData(48, 60, 0, 127, 1, false)]
    [InlineData(2, 9, 0, 127, 2, true)]
    public void A_chord_without_room_is_not_said_again(int low, int lead, int lowest, int highest, int most, bool room)
    {
        var said = Read((lead + 10, [low]), (lead + 12, [low + 12, low + 19]));
        said.Next(-1, lead - 2, Keyboard, 6);
        Assert.Equal(room ? Keys(low, low + 7) : 0, said.Next(-1, lead, (lowest, highest), most));
        Assert.Equal(1, (int)UInt128.PopCount(Read((119, [100])).Next(0, 119, Keyboard, 6)));
        Assert.Equal((UInt128)0, Read((107, [100, 126])).Next(0, 119, Keyboard, 6));
        Assert.Equal((UInt128)0, Read((119, [3, 110])).Next(0, 107, Keyboard, 6));
    }

    // The dominant's leading note is in no melody here and not in A minor's signature; in D dorian, stated as a scale, it is out of place.
    [Fact]
    public void A_chord_said_again_may_have_notes_that_the_melody_never_had_unless_a_scale_is_stated()
    {
        var call = Minor();
        foreach (var (preset, heard) in ((Preset, bool)[])[(new Preset(), true), (new Preset { Root = "D", ScaleName = "dorian", KeyLock = 1 }, false)])
        {
            var sharp = 0;
            for (var seed = 0UL; seed < 30; seed++)
            {
                var (learned, notes) = (new LearnedMusic(), new List<AheadNote>());
                learned.PlayWith(preset);
                new Answering(learned, preset, seed).Reply(call, 24, Beats.Of(8), default, new Key(9, Mode.Minor), notes);
                if (!heard) Assert.All(notes, n => Assert.Contains(n.Pitch % 12, (int[])[0, 2, 4, 5, 7, 9, 11]));
                sharp += notes.GroupBy(n => n.On).Count(g => g.Any(n => n.Pitch == 68) && g.Max(n => n.Pitch) == 71);
            }

            Assert.True(heard ? sharp > 20 : sharp == 0, $"{sharp} dominants");
        }
    }

    // Shapes the performer has fit the call's harmony under any of its notes, but not the scale.
    [Fact]
    public void The_last_chord_stays_in_a_stated_scale_too()
    {
        var (preset, lasts) = (new Preset { Root = "C", ScaleName = "whole tone", KeyLock = 1 }, 0);
        for (var seed = 0UL; seed < 60; seed++)
        {
            var (learned, notes) = (new LearnedMusic(), new List<AheadNote>());
            learned.PlayWith(preset);
            foreach (var shape in (uint[])[1 << 4, 1 << 7, 1 << 3, 1 << 5, 1 << 8, 1 << 9]) learned.Chords.Hear(default, 60, shape, -1);
            new Answering(learned, preset, seed).Reply(Minor(), 24, Beats.Of(12), default, new Key(9, Mode.Minor), notes);
            lasts += notes.Count(n => n.On == notes[^1].On) > 1 ? 1 : 0;
            Assert.All(notes, n => Assert.Equal(0, n.Pitch % 2));
        }

        Assert.True(lasts > 20, $"{lasts} last chords");
    }

    [Fact]
    public void Over_a_melody_at_the_bottom_the_chords_said_again_stand_above_it()
    {
        var (preset, again, steps) = (new Preset { Melody = MelodyVoice.Bottom }, 0, 0);
        int[] melody = [48, 52, 55, 52, 53, 57, 55, 53, 50, 55, 59, 55, 48, 52, 50, 48];
        var call = new Call();
        call.Take([.. melody.Select((pitch, i) => new CallNote(Beats.Of(i), Beats.Of(1), (byte)pitch, 80, Shape: 1u << 12 | 1u << (i % 2 == 0 ? 19 : 24)) { Beside = Keys(pitch + 12, pitch + (i % 2 == 0 ? 19 : 24)), BesideDuration = Beats.Of(1) })]);
        for (var seed = 0UL; seed < 40; seed++)
        {
            var (learned, notes) = (new LearnedMusic(), new List<AheadNote>());
            learned.PlayWith(preset);
            foreach (var shape in (uint[])[1 << 3 | 1 << 7, 1 << 4 | 1 << 9]) learned.Chords.Hear(default, 55, shape, -1);
            new Answering(learned, preset, seed).Reply(call, 36, Beats.Of(16), default, default, notes);
            foreach (var together in notes.GroupBy(n => n.On).Select(g => g.Select(n => (int)n.Pitch).Order().ToArray()).Where(g => g.Length == 3))
            {
                steps++;
                again += together[1] == together[0] + 12 && together[2] - together[0] is 19 or 24 ? 1 : 0;
            }
        }

        Assert.True(steps > 100 && again > .6 * steps, $"{again} of {steps} chords are the call's");
    }

    [Fact]
    public void A_call_is_in_chords_when_half_of_its_notes_have_one()
    {
        Assert.True(Read((72, [60]), (74, [])).IsThere);
        Assert.False(Read((72, [60]), (74, []), (76, [])).IsThere);
        Assert.False(Read().IsThere);
        var said = Read((72, [60]));
        said.Clear();
        Assert.False(said.IsThere);
    }

    // The partner knows three shapes; the call has those of its own, each as wide as none of theirs.
    [Fact]
    public void An_answer_has_the_call_s_chord_with_most_of_what_it_says_again_and_chords_of_the_repertoire_with_the_rest()
    {
        var (call, again, steps, others, known) = (Chorded(), 0, 0, 0, 0);
        for (var seed = 0UL; seed < 150; seed++)
        {
            var learned = new LearnedMusic();
            learned.PlayWith(new Preset());
            foreach (var shape in (uint[])[Root, Sixth, Fourth, Root]) learned.Chords.Hear(default, 67, shape, -1);
            var notes = new List<AheadNote>();
            var answering = new Answering(learned, new Preset(), seed);
            answering.Reply(call, 48, Beats.Of(16), default, default, notes);
            var struck = notes.GroupBy(n => n.On).OrderBy(g => g.Key).Select(g => g.Select(n => (int)n.Pitch).Order().ToArray()).ToList();
            for (var i = 1; i < struck.Count - 1; i++)
            {
                var (from, to) = (struck[i - 1][^1], struck[i][^1]);
                // All chords here have three notes beside the melody's; others lost some, or got some, so that there are 48.
                if (struck[i].Length != 4) continue;
                var led = Enumerable.Range(1, call.Notes.Length - 1).Where(j => (call.Notes[j].Pitch - to) % 12 == 0 && (j == answering.Plan.Slots[i].Source || call.Notes[j].Pitch - call.Notes[j - 1].Pitch == to - from))
                    .Select(j => Moved(call.Notes[j].Beside, to - call.Notes[j].Pitch)).ToList();
                if (led.Count == 0)
                {
                    others++;
                    known += call.Notes.ToArray().All(n => Moved(n.Beside, to - n.Pitch) != Keys(struck[i][..^1])) ? 1 : 0;
                }
                else
                {
                    steps++;
                    again += led.Contains(Keys(struck[i][..^1])) ? 1 : 0;
                }
            }
        }

        Assert.True(steps > 200 && again > .6 * steps, $"{again} of {steps} chords are the call's; {known} of {others} others are not");
        Assert.True(others > 60 && known == others, $"{known} of {others} chords are not the call's");
    }

    // Four bars of four notes in C, a wide chord of three notes with each.
    private static Call Chorded()
    {
        int[] melody = [72, 76, 79, 76, 77, 81, 79, 77, 74, 79, 83, 79, 72, 76, 74, 72];
        var call = new Call();
        call.Take([.. melody.Select((pitch, i) =>
        {
            int[] below = [i % 2 == 0 ? 12 : 15, i % 3 == 0 ? 17 : 19, 24];
            int[] keys = [.. below.Select(b => pitch - b).Select(k => ((int[])[0, 2, 4, 5, 7, 9, 11]).Contains(k % 12) ? k : k + 1)];
            return new CallNote(Beats.Of(i), Beats.Of(1), (byte)pitch, 80, Shape: keys.Aggregate(0u, (shape, key) => shape | 1u << pitch - key)) { Beside = Keys(keys), BesideDuration = Beats.Of(1) };
        })]);
        return call;
    }

    // A minor's tonic, dominant and others with a melody they lie among, so that they are no other hand's.
    private static Call Minor()
    {
        int[] melody = [69, 71, 72, 71, 76, 71, 74, 71, 64, 71, 69, 71];
        var call = new Call();
        call.Take([.. melody.Select((pitch, i) =>
        {
            int[] keys = pitch switch { 64 => [55, 60], 69 => [60, 64], 71 => [64, 68], 72 => [64, 67], 74 => [65, 69], _ => [67, 72] };
            return new CallNote(Beats.Of(i), Beats.Of(1), (byte)pitch, 80, Shape: keys.Aggregate(0u, (shape, key) => shape | 1u << pitch - key)) { Beside = Keys(keys), BesideDuration = Beats.Of(1) };
        })]);
        return call;
    }

    private static SaidChords Read(params (int Pitch, int[] Keys)[] notes)
    {
        var (call, said) = (new Call(), new SaidChords());
        call.Take([.. notes.Select((n, i) => new CallNote(Beats.Of(i), Beats.Of(1), (byte)n.Pitch, 80, Shape: n.Keys.Aggregate(0u, (shape, key) => shape | 1u << n.Pitch - key)) { Beside = Keys(n.Keys) })]);
        said.Read(call);
        return said;
    }

    private static UInt128[] Answer(SaidChords said, params int[] pitches) => [.. pitches.Select(pitch => said.Next(-1, pitch, Keyboard, 6))];

    private static UInt128 Keys(params int[] keys) => keys.Aggregate((UInt128)0, (all, key) => all | UInt128.One << key);

    private static UInt128 Moved(UInt128 keys, int up) => up >= 0 ? keys << up : keys >> -up;
}
