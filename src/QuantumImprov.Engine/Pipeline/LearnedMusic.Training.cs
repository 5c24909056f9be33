using System.Collections.Immutable;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>The amplitudes, learned from what was taught.</summary>
public sealed partial class LearnedMusic
{
    private static readonly ImmutableArray<double> TrainingRates = [.02, .01, .004];

    /// <summary>
    /// Learns the amplitudes from <paramref name="phrases"/>, which were taught: each in turn is taken out of the members, predicted note by note with one
    /// gradient step each, and put back; three rounds. Deterministic.
    /// </summary>
    public void TrainAmplitudes(ImmutableArray<LearnedPhrase> phrases)
    {
        var line = Members.NewLine();
        ForgetStarts();
        foreach (var rate in TrainingRates)
        {
            foreach (var phrase in phrases)
            {
                Restart(line);
                foreach (var note in phrase.Notes)
                {
                    line.Await(note.TimeIn(phrase.Metre));
                    Members.Unlearn(line, note.Pitch.Number, live: false);
                }

                Restart(line);
                Members.ForgetPiece();
                foreach (var note in phrase.Notes)
                {
                    line.Await(note.TimeIn(phrase.Metre));
                    Council.Hear(line, note.Pitch.Number, rate);
                    Members.Learn(line, note.Pitch.Number, live: true);
                }
            }
        }

        Members.EndSequence();
        Members.ForgetPiece();
    }

    /// <summary>
    /// <see cref="TrainAmplitudes"/> on so many of <paramref name="phrases"/>, evenly chosen, that they hold about <see cref="RehearsedNotes"/> notes: what was taught is so much more, or so different, that
    /// the amplitudes learned before do not fit it.
    /// </summary>
    public void RehearseAmplitudes(ImmutableArray<LearnedPhrase> phrases)
    {
        var notes = phrases.Sum(p => (long)p.Notes.Length);
        var every = (int)Math.Max(1, (notes + RehearsedNotes - 1) / RehearsedNotes);
        TrainAmplitudes([.. phrases.Where((_, i) => i % every == 0)]);
    }
}
