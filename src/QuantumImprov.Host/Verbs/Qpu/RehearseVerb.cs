using System.CommandLine;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Terminal;
using QuantumImprov.Qpu.Rehearsing;
using QuantumImprov.Quantum.Noise;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary><c>qpu rehearse</c>: a concert with a quantum processor on virtual time.</summary>
internal static class RehearseVerb
{
    internal static Command Create()
    {
        var minutes = Flags.Number("--minutes", "N", .1, 600, "Minutes of music; default 10.");
        var rate = Flags.Number("--notes-per-second", "N", .5, 32, "Notes a second, without a rest; default 8.");
        var seed = Flags.Seed();
        var profile = Flags.Text("--profile", "PROFILE", $"The noise of the device: {string.Join(", ", DeviceProfiles.All.Select(p => p.Name))}; default cz-transmons.");
        var budget = Flags.Number("--budget", "AMOUNT", 0, 1_000_000, "Play money; default enough for the run.");
        var command = new Command("rehearse", "Rehearses a concert with a quantum processor on virtual time: five jobs a minute, 12 s in the queue, two outages of a minute, a noisy device, play money. Nothing is sent anywhere.\n\nExample:\n  quantumimprov qpu rehearse --minutes 10 --notes-per-second 8 --seed 1 --json")
        {
            minutes, rate, seed, profile, budget,
        };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var noise = result.GetValue(profile) is { } name ? DeviceProfiles.Find(name) ?? throw new Refusal($"--profile was given \"{name}\"; allowed are {string.Join(", ", DeviceProfiles.All.Select(p => p.Name))}.", ExitCodes.Usage) : DeviceProfiles.CzTransmons;
            var options = new RehearsalOptions
            {
                Minutes = result.GetValue(minutes) ?? 10, NotesPerSecond = result.GetValue(rate) ?? 8, Seed = result.GetValue(seed) ?? RespondVerb.DefaultSeed, Profile = noise, Budget = result.GetValue(budget) is { } money ? (decimal)money : null,
            };
            var done = Progress.Show("rehearsing", progress => QpuRehearsal.Run(options, progress));
            json.Write(result, new
            {
                notes = done.Notes, qpu_share = Math.Round(done.QpuShare, 4), late = done.Late, player_waits = done.PlayerWaits, jobs = done.Jobs, spend = done.Spend, budget = done.Budget, outside_mass = Math.Round(done.OutsideMass, 5),
                shots_per_note = Math.Round(done.ShotsPerNote, 3), pit_p = Math.Round(done.PitP, 6), replay_identical = done.ReplayIdentical,
            });
            if (!json.TakesOutput(result))
            {
                Console.Out.WriteLine(FormattableString.Invariant($"{done.Notes} notes: {100 * done.QpuShare:0.0} % from the quantum processor once the first job was in, {done.Late} late, {done.PlayerWaits} waits."));
                Console.Out.WriteLine(FormattableString.Invariant($"{done.Jobs} jobs, {done.Spend:0.00} of {done.Budget:0.00} play money; {done.ShotsPerNote:0.0} shots a note (99 % within {done.Meter.Shots99}), {100 * done.OutsideMass:0.0} % of the mass outside the shortlists."));
                Console.Out.WriteLine(FormattableString.Invariant($"Every note under its own law: p = {done.PitP:0.000}. Replayed from its shots: {(done.ReplayIdentical ? "the same" : "NOT the same")}."));
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
