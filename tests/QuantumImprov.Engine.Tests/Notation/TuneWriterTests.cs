using System.Collections.Immutable;
using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Notation;
using QuantumImprov.Engine.Repertoire.Shipped;
using Xunit;

namespace QuantumImprov.Engine.Tests.Notation;

public class TuneWriterTests
{
    private static readonly Tune Plain = new("T", "", Metre.Of(4, 4), Tempo.FromBpm(120), default, [new TuneNote(Beats.Zero, Beats.Of(4), new Pitch(60), 80)], Beats.Of(4), Beats.Zero);

    [Theory]
    [InlineData("4/4", "C major", "C4:2 .:2 | [C4 E4]:4~ | [C4 E4]:4 & C3:4 |\n")]
    [InlineData("4/4", "C major", "C4:2 (D4 E4) (F4 G4 A4) | . p C4 C4! C4@51 |\n")]
    [InlineData("4/4", "F major", "Bb4:3/2 C5:1/2 Db5 Eb4! | [F4 A4! C5@90]:4@100 |\n")]
    [InlineData("4/4", "E minor", "D#4 E4:3 |: F#4:4 | G4:4 :| |: A4:4 |\nB4:4 :| C5:4 |\n")]
    [InlineData("6/8", "A minor", "A4:2 B4 C5:3/2 B4:1/2 (A4 G4) |\n")]
    public void The_text_is_the_one_a_musician_would_write(string metre, string key, string music)
    {
        var text = $"title: T\nmetre: {metre}\ntempo: 120\nkey: {key}\n\n{music}";
        Assert.Equal(text, TuneWriter.Write(TuneReader.Read(text)));
    }

    [Fact]
    public void Every_tune_that_follows_the_rules_is_read_back_as_it_was() => Tunes.Sample(
        tune =>
        {
            var text = TuneWriter.Write(tune);
            if (!TuneReader.TryRead(text, out var read, out var faults)) Assert.Fail(string.Join('\n', faults) + "\n" + text);
            Assert.Equal(Show(tune), Show(read));
            Assert.Equal(tune, read);
        },
        iter: 3_000);

    [Fact]
    public void Shipped_tunes_are_read_back_as_they_were() =>
        Assert.All(ShippedTunes.All, tune => Assert.Equal(tune, TuneReader.Read(TuneWriter.Write(tune))));

    [Fact]
    public void Repeats_are_written_as_repeats()
    {
        var frere = TuneWriter.Write(TuneReader.Read("title: T\nmetre: 2/4\nkey: C major\n|: C4 D4 | E4 C4 | p E4 F4 | G4:2 :| C4:2"));
        Assert.Contains("|: C4 D4 | E4 C4 | p E4 F4 | G4:2 :|", TuneWriter.Write(TuneReader.Read(frere)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Unwritable))]
    public void A_tune_that_breaks_a_rule_is_refused(string why, Tune tune) => Assert.Contains(why, Assert.Throws<ArgumentException>(() => TuneWriter.Write(tune)).Message, StringComparison.Ordinal);

    public static TheoryData<string, Tune> Unwritable()
    {
        var note = Plain.Notes[0];
        return new()
        {
            { "title", Plain with { Title = "" } },
            { "title", Plain with { Title = "a\nb" } },
            { "source", Plain with { Source = " a" } },
            { "tonic", Plain with { Key = new Key(12, Mode.Major) } },
            { "tempo", Plain with { Tempo = Tempo.FromMicrosecondsPerQuarter(1) } },
            { "pick-up", Plain with { PickUp = Beats.Of(4) } },
            { "length", Plain with { Length = Beats.Of(5) } },
            { "length", Plain with { Length = Beats.Zero, Notes = [] } },
            { "within", Plain with { Notes = [note with { Duration = Beats.Of(5) }] } },
            { "within", Plain with { Notes = [note with { Onset = Beats.Of(-1) }] } },
            { "within", Plain with { Notes = [note with { Duration = Beats.Zero }] } },
            { "velocity", Plain with { Notes = [note with { Velocity = 0 }] } },
            { "velocity", Plain with { Notes = [note with { Velocity = 128 }] } },
            { "sorted", Plain with { Notes = [note, note with { Pitch = new Pitch(59) }] } },
            { "still sounds", Plain with { Notes = [note, note with { Onset = Beats.Of(1), Duration = Beats.Of(1) }] } },
        };
    }

    /// <summary>Tunes of 1 to 6 bars, 1 to 3 voices of chords and rests of ordinary and of arbitrary lengths, with and without a pick-up.</summary>
    private static Gen<Tune> Tunes
    {
        get
        {
            var metres = Gen.OneOf(Metre.Of(4, 4), Metre.Of(3, 4), Metre.Of(6, 8), Metre.Of(2, 4), Metre.Of(5, 16), Metre.Of(3, 2), Metre.Of(2, 1), Metre.Of(1, 32));
            var ticks = Gen.OneOf(Gen.OneOf(1680L, 2520, 5040, 6720, 10080, 15120, 20160, 30240, 40320, 60480), Gen.Long[1, 50_000]);
            var velocity = Gen.OneOf(Gen.OneOf<byte>(33, 49, 64, 80, 96, 112, 127), Gen.Byte[1, 127]);
            var chord = Gen.Select(ticks, Gen.Bool, Gen.Select(Gen.Int[0, 39], velocity).Array[1, 3]);
            var heading = Gen.Select(metres, Gen.Int[0, 23], Gen.Double[20, 400], Gen.OneOf(0L, 1, 2, 3), Gen.Bool);
            return Gen.Select(heading, Gen.Int[1, 6], chord.Array[0, 20].Array[1, 3]).Select((h, bars, voices) => Make(h.Item1, h.Item2, h.Item3, h.Item4, h.Item5, bars, voices));
        }
    }

    private static Tune Make(Metre metre, int key, double tempo, long quarterOfPickUp, bool completes, int bars, (long Ticks, bool IsRest, (int Pitch, byte Velocity)[] Notes)[][] voices)
    {
        var pickUp = new Beats(metre.Bar.Ticks / 4 * quarterOfPickUp);
        var length = pickUp + metre.Bar * bars - (completes ? pickUp : Beats.Zero);
        var notes = new List<TuneNote>();
        for (var v = 0; v < voices.Length; v++)
        {
            var at = Beats.Zero;
            foreach (var (ticks, rest, chord) in voices[v])
            {
                var end = Beats.Min(at + new Beats(ticks), length);
                if (!rest && end > at) notes.AddRange(chord.DistinctBy(n => n.Pitch).Select(n => new TuneNote(at, end - at, new Pitch(n.Pitch + 40 * v), n.Velocity)));
                at = end;
            }
        }

        ImmutableArray<TuneNote> sorted = [.. notes.OrderBy(n => n.Onset).ThenBy(n => n.Pitch)];
        return new Tune("A: tune // with signs", "é", metre, Tempo.FromBpm(tempo), new Key(key % 12, (Mode)(key / 12)), sorted, length, pickUp);
    }

    private static string Show(Tune tune) => string.Join('\n', tune.Notes) + tune.Length;
}
