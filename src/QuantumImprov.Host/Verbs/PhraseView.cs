using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Host.Verbs;

/// <summary>
/// Phrases mode shown: some notes of the council as one dynamic circuit with its memory unread, proposed by a backend, weighed by the live law. What a noisy device proposes lies between the circuit's ideal law and an even one; how far is fitted from
/// the proposals themselves.
/// </summary>
internal sealed record PhraseView(string Backend, int Notes, int Qubits, int Gates, int PairGates, int Shots, int Kept, double IdealShare, double EffectiveSize, string[] Chosen, double LiveProbability, Circuit Circuit)
{
    /// <summary>The longest phrase.</summary>
    internal const int Longest = 6;

    private const int Fits = 100;

    internal static PhraseView Of(LearnedMusic learned, Preset preset, int notes, BackendChoice choice, decimal budget, int shots, ulong seed)
    {
        learned.PlayWith(preset);
        if (learned.Chain is not CouncilChain council) throw new Refusal($"The preset {preset.Name} plays the {learned.Chain.Kind} chain; --phrase shows the council.", ExitCodes.Usage);
        var random = new Xoshiro(seed);
        var dials = new DialSettings(preset.Coherence, preset.Phase, preset.Novelty);
        var proposing = new PhraseProposing(council, learned.Members, (preset.Low.Number, preset.High.Number, preset.Tail));
        var line = learned.Members.NewLine();
        line.CopyFrom(learned.Performer);
        var (steps, pitches) = proposing.Plan(line, notes, dials, random);
        var start = PhraseProposing.Memory(line, random);
        var phrase = PhraseCircuit.Build(steps, start);
        using var desk = new QpuDesk(TimeProvider.System, seed);
        var backend = desk.Create(choice);
        using var held = backend as IDisposable;
        var (reply, _) = Qpu.RunVerb.Run(desk, backend, phrase.Circuit, shots, budget, CancellationToken.None);
        if (reply is not Counts counts) throw new Refusal(reply is Refused refused ? refused.Reason : "It did not answer in time.");
        var read = new int[phrase.Length];
        var kept = new List<ImmutableArray<int>>();
        foreach (var shot in counts.Shots)
        {
            if (phrase.Read(shot, read)) kept.Add([.. read]);
        }

        var memory = new CouncilMemory(line.Memory.Qubits, 0);
        memory.CopyFrom(line.Memory);
        var ideal = kept.Distinct(Same.Phrases).ToDictionary(p => p, p => PhraseProposals.IdealWeight(steps, memory, p.AsSpan()), Same.Phrases);
        var even = steps.Aggregate(1.0, (p, s) => p / s.Candidates);
        var total = Total(steps, memory);
        var share = Fit(kept, ideal, total, even);
        var live = ideal.Keys.ToDictionary(p => p, p => proposing.LiveProbability(line, Pitches(p), dials), Same.Phrases);
        var proposals = PhraseProposals.Weigh(kept, p => live[p], p => (share * ideal[p] / total) + ((1 - share) * even));
        var chosen = proposals.Draw(random);
        var cost = CircuitCost.Of(Lowering.ToCxAndRotations(phrase.Circuit));
        return new PhraseView(
            backend.Name, phrase.Length, phrase.Circuit.Qubits, cost.Operations, cost.TwoQubitGates, shots, kept.Count, share, proposals.EffectiveSize, chosen < 0 ? [] : [.. Pitches(proposals.Phrases[chosen]).Select(p => new Pitch(p).ToString())],
            chosen < 0 ? 0 : live[proposals.Phrases[chosen]], phrase.Circuit);

        int[] Pitches(ImmutableArray<int> symbols) => [.. symbols.Select((s, t) => pitches[t][s])];
    }

    internal object ToJson() => new { backend = Backend, notes = Notes, qubits = Qubits, gates = Gates, pair_gates = PairGates, shots = Shots, kept = Kept, ideal_share = IdealShare, effective_size = EffectiveSize, chosen = Chosen, live_probability = LiveProbability };

    internal string InWords() => FormattableString.Invariant(
        $"{Notes} notes on {Qubits} qubits, {Gates} gates of which {PairGates} on pairs, memory unread.\n{Backend} proposed {Kept} phrases in {Shots} shots; they are worth {EffectiveSize:0.0} from the live law ({100 * IdealShare:0} % as the ideal circuit, the rest even).\nChosen: {(Chosen.Length == 0 ? "none is possible" : string.Join(' ', Chosen))}\n");

    // The sum of the ideal weights over all phrases: what an ideal device keeps.
    private static double Total(ImmutableArray<PhraseStep> steps, CouncilMemory memory)
    {
        var (sum, phrase) = (0.0, new int[steps.Length]);
        while (true)
        {
            sum += PhraseProposals.IdealWeight(steps, memory, phrase);
            var t = 0;
            while (t < phrase.Length && ++phrase[t] == steps[t].Candidates) phrase[t++] = 0;
            if (t == phrase.Length) return sum;
        }
    }

    // The share at which the proposals are likeliest.
    private static double Fit(List<ImmutableArray<int>> kept, Dictionary<ImmutableArray<int>, double> ideal, double total, double even)
    {
        var (best, most) = (1.0, double.NegativeInfinity);
        for (var i = 1; i < Fits; i++)
        {
            var share = i / (double)Fits;
            var likelihood = kept.Sum(p => Math.Log((share * ideal[p] / total) + ((1 - share) * even)));
            if (likelihood > most) (best, most) = (share, likelihood);
        }

        return best;
    }

    private sealed class Same : IEqualityComparer<ImmutableArray<int>>
    {
        internal static Same Phrases { get; } = new();

        public bool Equals(ImmutableArray<int> a, ImmutableArray<int> b) => a.AsSpan().SequenceEqual(b.AsSpan());

        public int GetHashCode(ImmutableArray<int> phrase) => phrase.Aggregate(17, (hash, symbol) => (hash * 31) + symbol);
    }
}
