using System.Collections.Immutable;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>Answers over written chords and in stated scales, as whole concerts.</summary>
public class HarmonyTests
{
    private const string Changes = "| Dm7 | G7 | Cmaj7 | A7 | Dm7 | Fm7 Bb7 | Ebmaj7 | Dm7b5 G7b9 |";

    [Theory]
    [InlineData(WayOfPlaying.Answer)]
    [InlineData(WayOfPlaying.Trade)]
    [InlineData(WayOfPlaying.Duet)]
    public void Over_a_chart_notes_on_beats_are_the_chords_and_endings_always(WayOfPlaying way)
    {
        var preset = new Preset { Way = WayRules.Default with { Way = way } };
        var (over, chart) = (Play(preset, Chart, 1), Chart);
        var (inside, onBeat) = Count(over, chart);
        Assert.True(onBeat > 60 && inside > .85 * onBeat, $"{inside} of {onBeat}");
        // Without it the same music has the chords' notes about as often as any.
        var (by, among) = Count(Play(preset, null, 1), chart);
        Assert.True(by < .75 * among, $"{by} of {among} without the chart");
        foreach (var answer in over.Answers.Where(a => way != WayOfPlaying.Duet && a.Notes.Length > 0))
        {
            var last = answer.Notes[^1];
            Assert.True(Holds(At(chart, last.On), last.Pitch), $"{new Pitch(last.Pitch)} over {At(chart, last.On)}");
        }
    }

    [Fact]
    public void What_belongs_changes_with_the_chord()
    {
        var strict = Play(new Preset { KeyLock = 1, Novelty = .5 }, Chart, 2);
        var notes = strict.Answers.SelectMany(a => a.Notes).ToList();
        Assert.True(notes.Count > 100);
        Assert.All(notes, n => Assert.NotEqual(0, At(Chart, n.On).BelongingIn(Chart.Key) >> n.Pitch % 12 & 1));
        // Ab is no note of C major.
        Assert.Contains(notes, n => n.Pitch % 12 is 3 or 8);
    }

    [Theory]
    [InlineData(WayOfPlaying.Answer)]
    [InlineData(WayOfPlaying.Trade)]
    public void Chords_that_are_held_on_a_channel_of_their_own_are_played_over_and_are_no_melody(WayOfPlaying way)
    {
        var preset = new Preset { ChordChannel = 4, Way = WayRules.Default with { Way = way, Bars = 2 } };
        var script = new ScriptedPerformance(120);
        // Bar for bar Ab and Eb, under a melody that fits C as well.
        for (var i = 0; i < 12; i++)
        {
            script.Play("C5 G4 C5 G4 G4 Bb4 G4 Bb4").Rest(8);
        }

        List<TimedMessage> hand = [];
        for (var bar = 0; bar < 48; bar++)
        {
            foreach (var key in bar % 2 == 0 ? [44, 48, 51, 56] : (int[])[46, 51, 55])
            {
                hand.Add(new TimedMessage(new HostTime(bar * 2_000_000_000L), ShortMessage.NoteOn(3, key, 70)));
                hand.Add(new TimedMessage(new HostTime(bar * 2_000_000_000L + 1_900_000_000L), ShortMessage.NoteOff(3, key)));
            }
        }

        var performance = script.ToPerformance();
        var messages = performance.Messages.Concat(hand.Select(m => new PartMessage(performance.Map.ToBeats(m.At), 0, m.Message))).OrderBy(m => m.At).ToImmutableArray();
        var (over, beside) = (Share(preset), Share(preset with { ChordChannel = 0, HeardChannel = 1 }));
        Assert.True(over > .7 && beside < over - .15, $"{over:P0} on the chords, {beside:P0} where they are not listened to");

        double Share(Preset played)
        {
            var (inside, all) = (0, 0);
            for (var seed = 1UL; seed <= 4; seed++)
            {
                using var session = new ImprovSession(new SessionSetup(played, ShippedRepertoire.Learn(), seed, Tempo.FromBpm(120), default, default));
                session.Pipeline.Ahead.Handed += (_, note) =>
                {
                    if (note.On.Modulo(Beats.Of(1)) != Beats.Zero) return;
                    var chord = note.On.Floor(Beats.Of(4)).Quarters % 8 == 0 ? 1 << 8 | 1 << 0 | 1 << 3 : 1 << 10 | 1 << 3 | 1 << 7;
                    all++;
                    inside += chord >> note.Pitch % 12 & 1;
                };
                VirtualConcert.Play(session, performance with { Messages = messages });
                // The hand's own notes were not learned: nothing below the melody was.
                Assert.DoesNotContain(session.Learned.Copy().Phrases.Where(p => p.Source == LearnedPhrase.FromPerformer).SelectMany(p => p.Notes), n => n.Pitch.Number < 60);
            }

            Assert.True(all > 150);
            return inside / (double)all;
        }
    }

    [Fact]
    public void A_piece_is_written_over_the_changes()
    {
        var notes = Composition.Compose(ShippedRepertoire.Learn(), new Preset { KeyLock = 1 }, ShippedRepertoire.Phrases, null, 32, Beats.Of(8), default, 5, chart: Chart);
        Assert.All(notes, n => Assert.NotEqual(0, Chart.At(n.On, Beats.Of(8), default).BelongingIn(Chart.Key) >> n.Pitch % 12 & 1));
        Assert.True(Holds(Chart.At(notes[^1].On, Beats.Of(8), default), notes[^1].Pitch));
    }

    [Theory]
    [InlineData("D", "dorian")]
    [InlineData("F#", "minor pentatonic")]
    [InlineData("C", "whole tone")]
    [InlineData("Bb", "blues")]
    [InlineData("E", "diminished")]
    public void A_stated_scale_holds_whatever_is_played(string root, string name)
    {
        var preset = new Preset { Root = root, ScaleName = name, KeyLock = 1, Voice2 = VoiceRules.Off with { Channel = 2, Low = new(36), High = new(60), Plays = new Preset { Chain = "walk", KeyLock = 1 } } };
        var notes = Play(preset, null, 3).Answers.SelectMany(a => a.Notes).ToList();
        Assert.True(notes.Count > 150 && notes.Any(n => n.Voice == 1));
        var scale = preset.Scale!.Value;
        Assert.All(notes, n => Assert.NotEqual(0, scale.Classes >> n.Pitch % 12 & 1));
        // All of it is used but what is rare.
        Assert.True(notes.Select(n => n.Pitch % 12).Distinct().Count() >= System.Numerics.BitOperations.PopCount((uint)scale.Degrees) - 1);
    }

    [Fact]
    public void A_scale_says_home()
    {
        Assert.Equal("D minor", new Preset { Root = "D", ScaleName = "dorian" }.Scale!.Value.Key.ToString());
        Assert.Equal("G major", new Preset { Root = "G", ScaleName = "mixolydian" }.Scale!.Value.Key.ToString());
        Assert.Null(new Preset { ScaleName = "blues" }.Scale);
        Assert.All(Scale.Known, s => Assert.Equal(1, s.Degrees & 1));
        Assert.Equal(Scale.Known.Length, Scale.Known.Select(s => s.Degrees).Distinct().Count());
    }

    [Fact]
    public void A_limit_on_polyphony_thins_chords()
    {
        var script = Chordal();
        Assert.Equal(4, Most(8));
        Assert.Equal(2, Most(2));
        Assert.Equal(1, Most(1));

        int Most(int polyphony) => Concert.Play(Concert.Session(script, 1, new Preset { Polyphony = polyphony }, ShippedRepertoire.Learn()), script)
            .Answers.SelectMany(a => a.Notes.GroupBy(n => n.On)).Max(chord => chord.Count());
    }

    [Theory]
    [InlineData(MelodyVoice.Top)]
    [InlineData(MelodyVoice.Bottom)]
    public void The_notes_of_an_answered_chord_stay_in_the_range_as_its_melody_does(MelodyVoice melody)
    {
        var script = Chordal();
        var preset = new Preset { Melody = melody, Low = new(57), High = new(72) };
        AheadNote[] notes = [.. Concert.Play(Concert.Session(script, 1, preset, ShippedRepertoire.Learn()), script).Answers.SelectMany(a => a.Notes)];
        Assert.Contains(notes.GroupBy(n => n.On), chord => chord.Count() > 1);
        Assert.All(notes, n => Assert.InRange(n.Pitch, 57, 72));
    }

    private static ScriptedPerformance Chordal()
    {
        var script = new ScriptedPerformance(120);
        for (var i = 0; i < 12; i++) script.Play("C4+E4+G4 D4+F4+A4 E4+G4+C5 G3+B3+D4 C4+E4+G4 F4+A4+C5 D4+F4+B4 C4+E4+G4+C5").Rest(12);
        return script;
    }

    private static ChordChart Chart => ChordChartText.Read(Changes, out _)!;

    private static (int Inside, int All) Count(Concert concert, ChordChart chart)
    {
        AheadNote[] onBeat = [.. concert.Answers.SelectMany(a => a.Notes).Where(n => n.On.Modulo(Beats.Of(1)) == Beats.Zero)];
        return (onBeat.Count(n => Holds(At(chart, n.On), n.Pitch)), onBeat.Length);
    }

    private static ChordSymbol At(ChordChart chart, Beats at) => chart.At(at, Beats.Zero, default);

    private static bool Holds(ChordSymbol chord, int pitch) => (chord.Classes >> pitch % 12 & 1) != 0;

    private static Concert Play(Preset preset, ChordChart? chart, ulong seed)
    {
        var (script, random) = (new ScriptedPerformance(120), new Xoshiro(seed));
        for (var i = 0; i < 16; i++)
        {
            string[] calls = ["C4 E4:.5 F4:.5 G4 E4 A4:.5 G4:.5 F4 E4 D4", "G4:.5 A4:.5 B4 C5 A4 G4 E4:.5 D4:.5 C4:2", "E4 D4:.5 C4:.5 D4 F4 E4 G4 A4:2"];
            script.Play(calls[random.NextInt(3)]).Rest(16 - script.Now.Quarters % 8);
        }

        var session = new ImprovSession(new SessionSetup(preset, ShippedRepertoire.Learn(), seed, Tempo.FromBpm(120), default, default) { Chart = chart });
        return Concert.Play(session, script);
    }
}
