using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Pipeline;

public class PhraseReadingTests
{
    [Fact]
    public void A_performance_is_read_as_its_phrases_counted_from_the_bar_line_before_each()
    {
        var script = new ScriptedPerformance().Play("C4 D4 E4 C4").Rest(3).Play("G4 A4:.5 B4:.5 C3+E4+C5:2").Rest(2);
        var phrases = PhraseReading.Read(script.ToPerformance(), MelodyVoice.Top, PhraseGap.Default, "file:x");
        Assert.Equal(["C4@0 D4@1 E4@2 C4@3", "G4@3 A4@4 B4@4.5 C5@5"], phrases.Select(Words));
        Assert.All(phrases, p => Assert.Equal((default(Metre), "file:x"), (p.Metre, p.Source)));
    }

    [Fact]
    public void Each_phrase_is_on_the_tempo_and_in_the_metre_in_force_where_it_begins()
    {
        var script = new ScriptedPerformance().Play("C4 D4 E4 C4").Rest(4).At(75).In(3, 4).Play("G4 A4 B4 C5").Rest(5);
        var phrases = PhraseReading.Read(script.ToPerformance(), MelodyVoice.Top, PhraseGap.Default, "");
        Assert.Equal(["C4@0 D4@1 E4@2 C4@3", "G4@0 A4@1 B4@2 C5@3"], phrases.Select(Words));
        Assert.Equal(["4/4", "3/4"], phrases.Select(p => p.Metre.ToString()));
    }

    [Fact]
    public void A_long_piece_without_a_breath_is_cut_and_no_note_of_it_is_lost()
    {
        var random = new Xoshiro(12);
        var pitches = Enumerable.Range(0, 3_000).Select(_ => 50 + random.NextInt(30)).ToList();
        var script = new ScriptedPerformance().Play(string.Join(' ', pitches.Select(p => $"{new Pitch(p)}:.5")));
        var phrases = PhraseReading.Read(script.ToPerformance(), MelodyVoice.Top, PhraseGap.Default, "");
        Assert.Equal(pitches, phrases.SelectMany(p => p.Notes).Select(n => n.Pitch.Number));
        Assert.InRange(phrases.Length, 2, 12);
    }

    [Fact]
    public void A_file_learned_from_is_what_a_session_would_have_learned()
    {
        var (script, random) = (new ScriptedPerformance(), new Xoshiro(5));
        for (var i = 0; i < 20; i++) Session.Concert.PlayRandomPhrase(script, random, rest: 20);
        var learned = new LearnedMusic();
        Session.Concert.Play(Session.Concert.Session(script, learned: learned), script, () => 100_000_000);
        Assert.Equal(learned.ToContent().Phrases, PhraseReading.Read(script.ToPerformance(), MelodyVoice.Top, PhraseGap.Default, LearnedPhrase.FromPerformer));
    }

    private static string Words(LearnedPhrase phrase) => string.Join(' ', phrase.Notes.Select(n => FormattableString.Invariant($"{n.Pitch}@{n.Onset.Quarters}")));
}
