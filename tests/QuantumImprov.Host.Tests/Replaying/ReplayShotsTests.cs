using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.Presets;
using QuantumImprov.Host.Replaying;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Testing;
using Xunit;
using static QuantumImprov.Host.Tests.Replaying.JournalLine;

namespace QuantumImprov.Host.Tests.Replaying;

/// <summary>A session whose notes shots of a device chose is played again by the shots in its journal.</summary>
public sealed class ReplayShotsTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("noisy:ion-trap", "answer", 120.0)]
    [InlineData("noisy:cz-transmons", "quartet", null)]
    [InlineData("noisy:ion-trap", "beside", 110.0)]
    public void A_session_from_a_filled_bank_is_played_again(string backend, string preset, double? tempo)
    {
        BankRig? rig = null;
        using var concert = new RecordedConcert(_scratch, preset, tempo, change: setup =>
        {
            rig = new BankRig(BackendChoice.Of(backend), 0, setup.Learned, setup.Preset, setup.Seed, TimeProvider.System);
            Assert.True(BankFilling.Fill(rig, TimeSpan.FromMinutes(2), TimeProvider.System, null, TestContext.Current.CancellationToken) > 1000);
            return setup with { Banked = rig.Banked };
        });
        using (rig)
        {
            Play(concert);
            var (record, verdict) = AssertIdentical(concert);
            Assert.InRange(verdict.FromDevice, 1, verdict.PartnerNotes);
            Assert.Contains($", {verdict.FromDevice} of them chosen by shots of {backend}", verdict.Sentence, StringComparison.Ordinal);
            // Each law was told once: that of a simulated device is known.
            Assert.Equal(record.Draws.Select(d => d.Law).OfType<RecordedLaw>().Select(l => l.Number).Distinct().Count(), record.Draws.Select(d => d.Law).OfType<RecordedLaw>().Select(l => (l.Class, string.Join(' ', l.Labels))).Distinct().Count());
        }
    }

    // The law is measured from the shots, and anew when the device drifts; shots come in the middle, and not for every class enough.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_bank_that_is_empty_at_first_and_a_device_that_drifts_are_there_again(bool pure)
    {
        var preset = _scratch.Write("pure.json", PresetLibrary.Find("answer").Text.Replace("\"coherence\": 1,", pure ? "\"coherence\": 1, \"coins\": \"pure\"," : "\"coherence\": 1,", StringComparison.Ordinal));
        BankedChoosing? banked = null;
        using var concert = new RecordedConcert(_scratch, preset, 150, change: setup =>
        {
            Assert.Equal(pure, setup.Preset.Pure);
            banked = new BankedChoosing(new ShotBank(pure), new ContextClasses(pure ? ContextClasses.PureCoins : 0));
            BankPriming.Prime(banked, setup.Learned, setup.Preset, 4);
            return setup with { Banked = banked };
        });
        // Of the first answer every note is chosen here.
        concert.Play("C4 E4 G4 E4 D4 C4");
        concert.Rest(4);
        foreach (var batch in Shots(banked!, NoiseProfile.Ideal, 540)) concert.Session.Submit(batch);
        Play(concert);
        // A window of shots that speaks against every law.
        foreach (var law in Enumerable.Range(0, ShotBank.MostClasses).SelectMany(c => banked!.Bank.Stocks(c)).Select(stock => stock.Law))
        {
            for (var i = 0; i < ClassLaw.Window; i++) law.Count(i % 2);
        }

        Assert.True(banked!.Bank.Meter.Drifts > 0);
        Play(concert);
        foreach (var batch in Shots(banked, DeviceProfiles.EcrTransmons, 540)) concert.Session.Submit(batch);
        for (var i = 0; i < 8; i++) Play(concert);
        var (record, verdict) = AssertIdentical(concert);
        Assert.Contains(record.Draws, d => d.Law is null);
        // With pure coins it happens that all of them are kept.
        Assert.True(pure || record.Draws.Any(d => d.Symbols.Contains((sbyte)-1)));
        Assert.Equal(pure, record.Draws.Any(d => d.Coins is { IsDefault: false, Length: > 0 }));
        Assert.InRange(verdict.FromDevice, 5, verdict.PartnerNotes - 5);
        Assert.Contains($", {verdict.FromDevice} of them chosen by shots of test row", verdict.Sentence, StringComparison.Ordinal);
        // A law that was measured anew is told anew.
        Assert.Contains(record.Draws.Select(d => d.Law).OfType<RecordedLaw>().DistinctBy(l => l.Number).GroupBy(l => (l.Class, string.Join(' ', l.Labels))), told => told.Count() > 1);
    }

    [Theory]
    [InlineData("draw", true)]
    [InlineData("law", false)]
    public void Another_shot_or_law_leads_to_other_notes(string word, bool onlyTheLast)
    {
        var path = Played();
        var lines = File.ReadAllLines(path);
        var changed = 0;
        for (var i = 0; i < lines.Length && (!onlyTheLast || changed == 0); i++)
        {
            if (Words(lines[i]) is not { } words || words[0] != word) continue;
            var told = System.Text.Json.JsonSerializer.Deserialize<string[]>(string.Join(' ', words[2..]))!;
            // The shot that was accepted is the last; a law is turned round.
            if (word == "draw" && (told.Length < 3 || told[2] is not [.., not '-'])) continue;
            if (word == "draw") told[2] = told[2][..^1] + (told[2][^1] == '0' ? '1' : '0');
            else told[5] = string.Join(' ', told[5].Split(' ').Reverse());
            lines[i] = Summed([.. words[..2], System.Text.Json.JsonSerializer.Serialize(told)]);
            changed++;
        }

        Assert.True(changed > 0);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        var verdict = ReplayVerdict.Of(RecordedConcert.Read(path));
        Assert.False(verdict.Identical);
        Assert.StartsWith("Not identical: at ", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_session_writes_is_damage_and_a_choice_that_is_missing_is_named()
    {
        var path = Played();
        var lines = File.ReadAllLines(path);
        var line = Array.FindIndex(lines, l => Words(l) is ["draw", _, var told] && told.Count(c => c == ',') == 2);
        foreach (var told in (string[])["[]", "[\"x\"]", "[\"1\",\"2\"]", "[\"1\",\"999999\",\"0\"]", "[\"1\",\"1\",\"g\"]", "[\"1\",\"1\",\"F\"]", "[\"1\",\"1\",\"0\",\"2\"]", "[\"-1\"]", "[\"1\",\"1\",\"\",\"\",\"\"]"])
        {
            var record = Reading(path, lines, line, ["draw", "5", told]);
            Assert.Equal((1, line + 1), (record.Damage.DamagedLines, record.FirstDamagedLine));
        }

        foreach (var told in (string[])["[\"99\",\"v\",\"d\",\"64\",\"60\",\"1\"]", "[\"99\",\"v\",\"d\",\"0\",\"60 60\",\".5 .5\"]", "[\"99\",\"v\",\"d\",\"0\",\"60\",\"NaN\"]", "[\"99\",\"v\",\"d\",\"0\",\"60\",\"0\"]", "[\"99\",\"v\",\"d\",\"0\",\"60\",\"1 1\"]", "[\"99\",\"v\",\"d\",\"0\",\"60\",\"-1\"]", "[\"1\",\"v\",\"d\",\"0\",\"60\",\"1\"]"])
            Assert.Equal(1, Reading(path, lines, line, ["law", "5", told]).Damage.DamagedLines);
        File.WriteAllText(path, string.Join('\n', lines.Where((_, i) => i != line)) + "\n");
        var verdict = ReplayVerdict.Of(RecordedConcert.Read(path));
        Assert.False(verdict.Identical);
        Assert.Matches("; the journal does not say what made choice [0-9]+\\.$", verdict.Sentence);
    }

    [Fact]
    public void A_journal_without_its_shots_is_refused()
    {
        var path = Played();
        var lines = File.ReadAllLines(path).Where(l => Words(l)[0] is not ("draw" or "law")).ToArray();
        var line = Array.FindIndex(lines, l => Words(l) is ["given", "[\"device\",\"shots\"]"]);
        lines[line] = Summed(["given", "[\"device\",\"bank\"]"]);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        var verdict = ReplayVerdict.Of(RecordedConcert.Read(path));
        Assert.Null(verdict.Identical);
        Assert.Equal($"It cannot be played again: its notes were chosen with the shots of a device, which its journal, by version {Product.Version}, does not hold.", verdict.Sentence);
    }

    private static SessionRecord Reading(string path, string[] lines, int line, string[] words)
    {
        File.WriteAllText(path, string.Join('\n', lines.Select((l, i) => i == line ? Summed(words) : l)) + "\n");
        return RecordedConcert.Read(path);
    }

    private static void Play(RecordedConcert concert)
    {
        concert.Play("C4 E4 G4 E4 D4 C4");
        concert.Rest(3.3);
        // Into the answer, so that it is cut off where nobody can foretell.
        concert.Play("A4 G4 F4 E4");
        concert.Rest(6);
    }

    private static IEnumerable<ShotBatch> Shots(BankedChoosing banked, NoiseProfile noise, int shots)
    {
        var device = new NoisyDevice(noise, new Xoshiro(3));
        return banked.View("row", lawsAreKnown: false).Select((view, i) => new ShotBatch(view.Spec, "test", "row", noise.Name, Noon, ((Counts)device.RunAsync(view.Spec.ToCircuit(), shots).AsTask().Result).Shots) { Circuit = i });
    }

    private string Played()
    {
        BankedChoosing? banked = null;
        using var concert = new RecordedConcert(_scratch, change: setup =>
        {
            banked = new BankedChoosing(new ShotBank(), new ContextClasses());
            BankPriming.Prime(banked, setup.Learned, setup.Preset, 4);
            return setup with { Banked = banked };
        });
        foreach (var batch in Shots(banked!, DeviceProfiles.IonTrap, 800)) concert.Session.Submit(batch);
        concert.Rest(.5);
        Play(concert);
        AssertIdentical(concert);
        return concert.Path;
    }

    private static (SessionRecord Record, ReplayVerdict Verdict) AssertIdentical(RecordedConcert concert)
    {
        var record = concert.Close();
        var verdict = ReplayVerdict.Of(record);
        Assert.True(verdict.Identical, verdict.Sentence);
        Assert.Equal((concert.Sent, 0), (verdict.PartnerNotes, verdict.Late));
        Assert.InRange(verdict.PartnerNotes, 5, 5000);
        return (record, verdict);
    }
}
