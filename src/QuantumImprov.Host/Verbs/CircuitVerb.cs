using System.CommandLine;
using System.Globalization;
using System.Text;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Presets;
using QuantumImprov.Host.Terminal;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Simulators.Microsoft;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>circuit</c>: the circuit that would choose the next note, its exact law, and what it really gives in 4,096 shots.</summary>
public static class CircuitVerb
{
    private const int Samples = 4096, RepetitionSteps = 12;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var learn = Flags.Texts("--learn", "FILE|FOLDER", "Learn this MIDI file or folder first.");
        var after = Flags.Text("--after", "NOTES", "The notes before, such as \"C4 E4 G4\" (C4 = 60).");
        var qasm = Flags.Switch("--qasm", "Print the circuit as OpenQASM 3 and nothing else.");
        var presetName = Flags.Text("--preset", "NAME|FILE", $"How to play; default {PresetLibrary.Default}.");
        var repertoire = Flags.Text("--repertoire", "FILE", "Start from this repertoire instead of the shipped one.");
        var library = Flags.Text("--backend-library", "FILE", $"The library of --backend {SampleTaker.Microsoft}; default what {SimulatorLibrary.FileVariable} names.");
        var seed = Flags.Seed();
        var phrase = Flags.Whole("--phrase", "N", 1, PhraseView.Longest, "Show so many notes as one circuit whose memory is never read, have a backend propose phrases, and take one by the live law.");
        var shots = Flags.Whole("--shots", "N", 1, 100_000, "How many proposals of --phrase; default 2000.");
        var command = new Command("circuit", "Draws the circuit of the next note, with its exact law beside 4,096 samples.\n\nExample:\n  quantumimprov circuit --after \"C4 E4 G4\"")
        {
            learn, after, qasm, presetName, repertoire, library, seed, phrase, shots,
        };
        var backend = new BackendFlags(command, $"Who takes the samples: local (the default), {SampleTaker.Microsoft}, noisy:PROFILE, or VENDOR[:DEVICE]; see qpu list.");
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var (_, preset) = PresetLibrary.Find(result.GetValue(presetName));
            var learned = Repertoires.Load(result.GetValue(repertoire));
            if (result.GetValue(learn) is { Length: > 0 } paths) Progress.Show("learning", progress => Repertoires.Learn(learned, paths, preset, progress, Console.Error));
            var context = ReadNotes(result.GetValue(after));
            if (result.GetValue(phrase) is { } notes)
            {
                foreach (var pitch in context) learned.Hear(pitch.Number);
                var whole = PhraseView.Of(learned, preset, notes, backend.Backend(result), backend.Budget(result), result.GetValue(shots) ?? 2000, result.GetValue(seed) ?? RespondVerb.DefaultSeed);
                json.Write(result, whole.ToJson());
                if (!json.TakesOutput(result)) Console.Out.Write(result.GetValue(qasm) ? OpenQasm.Write3(whole.Circuit) : whole.InWords());
                return ExitCodes.Done;
            }

            using var taker = new SampleTaker(backend.Name(result), result.GetValue(library), backend.Budget(result), result.GetValue(seed) ?? RespondVerb.DefaultSeed);
            var view = Measure(learned, preset, context, taker);
            json.Write(result, view.ToJson(result.GetValue(qasm)));
            if (json.TakesOutput(result)) return ExitCodes.Done;
            Console.Out.Write(result.GetValue(qasm) ? OpenQasm.Write3(view.Circuit) : view.InWords());
            return ExitCodes.Done;
        });
        return command;
    }

    private static List<Pitch> ReadNotes(string? text)
    {
        var pitches = new List<Pitch>();
        foreach (var word in (text ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Pitch.TryParse(word, out var pitch)) throw new Refusal($"--after holds \"{word}\"; allowed are note names such as C4 or F#3 (C4 = 60), or numbers from 0 to 127.", ExitCodes.Usage);
            pitches.Add(pitch);
        }

        return pitches;
    }

    private static View Measure(LearnedMusic learned, Preset preset, List<Pitch> context, SampleTaker taker)
    {
        // As if they had just been played: learned, and kept in the memory.
        foreach (var pitch in context) learned.Hear(pitch.Number);
        learned.PlayWith(preset);
        var (chain, candidates) = (learned.Chain, new Candidates());
        candidates.Fill(preset.Low.Number, preset.High.Number);
        var coherence = taker.CoherenceOf(chain, preset.Coherence);
        if (!chain.Prepare(learned.Performer, candidates, new DialSettings(coherence, preset.Phase, preset.Novelty), preset.Tail)) throw new Refusal($"The preset {preset.Name} leaves no note to choose from.");
        var law = new double[candidates.Count];
        chain.WriteLaw(law);
        var (counts, redraws) = taker.Take(chain, candidates.Count, Samples);

        return new View(
            chain.Kind,
            chain.Words,
            [.. context.Select(p => p.ToString())],
            chain is CouncilChain ? [.. learned.Members.Members.Select((m, k) => new MemberRow(m.Name, learned.Council.Weights[k]))] : [],
            [.. candidates.Pitches.ToArray().Select((p, i) => new CandidateRow(p, new Pitch(p).ToString(), law[i], counts[i] / (double)Samples))],
            redraws,
            double.IsNaN(chain.Consensus) ? null : chain.Consensus,
            chain.KeptShare,
            coherence,
            (chain.NoteQubits, chain is CouncilChain council ? council.SelectorQubits : 0),
            (chain as WalkChain)?.Repetition(RepetitionSteps),
            chain.ToCircuit());
    }

    // Of the circuit taken apart into CX and turns of one qubit, which is what a device would have to do.
    private static CircuitCost Cost(Circuit circuit) => CircuitCost.Of(Lowering.ToCxAndRotations(circuit));

    private sealed record MemberRow(string Name, double Weight);

    private sealed record CandidateRow(int Pitch, string Name, double Probability, double Share);

    private sealed record View(
        string Chain, string Words, string[] After, MemberRow[] Members, CandidateRow[] Candidates, long Redraws, double? Consensus, double KeptShare, double Coherence, (int Note, int Selector) Registers, double[]? Repetition, Circuit Circuit)
    {
        public object ToJson(bool qasm)
        {
            var cost = Cost(Circuit);
            return new
            {
                chain = Chain,
                after = After,
                coherence = Coherence,
                note_qubits = Registers.Note,
                selector_qubits = Registers.Selector,
                kept_share = KeptShare,
                consensus = Consensus,
                samples = Samples,
                redraws = Redraws,
                members = Members,
                repetition = Repetition,
                candidates = Candidates,
                two_qubit_gates = cost.TwoQubitGates,
                depth = cost.Depth,
                picture = Circuit.ToString(),
                qasm = qasm ? OpenQasm.Write3(Circuit) : null,
            };
        }

        public string InWords()
        {
            var text = new StringBuilder();
            text.AppendLine(After.Length == 0 ? "The first note of all:" : $"The note after {string.Join(' ', After)}:");
            text.AppendLine().AppendLine(Circuit.ToString().TrimEnd()).AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"The chain is {Chain}. {Words} {Candidates.Length} candidates on {Registers.Note} note qubits.");
            text.AppendLine(CultureInfo.InvariantCulture, $"Kept share {KeptShare:0.000}, {(Consensus is { } agreed ? $"consensus {agreed.ToString("0.000", CultureInfo.InvariantCulture)}, " : "")}coherence {Coherence:0.##}.");
            var cost = Cost(Circuit);
            text.AppendLine(CultureInfo.InvariantCulture, $"Taken apart into CX and rotations it has {cost.TwoQubitGates} CX and a depth of {cost.Depth}.").AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"note      exact   {Samples} shots");
            foreach (var row in Candidates.OrderByDescending(c => c.Probability).ThenBy(c => c.Pitch))
                text.AppendLine(CultureInfo.InvariantCulture, $"{row.Name,-6} {row.Probability,8:0.0000} {row.Share,8:0.0000}  {new string('#', (int)Math.Round(row.Probability * 60))}");
            if (Repetition is not null)
            {
                text.AppendLine().AppendLine("coherent steps   a pitch follows itself");
                for (var t = 0; t < Repetition.Length; t++) text.AppendLine(CultureInfo.InvariantCulture, $"{t,14}   {Repetition[t]:0.000}");
            }

            if (Members.Length > 0) text.AppendLine().AppendLine("member                    weight");
            foreach (var member in Members.OrderByDescending(m => m.Weight)) text.AppendLine(CultureInfo.InvariantCulture, $"{member.Name,-25} {member.Weight:0.0000}");
            return text.ToString();
        }
    }
}
