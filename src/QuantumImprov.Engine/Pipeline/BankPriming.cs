using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Presets;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Tells the context classes of a bank, before anybody has played, what will be asked of them: the learned phrases are gone through, and after each of their notes the law is written down that the partner would choose by. Nothing is learned or
/// changed. [engine]
/// </summary>
public static class BankPriming
{
    /// <summary>Notes that are gone through at most.</summary>
    public const int MostNotes = 1500;

    /// <summary>Primes the classes of <paramref name="banked"/> and writes their first editions; returns how many notes were gone through.</summary>
    /// <param name="banked">The bank's choosing.</param>
    /// <param name="learned">What is known.</param>
    /// <param name="preset">How it will be played.</param>
    /// <param name="notesASecond">How many notes a second are expected.</param>
    public static int Prime(BankedChoosing banked, LearnedMusic learned, Preset preset, double notesASecond)
    {
        learned.PlayWith(preset);
        var (candidates, line, notes) = (new Candidates(), learned.Members.NewLine(), 0);
        var dials = new DialSettings(preset.Coherence, preset.Phase, preset.Novelty);
        var law = new double[Candidates.Capacity];
        for (var phrase = learned.Archive.Count - 1; phrase >= 0 && notes < MostNotes; phrase--)
        {
            learned.Members.EndSequence();
            line.Restart();
            line.Key.Clear();
            foreach (var note in learned.Archive.Notes(phrase))
            {
                line.Await(note.TimeIn(learned.Archive.Metre(phrase)));
                candidates.Fill(preset.Low.Number, preset.High.Number);
                if (learned.Chain.Prepare(line, candidates, dials, preset.Tail * (1 - dials.Novelty)))
                {
                    learned.Chain.WriteLaw(law.AsSpan(0, candidates.Count));
                    banked.Classes.Observe(learned.Chain, line, candidates.Pitches, law.AsSpan(0, candidates.Count));
                    if (candidates.IndexOf(note.Pitch.Number) is var index and >= 0) learned.Chain.Sound(line, index);
                }

                learned.Members.Follow(line, note.Pitch.Number);
                notes++;
            }
        }

        learned.Members.EndSequence();
        banked.Classes.Refresh(banked.Bank);
        banked.Expect(notesASecond);
        return notes;
    }
}
