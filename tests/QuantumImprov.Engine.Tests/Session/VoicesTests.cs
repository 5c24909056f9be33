using System.Collections.Immutable;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>A partner of several voices, as whole concerts.</summary>
public class VoicesTests
{
    private const string Call = "C4 D4 E4:.5 F4:.5 G4 E4 C4 D4:.5 E4:.5 C4 F4 E4:.5 D4:.5 E4 G4 C4:2 G3 C4";

    private static readonly string[] Bars = ["C4 E4:.5 F4:.5 G4 E4", "A4:.5 G4:.5 F4 E4 D4", "G3 C4 D4:.5 E4:.5 F4", "E4 D4:.5 C4:.5 D4:2"];

    private static readonly Preset[] Shipped = [.. Directory.GetFiles(Repository.Folder("presets"), "*.json").Order(StringComparer.Ordinal).Select(f => PresetText.Read(File.ReadAllText(f), out _)!)];

    // The lower voices hold what the leading one moves over, and come to rest with it on the tonic's chord.
    private const string Quartet = """
        | .:.1 G4:.8 .:.1 B4:.9 .:.1 F5:.45 .:.05 G5:.45 .:.05 A5:.9 .:.1 | G5:.9 .:.1 A5:.9 .:.1 C6:.45 .:.05 F5:.45 .:.05 C5:.9 .:.1 | F5:.9 .:.1 D5:.45 .:.05 E5:.45 .:.05 F5:.9 .:.1 G5:.9 .:.1 | E5:1.8 .:.2 C5:1.5 .:.5 |
        | .:.1 E4:.8 .:.1 D4:.9 .:.1 C4:.95 .:.05 D4:.9 .:.1 | C4:.9 .:.1 C4:.9 .:.1 F4:.95 .:.05 F4:1.9 | .:.1 E4:.45 .:.05 D4:.45 .:.05 D4:.9 .:.1 E4:.9 .:.1 | E4:1.8 .:.2 E4:1.5 .:.5 |
        | .:.1 F4:.8 .:.1 B3:.9 .:.1 A3:.45 .:.05 G3:1.4 .:.1 | C4:.9 .:.1 F4:.9 .:.1 C4:.45 .:.05 B3:1.4 .:.1 | G3:1.45 .:.05 G3:.45 .:.05 B3:.9 .:.1 C4:.9 .:.1 | D4:1.8 .:.2 G3:1.5 .:.5 |
        | .:.1 B3:.8 .:.1 G3:1.45 .:.05 B3:1.4 .:.1 | G3:.9 .:.1 A3:4.95 | .:.05 G3:3.8 | .:.2 C3:1.5 .:.5 |
        """;

    // Four bars heard, four bars played.
    private const string Combo = """
        | F4:.9 .:.1 E5:.9 .:.1 F5:.45 .:.13 G5:.42 A5:.9 .:.1 | G5:.9 .:.1 G5:.9 .:.1 D5:.45 .:.13 C5:.42 B4:.9 .:.1 | C5:.9 .:.1 A4:.45 .:.13 B4:.42 E5:.9 .:.1 A5:.9 .:.1 | B5:1.8 .:.2 C5:1.5 .:.5 | .:4 | .:4 | .:4 | .:4 | C5:.9 .:.1 D5:.9 .:.1 E5:.45 .:.13 F5:.42 G5:.9 .:.1 | E5:1.35 .:.23 D5:.42 B5:1.8 .:.2 | A5:.9 .:.1 B5:.45 .:.13 C6:.42 C6:.9 .:.1 E5:.45 .:.13 B5:.42 | C5:2 .:2 |
        | G3:.9 .:.1 E3:.9 .:.1 D3:.45 .:.13 E3:.42 C3:.9 .:.1 | G2:.9 .:.1 C2:.9 .:.1 D2:.95 .:.05 E2:.9 .:.1 | D2:.9 .:.1 C2:.45 .:.13 A1:.42 C2:.9 .:.1 E2:2.8 | .:.2 C2:1.5 .:.5 | .:4 | .:4 | .:4 | .:4 | G3:.9 .:.1 G3:.9 .:.1 E3:.45 .:.13 B2:.42 E3:.9 .:.1 | E3:.9 .:.1 B2:.9 .:.1 E3:.45 .:.13 B2:.42 E2:.9 .:.1 | D2:.9 .:.1 E2:.45 .:.13 D2:.42 F2:.9 .:.1 B1:.9 .:.1 | C2:2 .:2 |
        | D4:.9 .:.1 E4:.9 .:.1 D4:.95 .:.05 C4:.9 .:.1 | C4:.9 .:.1 G3:.9 .:.1 D4:7.8 | | .:.2 E4:1.5 .:.5 | .:4 | .:4 | .:4 | .:4 | G4:.9 .:.1 G4:.9 .:.1 C4:.95 .:.05 B3:.9 .:.1 | G3:.9 .:.1 B3:.9 .:.1 E4:1.9 .:.1 | F4:.9 .:.1 G4:.95 .:.05 E4:.9 .:.1 E4:.9 .:.1 | E3:2 .:2 |
        """;

    [Theory]
    [InlineData("quartet", Quartet)]
    [InlineData("combo", Combo)]
    public void They_play_this(string name, string golden)
    {
        var script = new ScriptedPerformance(120).Play(Call).Rest(24);
        var (partner, timeline) = (Play(script, Named(name), 1).Partner, script.ToPerformance().Map.At(Beats.Zero));
        var played = string.Join("\n", partner.Select(m => m.Message.Channel).Distinct().Order().Select(c => Score.Write(Score.NotesOf(On(partner, c)), timeline, Beats.Of(16))));
        Assert.True(golden == played, played);
    }

    [Theory]
    [InlineData("quartet")]
    [InlineData("combo")]
    public void The_leading_voice_plays_what_it_would_play_alone(string name)
    {
        var script = Phrases(12, 5);
        var preset = Named(name);
        var alone = preset with { Voice2 = VoiceRules.Off, Voice3 = VoiceRules.Off, Voice4 = VoiceRules.Off };
        var (together, plain) = (Play(script, preset, 3).Partner, Play(script, alone, 3).Partner);
        Assert.Equal(plain, On(together, preset.Channel - 1));
        Assert.True(together.Length > plain.Length * 3 / 2, $"{together.Length} messages beside {plain.Length}");
    }

    [Theory]
    [InlineData("quartet", 1)]
    [InlineData("quartet", 2)]
    [InlineData("combo", 3)]
    public void Each_voice_keeps_to_its_channel_and_range_and_all_end_together_without_grating(string name, ulong seed)
    {
        var script = Phrases(20, seed);
        var (preset, ends, rough) = (Named(name), 0, 0);
        foreach (var answer in Play(script, preset, seed).Answers)
        {
            var notes = answer.Notes;
            Assert.All(notes, n => Assert.InRange(n.Pitch, n.Voice == 0 ? preset.Low.Number : preset.Voice(n.Voice + 1).Low.Number, n.Voice == 0 ? preset.High.Number : preset.Voice(n.Voice + 1).High.Number));
            var last = Enumerable.Range(0, 4).Where(v => v == 0 || preset.Voice(v + 1).IsOn).Select(v => notes.LastOrDefault(n => n.Voice == v)).Where(n => n != default).ToList();
            Assert.Equal(1 + Enumerable.Range(2, 3).Count(v => preset.Voice(v).IsOn), last.Count);
            Assert.Single(last.Select(n => n.On).Distinct());
            ends++;
            rough += last.Any(a => last.Any(b => Grates(a.Pitch - b.Pitch))) ? 1 : 0;
        }

        Assert.True(ends >= 15 && rough == 0, $"{rough} of {ends} endings grate");
    }

    [Theory]
    [InlineData("quartet", 4)]
    [InlineData("combo", 3)]
    public void Every_note_of_every_voice_has_the_decision_that_chose_it_and_the_same_notes_sound_without(string name, int voices)
    {
        var script = new ScriptedPerformance(120).Play(Call).Rest(24);
        using var session = Concert.Session(script, 1, Named(name), ShippedRepertoire.Learn());
        session.Decisions.IsOn = true;
        var partner = Concert.Play(session, script).Partner;
        var answer = session.Snapshot(partner[^1].At).Answer!;
        Assert.Equal(voices, answer.Notes.Select(n => n.Voice).Distinct().Count());
        for (var i = 0; i < answer.Notes.Length; i++)
        {
            var note = answer.Notes[i];
            // Only the notes of a chord beside the one that was measured have none.
            if (answer.Decisions[i] == 0) Assert.Contains(answer.Notes.Zip(answer.Decisions), other => other.Second > 0 && other.First.Voice == note.Voice && other.First.On == note.On);
            else if (session.Decisions.Find(answer.Decisions[i]) is var record) Assert.Equal((note.Voice, note.Pitch, answer.Number), (record!.Voice, record.Candidates[record.Chosen], record.Answer));
        }

        var decided = answer.Decisions.Where(number => number > 0).ToList();
        Assert.Equal(decided.Distinct().Count(), decided.Count);
        Assert.Equal(session.Decisions.All().Count(d => d.Answer == answer.Number), decided.Count);
        Assert.Equal(Play(script, Named(name), 1).Partner, partner);
    }

    [Fact]
    public void What_sounds_together_on_a_beat_seldom_grates()
    {
        // Beside it, the same lines with each leading voice put to another answer's others.
        var answers = Play(Phrases(80, 9), Named("quartet"), 9).Answers.Where(a => a.Notes.Length > 0).ToList();
        var (together, strangers) = (Roughness(answers, 0), Roughness(answers, 1));
        Assert.True(together.Pairs > 500 && together.Share < .1 && strangers.Share > 2 * together.Share, $"{together.Share:P1} of {together.Pairs}, strangers {strangers.Share:P1}");

        static (double Share, int Pairs) Roughness(List<Concert.Answer> answers, int shift)
        {
            var (rough, pairs) = (0, 0);
            for (var i = 0; i < answers.Count; i++)
            {
                var (mine, others) = (answers[i], answers[(i + shift) % answers.Count]);
                foreach (var note in mine.Notes.Where(n => n.Voice == 0))
                {
                    var at = note.On - mine.Start;
                    foreach (var other in others.Notes.Where(n => n.Voice > 0 && n.On - others.Start == at))
                    {
                        pairs++;
                        rough += Grates(note.Pitch - other.Pitch) ? 1 : 0;
                    }
                }
            }

            return (rough / (double)pairs, pairs);
        }
    }

    [Fact]
    public void The_same_seed_plays_the_same_and_another_another()
    {
        var script = Phrases(6, 4);
        Assert.Equal(Play(script, Named("quartet"), 1).Partner, Play(script, Named("quartet"), 1).Partner);
        Assert.NotEqual(On(Play(script, Named("quartet"), 1).Partner, 3), On(Play(script, Named("quartet"), 2).Partner, 3));
    }

    [Fact]
    public void A_voice_that_is_delayed_enters_bars_later_and_rests_in_a_shorter_answer()
    {
        var preset = new Preset { LeastBars = 2, MostBars = 4, Voice2 = VoiceRules.Off with { Channel = 2, Delay = 2 } };
        var answers = Play(Phrases(20, 6), preset, 2).Answers.Where(a => a.Notes.Length > 0).ToList();
        Assert.Contains(answers, a => a.Bars > 2);
        Assert.Contains(answers, a => a.Bars == 2);
        foreach (var answer in answers)
        {
            var second = answer.Notes.Where(n => n.Voice == 1).ToList();
            Assert.Equal(answer.Bars > 2, second.Count > 0);
            if (second.Count > 0) Assert.True(second[0].On >= answer.Start + answer.Timeline.Metre.Bar * 2 && second[0].On < answer.End);
        }
    }

    [Fact]
    public void An_interrupted_answer_ends_in_every_voice()
    {
        var script = new ScriptedPerformance(120).Play(Call).Rest(7).Play("G4 A4").Rest(16);
        var partner = Play(script, Named("quartet"), 1).Partner;
        var again = script.ToPerformance().Map.ToHost(Beats.Of(27));
        Assert.True(Enumerable.Range(0, 4).All(c => On(partner, c).Any(m => m.Message.IsNoteOn && m.At < again)), "all four had begun");
        var down = new HashSet<(int, int)>();
        foreach (var (at, message) in partner)
        {
            if (at > again.Plus(12_000_000)) break;
            if (message.IsNoteOn) down.Add((message.Channel, message.Data1));
            else if (message.IsNoteOff) down.Remove((message.Channel, message.Data1));
        }

        Assert.Empty(down);
    }

    [Fact]
    public void Following_voices_go_with_every_key_at_their_own_intervals()
    {
        var preset = new Preset
        {
            Way = WayRules.Default with { Way = WayOfPlaying.Follow, Interval = 2 },
            Voice2 = VoiceRules.Off with { Channel = 2, Interval = -7, Low = new(24), High = new(60) },
            Voice4 = VoiceRules.Off with { Channel = 4, Interval = 4 },
        };
        var script = new ScriptedPerformance(120).Play("C4 E4 G4 C4 C4 E4 G4 C4").Rest(4).Play("C4").Rest(4);
        var partner = Play(script, preset, 1, new LearnedMusic()).Partner;
        var last = script.ToPerformance().Map.ToHost(Beats.Of(12));
        Assert.Equal([(0, 64), (1, 48), (3, 67)], partner.Where(m => m.Message.IsNoteOn && m.At == last).Select(m => (m.Message.Channel, (int)m.Message.Data1)).Order());
        Assert.Equal(partner.Count(m => m.Message.IsNoteOn), partner.Count(m => m.Message.IsNoteOff));
    }

    [Fact]
    public void A_dial_turns_the_voices_that_have_no_preset_of_their_own()
    {
        var preset = new Preset { Voice2 = VoiceRules.Off with { Channel = 2, Density = .1 }, Voice3 = VoiceRules.Off with { Channel = 3, Plays = new Preset { Dynamics = .5 } } };
        var script = Phrases(8, 3);
        var plain = Turned(rules => rules);
        var soft = Turned(rules => rules with { Dynamics = 0 });
        Assert.NotEqual(Keys(plain, 1), Keys(soft, 1));
        Assert.Equal(Keys(plain, 2), Keys(soft, 2));
        // How the beat is felt is everybody's.
        var swung = Turned(rules => rules with { Swing = 1 });
        Assert.All([0, 1, 2], channel => Assert.NotEqual(Keys(plain, channel), Keys(swung, channel)));

        ImmutableArray<TimedMessage> Turned(Func<PlanningRules, PlanningRules> turn)
        {
            using var session = Concert.Session(script, 1, preset, ShippedRepertoire.Learn());
            session.Pipeline.Settings = session.Pipeline.Settings with { Shape = turn(session.Pipeline.Settings.Shape) };
            return Concert.Play(session, script).Partner;
        }

        static IEnumerable<(HostTime, int)> Keys(IEnumerable<TimedMessage> partner, int channel) => On(partner, channel).Where(m => m.Message.IsNoteOn).Select(m => (m.At, (int)m.Message.Data2));
    }

    [Fact]
    public void A_piece_is_written_for_all_voices()
    {
        var (preset, bar) = (Named("quartet"), Beats.Of(4));
        var notes = Composition.Compose(ShippedRepertoire.Learn(), preset, ShippedRepertoire.Phrases, null, 8, default, default, 5);
        for (var voice = 0; voice < 4; voice++)
        {
            var own = notes.Where(n => n.Voice == voice).ToList();
            Assert.True(own.Count >= 6, $"voice {voice} has {own.Count} notes");
            for (var i = 1; i < own.Count; i++) Assert.True(own[i - 1].Off <= own[i].On);
            Assert.True(own[^1].On >= bar * 7 && own[^1].Off < bar * 8);
        }

        Assert.Equal(0, (notes.Last(n => n.Voice == 0).Pitch - notes.Last(n => n.Voice == 1).Pitch) % 12);
    }

    [Fact]
    public void A_preset_that_names_one_that_is_not_there_is_told_which_there_are()
    {
        var preset = new Preset { Voice3 = VoiceRules.Off with { Channel = 3, PresetName = "Brass" } };
        var resolved = PresetVoices.Resolve(preset, [new Preset { Name = "bass" }, new Preset { Name = "soft" }], out var faults);
        Assert.Equal("voice3.preset: found \"Brass\"; allowed is the name of a shipped preset: bass, soft.", Assert.Single(faults).ToString());
        Assert.Null(resolved.Voice3.Plays);
        var found = PresetVoices.Resolve(preset, [new Preset { Name = "brass", Leap = 3 }], out faults);
        Assert.Empty(faults);
        Assert.Equal(3, found.PlayedBy(3).Leap);
    }

    private static bool Grates(int interval) => (Math.Abs(interval) % 12) is 1 or 2 or 6 or 10 or 11;

    private static Preset Named(string name)
    {
        var preset = PresetVoices.Resolve(Shipped.Single(p => p.Name == name), Shipped, out var faults);
        Assert.Empty(faults);
        return preset;
    }

    private static Concert Play(ScriptedPerformance script, Preset preset, ulong seed, LearnedMusic? learned = null) =>
        Concert.Play(Concert.Session(script, seed, preset, learned ?? ShippedRepertoire.Learn()), script);

    private static ImmutableArray<TimedMessage> On(IEnumerable<TimedMessage> partner, int channel) => [.. partner.Where(m => m.Message.Channel == channel)];

    private static ScriptedPerformance Phrases(int count, ulong seed)
    {
        var (script, random) = (new ScriptedPerformance(120), new Xoshiro(seed));
        for (var i = 0; i < count; i++)
        {
            for (var bar = random.NextInt(3); bar >= 0; bar--) script.Play(Bars[random.NextInt(Bars.Length)]);
            script.Play("C4:2").Rest(22 - script.Now.Quarters % 4);
        }

        return script;
    }
}
