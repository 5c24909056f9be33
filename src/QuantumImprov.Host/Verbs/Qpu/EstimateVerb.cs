using System.CommandLine;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Terminal;
using QuantumImprov.Quantum.Backends;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary><c>qpu estimate</c>: what a fill would send and cost. Nothing is sent but questions about the device.</summary>
internal static class EstimateVerb
{
    internal static Command Create()
    {
        var command = new Command("estimate", "Tells what filling the bank would send and cost. Sends no job.\n\nExample:\n  quantumimprov qpu estimate --backend ionq:qpu.aria-1 --preset answer --target 10m");
        var plan = new FillPlan(command);
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            using var rig = plan.Rig(result);
            if (Progress.Show("asking", _ => rig.Backend.DescribeAsync().AsTask().GetAwaiter().GetResult()) is { } failure)
                throw new Refusal(failure is Refused refused ? refused.Reason : $"{rig.Backend.Device.Vendor} does not answer.");
            var estimate = FillPlan.Estimate(rig, plan.Target(result));
            json.Write(result, estimate);
            if (!json.TakesOutput(result))
                Console.Out.WriteLine(FormattableString.Invariant($"{estimate.Executions} shots of {estimate.Circuits} circuits ({estimate.Classes} classes, up to {estimate.Qubits} qubits) in {estimate.Jobs} jobs on {estimate.Device}: {(rig.Backend.Device.Pricing.IsFree ? "free" : FormattableString.Invariant($"{estimate.Price:0.00} {estimate.Currency}"))}."));
            return ExitCodes.Done;
        });
        return command;
    }
}
