using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using Xunit;

namespace QuantumImprov.Engine.Tests.Repertoire;

public class PhraseArchiveTests
{
    private static readonly Gen<LearnedPhrase> AnyPhrase = Gen.Select(
        Gen.Select(Gen.Long[-100_000, 1_000_000], Gen.Long[0, 100_000], Gen.Int[0, 127], Gen.Byte[1, 127])
            .Select((onset, duration, pitch, velocity) => new LearnedNote(new Beats(onset), new Beats(duration), new Pitch(pitch), velocity)).Array[0, 200],
        Gen.Int[1, 12],
        Gen.String["abc "])
        .Select((notes, numerator, source) => new LearnedPhrase([.. notes], Metre.Of(numerator, 8), source));

    // 300 archives of up to 400 phrases, so that both stores grow.
    [Fact]
    public void What_was_put_in_comes_out_in_order_note_for_note() =>
        AnyPhrase.Array[0, 400].Sample(phrases =>
        {
            var archive = new PhraseArchive();
            foreach (var phrase in phrases)
            {
                archive.Begin(phrase.Metre, phrase.Source);
                foreach (var note in phrase.Notes) archive.Add(note);
            }

            Assert.Equal(phrases.Length, archive.Count);
            Assert.Equal(phrases.Sum(p => p.Notes.Length), archive.NoteCount);
            Assert.Equal(phrases, archive.ToPhrases());
            for (var i = 0; i < phrases.Length; i++)
            {
                Assert.Equal(phrases[i].Notes.AsSpan(), archive.Notes(i));
                Assert.Equal((phrases[i].Metre, phrases[i].Source), (archive.Metre(i), archive.Source(i)));
            }
        }, iter: 300);
}
