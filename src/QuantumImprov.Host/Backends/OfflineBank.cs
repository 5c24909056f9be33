using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.Terminal;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Host.CommandLine;

namespace QuantumImprov.Host.Backends;

/// <summary>A bank for what is played on virtual time: a simulated device supplies it in step with the music, so that the same seed gives the same notes; a vendor's is filled first, and virtual time waits for that.</summary>
internal static class OfflineBank
{
    // An answer has about as many notes as its call; a note takes some nine shots, and not all classes are used alike.
    private const double NotesANote = 1.5;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The bank; null for the local simulator.</summary>
    /// <param name="choice">What chooses the notes.</param>
    /// <param name="budget">What may be spent.</param>
    /// <param name="learned">What is known.</param>
    /// <param name="preset">How it is played.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="notes">How many notes there will be, about.</param>
    /// <param name="remarks">Where remarks go.</param>
    /// <exception cref="Refusal">The device cannot be had.</exception>
    internal static BankRig? Open(BackendChoice choice, decimal budget, LearnedMusic learned, Preset preset, ulong seed, int notes, TextWriter remarks)
    {
        if (choice.IsLocal) return null;
        var target = TimeSpan.FromSeconds(Math.Max(10, notes * NotesANote / BankRig.UsualNotesASecond));
        var rig = new BankRig(choice, budget, learned, preset, seed, TimeProvider.System, target: choice.Vendor is null ? null : target);
        if (choice.Vendor is null)
        {
            rig.SupplyInline();
            return rig;
        }

        if (rig.Backend.DescribeAsync().AsTask().GetAwaiter().GetResult() is { } failure)
        {
            // What is stored serves all the same.
            remarks.WriteLine($"quantumimprov: {(failure is Refused refused ? refused.Reason : $"{rig.Backend.Device.Vendor} does not answer.")} Notes are chosen by the {rig.Classes.Sum(c => (long)c.Level)} shots in stock and by the local simulator.");
            return rig;
        }

        Progress.Show("filling the bank", progress => BankFilling.Fill(rig, Longest, TimeProvider.System, progress, CancellationToken.None));
        return rig;
    }
}
