using System.Collections.Immutable;
using System.Text;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Repertoire.Text;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Replaying;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Testing;
using Xunit;
using static QuantumImprov.Host.Tests.Replaying.JournalLine;

namespace QuantumImprov.Host.Tests.Replaying;

/// <summary>What a journal tells is enough to play the session again, note for note; what was changed in it is found.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("answer", 120.0)]
    [InlineData("answer", null)]
    [InlineData("fours", 150.0)]
    [InlineData("fours", null)]
    [InlineData("beside", 110.0)]
    [InlineData("thirds", 120.0)]
    [InlineData("pulse", 130.0)]
    [InlineData("understudy", 120.0)]
    [InlineData("quartet", 120.0)]
    [InlineData("echo", null)]
    [InlineData("wander", 90.0)]
    [InlineData("qubit", 120.0)]
    public void A_session_of_any_way_of_playing_is_played_again(string preset, double? tempo)
    {
        using var concert = new RecordedConcert(_scratch, preset, tempo);
        concert.Play("C4 E4 G4 E4 D4 C4");
        concert.Rest(3.3);
        // Into the answer, so that it is cut off where nobody can foretell.
        concert.Play("A4 G4 F4 E4");
        concert.Rest(2.1);
        if (preset == "understudy") concert.Send(ShortMessage.Control(0, 67, 127));
        concert.Play("C4 D4 E4 C4", .31);
        concert.Rest(5);
        if (preset == "understudy") concert.Send(ShortMessage.Control(0, 67, 0));
        concert.Rest(1);
        AssertIdentical(concert, notes: 5);
    }

    [Fact]
    public void Whatever_is_asked_for_is_asked_again_at_the_same_instants()
    {
        var other = new RepertoireContent([.. ShippedRepertoire.Phrases.Take(9)], null);
        using var concert = new RecordedConcert(_scratch, "answer", 132, workTakes: [700_000_000, 5_000_000_000, 40_000_000, 2_222_000_000]);
        (CommandKind, double, string?)[] asked =
        [
            (CommandKind.Dial, .73, "coherence"), (CommandKind.Favour, 1, null), (CommandKind.Forget, 0, null), (CommandKind.Undo, 0, null), (CommandKind.Freeze, -1, null), (CommandKind.Dial, 1 / 3.0, "density"), (CommandKind.Freeze, -1, null),
            (CommandKind.Keep, 2, null), (CommandKind.Favour, 0, null), (CommandKind.Preset, 0, "daring"), (CommandKind.Undo, 0, null), (CommandKind.NextPreset, 0, null), (CommandKind.Program, 1, null), (CommandKind.Mute, -1, null), (CommandKind.Mute, -1, null),
            (CommandKind.Load, 0, "other"), (CommandKind.Mutate, 0, null), (CommandKind.Tempo, 97.3, null), (CommandKind.Clear, 0, null), (CommandKind.Reset, 0, null), (CommandKind.TakeOver, -1, null), (CommandKind.TakeOver, -1, null), (CommandKind.Panic, 0, null),
            (CommandKind.Tap, 0, null), (CommandKind.Tap, 0, null),
        ];
        foreach (var (kind, value, name) in asked)
        {
            concert.Play("C4 E4 D4 G4");
            concert.Ask(kind, value, name, kind == CommandKind.Load ? other : null);
            concert.Rest(1.7);
            // In the middle of a phrase too; by a control, which is held back when it moves again at once.
            concert.Play("F4 E4", .2);
            foreach (var turned in new[] { 3, 90, 64 }) concert.Send(ShortMessage.Control(0, 24, turned));
            if (kind == CommandKind.Forget) concert.Send(ShortMessage.Control(0, 102, 127));
            concert.Play("D4 C4", .2);
            concert.Rest(2.2);
        }

        concert.Errand(session => session.TryGoTo(3, other, "three"));
        concert.Play("G4 F4 E4 C4");
        concert.Rest(6);
        var record = AssertIdentical(concert, notes: 100);
        Assert.Contains(record.Steps, s => s.Kind == JournalStepKind.Exchange);
        Assert.Contains(record.Commands, c => c.Name == "repertoire");
    }

    [Fact]
    public void Time_that_somebody_else_keeps_is_kept_again()
    {
        using var clocked = new RecordedConcert(_scratch, "answer", null);
        clocked.Send(new ShortMessage(0xFA, 0, 0));
        for (var tick = 0; tick < 24 * 40; tick++)
        {
            clocked.Send(new ShortMessage(0xF8, 0, 0));
            if (tick % 288 < 96 && tick % 24 == 0) clocked.Send(ShortMessage.NoteOn(0, 60 + tick / 24 % 5 * 2, 80));
            if (tick % 288 < 96 && tick % 24 == 12) clocked.Send(ShortMessage.NoteOff(0, 60 + tick / 24 % 5 * 2));
            // A tempo that creeps, and jitter.
            clocked.Rest(.02 + tick * 4e-6 + tick * 7 % 5 * .0004);
        }

        clocked.Send(new ShortMessage(0xFC, 0, 0));
        clocked.Rest(1);
        AssertIdentical(clocked, notes: 10);

        using var song = new RecordedConcert(_scratch, "answer", 120);
        for (var i = 0; i < 240; i++)
        {
            // It rolls, slips, jumps, stops and rolls again.
            var at = i * .1 + (i > 60 ? .003 : 0) + (i > 120 ? 3.3 : 0);
            song.Song(new SongPlace(100, at, at * 100 / 60, Math.Floor(at * 100 / 240) * 4, 4, 4, i is < 150 or > 180));
            if (i % 60 == 5) song.Play("C4 E4 G4 C5", .1);
            else song.Rest(.1);
        }

        var record = AssertIdentical(song, notes: 6);
        Assert.Contains(record.Steps, s => s is { Kind: JournalStepKind.Song, Hushes: true });
        Assert.Contains(record.Steps, s => s is { Kind: JournalStepKind.Song, Follows: true });
    }

    [Fact]
    public void What_was_known_the_chords_and_a_late_output_are_there_again()
    {
        var known = new RepertoireContent([.. ShippedRepertoire.Phrases.Take(20).Select((p, i) => p with { Favoured = i == 3 })], null);
        var chart = ChordChartText.Read("| Dm7 G7 | Cmaj7 | % A7 |".Replace("% A7", "C A7", StringComparison.Ordinal), out _)!;
        var late = LatencyTable.TryMake(31.25, [new LatencyPoint(20, 90.1), new LatencyPoint(110, 3)], out _)!;
        using var concert = new RecordedConcert(_scratch, "combo", 140, known: known, change: setup => setup with { Chart = chart, Latency = late });
        for (var i = 0; i < 3; i++)
        {
            concert.Play("D4 F4 A4 C5 B4 G4", late: i == 1 ? 40_000_000 : 0);
            concert.Rest(4.4);
        }

        AssertIdentical(concert, notes: 20);
    }

    [Fact]
    public void A_note_that_went_out_late_is_told_apart()
    {
        using var concert = new RecordedConcert(_scratch);
        concert.Play("C4 E4 G4 E4 D4 C4");
        concert.Rest(.1);
        concert.Hang(1.5);
        concert.Rest(4);
        var verdict = ReplayVerdict.Of(concert.Close());
        Assert.False(verdict.Identical);
        Assert.True(verdict.Late > 0);
        Assert.Matches("^The same notes, but the machine did not keep up then with (one|[0-9]+) of them: at [0-9.]+ s, line [0-9]+, .* on channel 1 was [0-9.]+ ms late\\.$", verdict.Sentence);
    }

    [Fact]
    public void A_changed_note_is_found_at_its_line()
    {
        var path = Played();
        var lines = File.ReadAllLines(path);
        var line = Array.FindLastIndex(lines, l => Words(l)[0] == "out" && Words(l)[2][0] == '9');
        var words = Words(lines[line]);
        words[3] = words[3] == "3c" ? "3d" : "3c";
        lines[line] = Summed(words);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        var verdict = ReplayVerdict.Of(RecordedConcert.Read(path));
        Assert.False(verdict.Identical);
        Assert.Equal((line + 1, Math.Round(long.Parse(words[1]) * 1e-9, 6)), (verdict.Line, verdict.DiffersAt));
        Assert.Matches($"^Not identical: at [0-9.]+ s, line {line + 1}, the journal has [A-G]#?4 at velocity [0-9]+ on channel 1 where the replay has [A-G]b?#?-?[0-9] at velocity [0-9]+ on channel 1\\.$", verdict.Sentence);
    }

    // A key of the performer that is another, or comes a millisecond later; a command's number; the seed; a worker that was ready sooner.
    [Theory]
    [InlineData("in", 3, "45")]
    [InlineData("seed", 1, "99")]
    [InlineData("exchange", 1, null)]
    public void A_changed_input_leads_to_other_notes(string word, int field, string? text)
    {
        var path = Played();
        var lines = File.ReadAllLines(path);
        var line = Array.FindIndex(lines, l => Words(l)[0] == word);
        var words = Words(lines[line]);
        words[field] = text ?? $"{long.Parse(words[field]) + 4_000_000_000}";
        lines[line] = Summed(words);
        // Whatever follows the worker's instant then comes before it.
        if (text is null) lines = [.. lines.Where((_, i) => i != line).Take(lines.Length - 2), lines[line], lines[^1]];
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        var verdict = ReplayVerdict.Of(RecordedConcert.Read(path));
        Assert.False(verdict.Identical);
        Assert.NotNull(verdict.DiffersAt);
        Assert.StartsWith("Not identical: at ", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_torn_line_is_named()
    {
        var path = Played();
        var bytes = File.ReadAllBytes(path);
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        var line = Array.FindIndex(lines, l => Words(l)[0] == "in");
        bytes[lines.Take(line).Sum(l => Encoding.UTF8.GetByteCount(l) + 1) + 12] ^= 1;
        File.WriteAllBytes(path, bytes);
        var verdict = ReplayVerdict.Of(RecordedConcert.Read(path));
        Assert.False(verdict.Identical);
        Assert.Contains($"line {line + 1} of the journal is damaged", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_is_given_as_the_reason_and_an_older_journal_is_not_played()
    {
        var path = Played();
        var lines = File.ReadAllLines(path);
        for (var i = 0; i < lines.Length; i++)
        {
            if (Words(lines[i]) is ["seed", _]) lines[i] = Summed(["seed", "12"]);
            if (Words(lines[i])[0] == "product") lines[i] = Summed(["product", "[\"0.0.1\"]"]);
        }

        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        Assert.EndsWith($"; version 0.0.1 played it and this is {Product.Version}.", ReplayVerdict.Of(RecordedConcert.Read(path)).Sentence, StringComparison.Ordinal);
        File.WriteAllText(path, string.Join('\n', lines.Where(l => Words(l)[0] != "given")) + "\n");
        var verdict = ReplayVerdict.Of(RecordedConcert.Read(path));
        Assert.Null(verdict.Identical);
        Assert.Equal("It cannot be played again: its journal, by version 0.0.1, does not say what the partner knew when it began.", verdict.Sentence);
    }

    [Fact]
    public void What_a_session_that_died_left_is_played_again_as_far_as_it_got()
    {
        var path = Played();
        var lines = File.ReadAllLines(path);
        File.WriteAllText(path, string.Join('\n', lines.Take(lines.Length * 2 / 3)) + "\n");
        var verdict = ReplayVerdict.Of(RecordedConcert.Read(path));
        Assert.True(verdict.Identical, verdict.Sentence);
        Assert.True(verdict.PartnerNotes > 5);
    }

    private string Played()
    {
        using var concert = new RecordedConcert(_scratch, workTakes: 600_000_000);
        concert.Play("C4 E4 G4 E4 D4 C4");
        concert.Rest(5);
        concert.Ask(CommandKind.Clear);
        concert.Play("A4 G4 F4 E4 D4 F4 A4 E4");
        concert.Rest(6);
        concert.Play("E4 G4 C5 A4");
        concert.Rest(6);
        AssertIdentical(concert, notes: 8);
        return concert.Path;
    }

    private static SessionRecord AssertIdentical(RecordedConcert concert, int notes)
    {
        var record = concert.Close();
        var verdict = ReplayVerdict.Of(record);
        Assert.True(verdict.Identical, verdict.Sentence);
        Assert.Equal((concert.Sent, 0), (verdict.PartnerNotes, verdict.Late));
        Assert.InRange(verdict.PartnerNotes, notes, 5000);
        return record;
    }
}
