using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Presets;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank.Supply;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Noise;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary>The flags that <c>qpu fill</c> and <c>qpu estimate</c> share, and what they come to.</summary>
internal sealed class FillPlan
{
    private readonly BackendFlags _backend;
    private readonly Option<string?> _preset = Flags.Text("--preset", "NAME|FILE", $"How it will be played; default {PresetLibrary.Default}.");
    private readonly Option<string?> _repertoire = Flags.Text("--repertoire", "FILE", "What will be played from; default the shipped repertoire.");
    private readonly Option<double?> _rate = Flags.Number("--notes-per-second", "N", .1, 64, "Notes a second that are expected; default 4.");
    private readonly Option<ulong?> _seed = Flags.Seed();
    private readonly Option<TimeSpan?> _target = new("--target")
    {
        Description = "How long the stock is to last: seconds, or 90s, 10m, 2h; default 10m.", HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (ReadTime(text) is { } time) return time;
            result.AddError($"--target was given \"{text}\"; allowed is a time from 1s to 24h, such as 90s, 10m or 2h.");
            return null;
        },
    };

    internal FillPlan(Command command)
    {
        foreach (var option in new Option[] { _preset, _target, _repertoire, _rate, _seed }) command.Options.Add(option);
        _backend = new BackendFlags(command, "Where shots are to come from: noisy:PROFILE, or VENDOR[:DEVICE]; see qpu list.");
    }

    internal static TimeSpan? ReadTime(string text)
    {
        var unit = text.Length > 0 ? text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 } : 0;
        return double.TryParse(unit == 0 ? text : text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * Math.Max(1, unit) is >= 1 and <= 86_400 ? TimeSpan.FromSeconds(number * Math.Max(1, unit)) : null;
    }

    internal BackendChoice Choice(ParseResult result) => _backend.Backend(result) is { IsLocal: false } choice ? choice : throw new Refusal("--backend must name a device, such as noisy:ion-trap, ionq or ibm:ibm_fez; the local simulator needs no bank.", ExitCodes.Usage);

    internal Preset Preset(ParseResult result) => PresetLibrary.Find(result.GetValue(_preset)).Preset;

    internal TimeSpan Target(ParseResult result) => result.GetValue(_target) ?? TimeSpan.FromMinutes(10);

    /// <summary>The bank, primed, with what is stored in it.</summary>
    internal BankRig Rig(ParseResult result) => new(
        Choice(result), _backend.Budget(result), Repertoires.Load(result.GetValue(_repertoire)), Preset(result), result.GetValue(_seed) ?? RespondVerb.DefaultSeed, TimeProvider.System, result.GetValue(_rate) ?? BankRig.UsualNotesASecond, Target(result));

    /// <summary>The jobs that a fill would send, in order, if money were no matter.</summary>
    internal static List<JobPlan> Jobs(BankRig rig, TimeSpan target)
    {
        var (jobs, under) = (new List<JobPlan>(), new Dictionary<int, int>());
        while (jobs.Count < 1000 && Refill.Plan(rig.Classes, under, target, rig.Backend.Device, decimal.MaxValue) is { } plan)
        {
            jobs.Add(plan);
            foreach (var spec in plan.Circuits) under[spec.Class] = under.GetValueOrDefault(spec.Class) + plan.Shots;
        }

        return jobs;
    }

    /// <summary>What the jobs come to, as JSON has it.</summary>
    internal static FillEstimate Estimate(BankRig rig, TimeSpan target)
    {
        var jobs = Jobs(rig, target);
        var pricing = rig.Backend.Device.Pricing;
        var native = jobs.SelectMany(j => j.Circuits).DistinctBy(c => c.Fingerprint).Take(8).Select(c => CircuitCost.Of(NoisyDevice.Native(c.ToCircuit(), DeviceProfiles.CzTransmons))).ToList();
        return new FillEstimate(
            rig.Backend.Device.Name, jobs.Count, jobs.Sum(j => j.Circuits.Length), jobs.Sum(j => (long)j.Circuits.Length * j.Shots), rig.Classes.Count, native.Count == 0 ? 0 : jobs.SelectMany(j => j.Circuits).Max(c => c.ToCircuit().Qubits),
            native.Count == 0 ? 0 : (int)native.Average(c => c.TwoQubitGates), Math.Round(jobs.Sum(j => pricing.SecondsOf(j.ToRequest("estimate"))), 1), jobs.Sum(j => pricing.Of(j.ToRequest("estimate"))), pricing.Currency);
    }
}
