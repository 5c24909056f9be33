using System.Text.Json;
using QuantumImprov.Host.Tests.Files;
using QuantumImprov.Qpu.Fake;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Qpu;

/// <summary>The verbs of <c>qpu</c>, as a person uses them, against a fake cloud over HTTP.</summary>
public sealed class QpuVerbTests
{
    private static async Task<FakeCloud> CloudAsync(FakeLatency? latency = null) => await FakeCloud.StartAsync(new FakeCloudOptions { Latency = latency ?? FakeLatency.None, JobsAMinute = 0 });

    private static JsonElement Run(Scratch scratch, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        using var run = ProgramRun.StartWith(variables, scratch, arguments);
        var outcome = run.End();
        Assert.True(outcome.Code == 0, $"{outcome.Code}: {outcome.Output}{outcome.Error}");
        using var document = JsonDocument.Parse(outcome.Output);
        return document.RootElement.Clone();
    }

    [Fact]
    public void A_rehearsal_answers_with_exactly_its_keys()
    {
        using var scratch = new Scratch();
        var json = Run(scratch, new Dictionary<string, string>(), "qpu", "rehearse", "--minutes", "0.5", "--notes-per-second", "8", "--seed", "3", "--json");
        Assert.Equal(["notes", "qpu_share", "late", "player_waits", "jobs", "spend", "budget", "outside_mass", "shots_per_note", "pit_p", "replay_identical"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal((240, 0, 0), (json.GetProperty("notes").GetInt32(), json.GetProperty("late").GetInt32(), json.GetProperty("player_waits").GetInt32()));
        Assert.True(json.GetProperty("replay_identical").GetBoolean());
        Assert.False(Directory.Exists(Path.Combine(scratch.Home, "qpu")));
    }

    [Fact]
    public async Task A_bank_is_filled_for_the_money_there_is_and_not_a_cent_more()
    {
        await using var cloud = await CloudAsync();
        using var scratch = new Scratch();
        string[] fill = ["qpu", "fill", "--backend", "ionq:qpu.aria-1", "--preset", "answer", "--target", "20s", "--json"];
        var without = Run(scratch, cloud.Variables, fill);
        Assert.Equal(0, without.GetProperty("shots").GetInt64());
        Assert.Empty(cloud.Jobs);
        var dry = Run(scratch, cloud.Variables, [.. fill, "--dry-run", "--budget", "1000"]);
        Assert.True(dry.GetProperty("would_send").GetProperty("price").GetDecimal() > 1);
        Assert.Empty(cloud.Jobs);
        var filled = Run(scratch, cloud.Variables, [.. fill, "--budget", "1000"]);
        Assert.True(filled.GetProperty("complete").GetBoolean(), filled.ToString());
        Assert.True(filled.GetProperty("stock").GetInt64() > 1_000);
        Assert.NotEmpty(cloud.Jobs);
        var jobs = Run(scratch, cloud.Variables, "qpu", "jobs", "--json");
        Assert.Equal(cloud.Jobs.Select(j => j.Id).Order(), jobs.GetProperty("jobs").EnumerateArray().Select(j => j.GetProperty("job").GetString()!).Order());
        Assert.All(jobs.GetProperty("jobs").EnumerateArray(), j => Assert.Equal("done", j.GetProperty("outcome").GetString()));
        var bank = Run(scratch, cloud.Variables, "qpu", "bank", "--json");
        Assert.True(bank.GetProperty("shots").GetInt64() >= filled.GetProperty("stock").GetInt64());
        // What is there is not bought again.
        var count = cloud.Jobs.Count;
        Run(scratch, cloud.Variables, [.. fill, "--budget", "1000"]);
        Assert.Equal(count, cloud.Jobs.Count);
        var status = Run(scratch, cloud.Variables, "qpu", "status", "--backend", "ionq:qpu.aria-1", "--json");
        Assert.True(status.GetProperty("booked_24h").GetDecimal() > 0);
        var handed = Run(scratch, cloud.Variables, "qpu", "bank", "--export", scratch["bank.flat"], "--json");
        Assert.True(handed.GetProperty("exported").GetInt64() > 0);
        Assert.Equal(0, Run(scratch, cloud.Variables, "qpu", "bank", "--json").GetProperty("shots").GetInt64());
    }

    [Fact]
    public async Task Shares_of_the_bank_are_handed_to_the_plugin_and_gone_here()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The plugin takes shots on Linux.");
        await using var cloud = await CloudAsync();
        using var scratch = new Scratch();
        Run(scratch, cloud.Variables, "qpu", "fill", "--backend", "ionq:qpu.aria-1", "--target", "20s", "--budget", "1000", "--json");
        var (before, path) = (Stock(), Path.Combine(scratch.Home, "qpu", "plugin.shots"));
        var first = Run(scratch, cloud.Variables, "plugin", "shots", "--backend", "ionq:qpu.aria-1", "--share", "30", "--json");
        var moved = first.GetProperty("moved").GetInt64();
        // Of each batch, rounded up.
        Assert.InRange(moved, .3 * before, (.3 * before) + FlatBank.Read(File.ReadAllBytes(path), out _)!.Batches.Length);
        Assert.Equal(before - moved, Stock());
        Assert.Equal(("ionq", "qpu.aria-1"), (first.GetProperty("devices")[0].GetProperty("vendor").GetString(), first.GetProperty("devices")[0].GetProperty("device").GetString()));
        var rest = Run(scratch, cloud.Variables, "plugin", "shots", "--all", "--json");
        Assert.Equal((before - moved, before, 0L), (rest.GetProperty("moved").GetInt64(), rest.GetProperty("held").GetInt64(), Stock()));
        var flat = FlatBank.Read(File.ReadAllBytes(path), out _)!;
        Assert.Equal(before, flat.Left);
        Assert.All(flat.Stocks, s => Assert.NotEqual(ClassSpec.UnknownContext, s.Spec.Context));
        Assert.All(flat.Batches, b => Assert.NotEqual("", b.Job));
        using var none = ProgramRun.StartWith(cloud.Variables, scratch, ["plugin", "shots"]);
        Assert.Equal((1, "quantumimprov: The bank has no unused shots; qpu fill fills it.\n"), (none.End().Code, none.Error));

        long Stock() => Run(scratch, cloud.Variables, "qpu", "bank", "--json").GetProperty("shots").GetInt64();
    }

    [Fact]
    public void Shots_of_a_simulated_device_are_made_on_the_spot_and_stay_local()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The plugin takes shots on Linux.");
        using var scratch = new Scratch();
        var none = new Dictionary<string, string>();
        var made = Run(scratch, none, "plugin", "shots", "--backend", "noisy:ion-trap", "--json");
        var again = Run(scratch, none, "plugin", "shots", "--backend", "noisy:ion-trap", "--json");
        Assert.Equal(made.GetProperty("moved").GetInt64() + again.GetProperty("moved").GetInt64(), again.GetProperty("held").GetInt64());
        Assert.Equal("local", made.GetProperty("devices")[0].GetProperty("vendor").GetString());
        var flat = FlatBank.Read(File.ReadAllBytes(Path.Combine(scratch.Home, "qpu", "plugin.shots")), out _)!;
        Assert.All(flat.Stocks, s => Assert.NotEmpty(s.KnownLaw));
        Assert.Equal(0, Run(scratch, none, "qpu", "bank", "--json").GetProperty("shots").GetInt64());
    }

    [Theory]
    [InlineData("plugin shots", "The bank has no unused shots; qpu fill fills it.")]
    [InlineData("plugin shots --backend ibm", "The bank has no unused shots of ibm; qpu fill fills it.")]
    public void Where_the_plugin_takes_no_shots_none_are_moved_and_elsewhere_an_empty_bank_is_told(string arguments, string words)
    {
        using var scratch = new Scratch();
        var outcome = ProgramRun.Run(scratch, arguments.Split(' '));
        Assert.Equal(1, outcome.Code);
        Assert.Contains(OperatingSystem.IsLinux() ? words : "it moves them on Linux alone", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
        Assert.False(File.Exists(Path.Combine(scratch.Home, "qpu", "plugin.shots")));
    }

    [Fact]
    public async Task A_file_is_answered_by_shots_and_each_note_says_where_it_is_from()
    {
        await using var cloud = await CloudAsync();
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        using var run = ProgramRun.StartWith(cloud.Variables, scratch, ["respond", "call.mid", "--out", "answer.mid", "--seed", "3", "--backend", "ibm", "--budget", "100"]);
        var outcome = run.End();
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Contains("notes were chosen by shots of qpu:ibm:fake_row", outcome.Error, StringComparison.Ordinal);
        var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(scratch["answer.mid"]));
        Assert.Contains("qpu:ibm fake_row job ibm-", text, StringComparison.Ordinal);
        Assert.DoesNotContain("fake-key", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("here")]
    [InlineData("pure")]
    public void A_noisy_device_of_ours_gives_the_same_file_for_the_same_seed_and_its_notes_are_local(string coins)
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        scratch.Write("preset.json", $$"""{ "version": 1, "name": "coins", "about": "Answers.", "chain": { "coins": "{{coins}}" } }""");
        foreach (var file in new[] { "one.mid", "two.mid" })
        {
            var outcome = ProgramRun.Run(scratch, "respond", "call.mid", "--out", file, "--seed", "3", "--backend", "noisy:ion-trap", "--preset", "preset.json");
            Assert.True(outcome.Code == 0, outcome.Error);
            Assert.Matches(@"quantumimprov: \d+\.\d % of \d+ notes were chosen by shots of local:ion-trap", outcome.Error);
        }

        var bytes = File.ReadAllBytes(scratch["one.mid"]);
        Assert.Equal(bytes, File.ReadAllBytes(scratch["two.mid"]));
        var text = System.Text.Encoding.Latin1.GetString(bytes);
        Assert.Contains("local noisy:ion-trap job noisy-ion-trap-3-", text, StringComparison.Ordinal);
        Assert.DoesNotContain("qpu:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circuit_runs_anywhere_with_the_highest_bit_first()
    {
        await using var cloud = await CloudAsync();
        using var scratch = new Scratch();
        scratch.Write("flip.qasm", "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[3]; creg c[3]; x q[0]; measure q -> c;");
        foreach (var (backend, budget) in new[] { ("local", "0"), ("noisy:ideal", "0"), ("ibm", "50"), ("ionq:simulator", "0"), ("iqm", "50"), ("qbraid", "0"), ("azure", "0"), ("braket", "50") })
        {
            var json = Run(scratch, cloud.Variables, "qpu", "run", "flip.qasm", "--backend", backend, "--budget", budget, "--shots", "300", "--json");
            Assert.True(json.GetProperty("counts").GetProperty("001").GetInt32() > 250, $"{backend}: {json}");
        }

        using var refused = ProgramRun.StartWith(cloud.Variables, scratch, ["qpu", "run", "flip.qasm", "--backend", "ibm", "--shots", "300"]);
        var outcome = refused.End();
        Assert.Equal(1, outcome.Code);
        Assert.Matches(@"quantumimprov: It would cost \d+\.\d\d USD; --budget leaves ", outcome.Error);
    }

    [Fact]
    public async Task Open_jobs_are_called_off_by_name_or_all_together()
    {
        await using var cloud = await CloudAsync(FakeLatency.Never);
        using var scratch = new Scratch();
        using var fill = ProgramRun.StartWith(cloud.Variables, scratch, ["qpu", "fill", "--backend", "ibm", "--target", "20s", "--budget", "500"]);
        Wait.Until(() => cloud.Jobs.Count > 0, () => "a job: " + fill.Error);
        Wait.Until(() => Run(scratch, cloud.Variables, "qpu", "jobs", "--json").GetProperty("jobs").EnumerateArray().Any(j => j.GetProperty("job").ValueKind == JsonValueKind.String), "a job in the ledger");
        fill.Signal(ProgramRun.KillNow);
        fill.End();
        Assert.Equal(1, Run(scratch, cloud.Variables, "qpu", "jobs", "--json").GetProperty("open").GetInt32());
        var tag = Run(scratch, cloud.Variables, "qpu", "jobs", "--json").GetProperty("jobs")[0].GetProperty("tag").GetString()!;
        var cancelled = Run(scratch, cloud.Variables, "qpu", "cancel", tag, "--json");
        Assert.Equal([tag], cancelled.GetProperty("cancelled").EnumerateArray().Select(t => t.GetString()!));
        Assert.True(cloud.Jobs[0].IsCancelled);
        Assert.Equal(0, Run(scratch, cloud.Variables, "qpu", "jobs", "--json").GetProperty("open").GetInt32());
    }

    [Theory]
    [InlineData("qpu run nothing.qasm", 1, "nothing.qasm cannot be read")]
    [InlineData("qpu fill --target 10m", 2, "--backend must name a device")]
    [InlineData("qpu fill --backend ibm --target 10m", 1, "QISKIT_IBM_TOKEN")]
    [InlineData("qpu fill --backend ionq --target soon", 2, "--target was given")]
    [InlineData("qpu status --backend nobody", 2, "--backend was given")]
    [InlineData("qpu status --backend noisy:cheese", 2, "noisy:ion-trap")]
    [InlineData("plugin shots --backend local", 2, "--backend must name a device")]
    [InlineData("plugin shots --all --share 3", 2, "--all was given beside --share")]
    [InlineData("plugin shots --share 0", 2, "--share was given \"0\"; allowed is a whole number from 1 to 100")]
    [InlineData("qpu cancel", 2, "a job must be named")]
    [InlineData("qpu cancel nothing", 1, "There is no open job nothing")]
    [InlineData("qpu fake --fault none", 2, "--fault was given")]
    [InlineData("qpu rehearse --profile cheese", 2, "--profile was given")]
    [InlineData("play --backend ionq --for 1", 1, "IONQ_API_KEY")]
    [InlineData("respond call.mid --out a.mid --budget -1", 2, "--budget was given")]
    public void What_is_asked_wrongly_is_answered_in_one_line(string arguments, int code, string words)
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        var outcome = ProgramRun.Run(scratch, arguments.Split(' '));
        Assert.Equal(code, outcome.Code);
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Secrets_and_traces_keep_apart()
    {
        using var scratch = new Scratch();
        scratch.Write("flip.qasm", "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[1]; creg c[1]; x q[0]; measure q -> c;");
        // Nobody listens there: every way of failing is gone through with a key that must not show.
        var variables = new Dictionary<string, string> { ["IONQ_API_KEY"] = "a-secret-of-mine-123", ["IONQ_API_URL"] = "http://127.0.0.1:9", ["QUANTUMIMPROV_QPU_TRACE"] = scratch["trace"] };
        using var run = ProgramRun.StartWith(variables, scratch, ["qpu", "run", "flip.qasm", "--backend", "ionq"]);
        var outcome = run.End();
        Assert.Equal(1, outcome.Code);
        Assert.True(File.Exists(scratch["trace"]));
        foreach (var text in Directory.GetFiles(scratch.Path, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).Select(f => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(f))).Append(outcome.Output + outcome.Error))
            Assert.DoesNotContain("a-secret-of-mine-123", text, StringComparison.Ordinal);
    }
}
