using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Everything the partner has learned, in one place: the members, what the council thinks of them, how melodies move and end, the phrases themselves, and where
/// the performer's line stands. Allocates only when memory grows. [engine]
/// </summary>
public sealed class LearnedMusic
{
    /// <summary>The rate of the gradient step at every note heard.</summary>
    public const double LiveRate = .004;

    /// <summary>How many notes <see cref="RehearseAmplitudes"/> goes through at most, about.</summary>
    public const int RehearsedNotes = 4_000;

    // Of a very long phrase the chain is taught the end.
    private const int LongestLesson = 256;

    private static readonly ImmutableArray<double> TrainingRates = [.02, .01, .004];
    private (Key Key, int Pitch) _lastEnding;

    /// <summary>Knows nothing: equal amplitudes, empty members.</summary>
    public LearnedMusic()
    {
        Members = new CouncilMembers(Viewpoint.Default);
        Amplitudes = new Amplitudes(Members.Members.Length, CouncilMembers.ConfidenceClasses);
        Council = new CouncilChain(Members, Amplitudes);
        Chain = Council;
        Performer = Members.NewLine();
        Pitches = Members.Members.First(m => m.Viewpoint == Viewpoint.Pitch && m.Term == Term.Long).Tree;
    }

    /// <summary>The predictors.</summary>
    public CouncilMembers Members { get; }

    /// <summary>Their weights and exponents.</summary>
    public Amplitudes Amplitudes { get; }

    /// <summary>The council over them; it learns whichever chain plays.</summary>
    public CouncilChain Council { get; }

    /// <summary>Every pitch learned, in context.</summary>
    public ContextTree Pitches { get; }

    /// <summary>How pitches follow each other.</summary>
    public TransitionCounts Graph { get; } = new();

    /// <summary>The chain that chooses; the council unless <see cref="PlayWith"/> said otherwise.</summary>
    public IChain Chain { get; private set; }

    /// <summary>How melodies move through their key, and end.</summary>
    public DegreeFlow Flow { get; } = new();

    /// <summary>The phrases.</summary>
    public PhraseArchive Archive { get; } = new();

    /// <summary>Where the performer is.</summary>
    public MelodicLine Performer { get; }

    /// <summary>Notes the performer has taught in this session.</summary>
    public long NotesHeard { get; private set; }

    /// <summary>Bits each of the performer's notes cost on average lately (the mean of about the last 32); NaN before the first.</summary>
    public double Surprise { get; private set; } = double.NaN;

    /// <summary>Makes the chain that <paramref name="preset"/> names the one that chooses; it learns from everything that is known so far. Allocates.</summary>
    public void PlayWith(Preset preset) => Chain = preset.Chain switch
    {
        "grover" => new GroverChain(Members, Amplitudes, preset.Focus),
        "walk" => new WalkChain(Graph, preset.Steps),
        "hidden" => new HiddenChain(Archive.ToPhrases()),
        _ => Council,
    };

    /// <summary>Learns a melody note of the performer: amplitudes first, then the members.</summary>
    public void Hear(int pitch)
    {
        var previous = Performer.Context.Previous;
        var bits = Council.Hear(Performer, pitch, LiveRate);
        Surprise = double.IsNaN(Surprise) ? bits : Surprise + (bits - Surprise) / 32;
        Members.Learn(Performer, pitch, live: true);
        if (previous >= 0) HearStep(Performer, previous, pitch);
        NotesHeard++;
    }

    /// <summary>Keeps the phrase that has just ended; its notes were learned one by one.</summary>
    public void EndPhrase(Call call, in Timeline timeline)
    {
        if (call.Notes.IsEmpty) return;
        _lastEnding = (Performer.Key.Key, call.Notes[^1].Pitch);
        Flow.HearEnding(_lastEnding.Key, _lastEnding.Pitch);
        var first = call.Notes[0].Onset;
        var origin = first - timeline.InBar(first);
        Archive.Begin(timeline.Metre, LearnedPhrase.FromPerformer);
        Span<int> pitches = stackalloc int[Math.Min(call.Notes.Length, LongestLesson)];
        for (var i = 0; i < pitches.Length; i++) pitches[i] = call.Notes[call.Notes.Length - pitches.Length + i].Pitch;
        Chain.EndPhrase(pitches);
        foreach (var note in call.Notes) Archive.Add(new LearnedNote(note.Onset - origin, note.Duration, new Pitch(note.Pitch), note.Velocity));
    }

    /// <summary>The phrase that <see cref="EndPhrase"/> kept last was only drawing breath: it is kept once, when it has really ended.</summary>
    public void ResumePhrase()
    {
        Archive.TakeBack();
        Flow.TakeBackEnding(_lastEnding.Key, _lastEnding.Pitch);
    }

    /// <summary>Teaches whole phrases to the long-term members, as loaded from a file or shipped; each is a line of its own.</summary>
    public void Teach(ImmutableArray<LearnedPhrase> phrases)
    {
        var line = Members.NewLine();
        foreach (var phrase in phrases)
        {
            if (phrase.Notes.IsEmpty) continue;
            Restart(line);
            Archive.Begin(phrase.Metre, phrase.Source);
            foreach (var note in phrase.Notes)
            {
                var previous = line.Context.Previous;
                Members.Learn(line, note.Pitch.Number, live: false);
                if (previous >= 0) HearStep(line, previous, note.Pitch.Number);
                Archive.Add(note);
            }

            Flow.HearEnding(line.Key.Key, phrase.Notes[^1].Pitch.Number);
        }

        Members.EndSequence();
    }

    /// <summary>
    /// Learns the amplitudes from <paramref name="phrases"/>, which were taught: each in turn is taken out of the members, predicted note by note with one
    /// gradient step each, and put back; three rounds. Deterministic.
    /// </summary>
    public void TrainAmplitudes(ImmutableArray<LearnedPhrase> phrases)
    {
        var line = Members.NewLine();
        foreach (var rate in TrainingRates)
        {
            foreach (var phrase in phrases)
            {
                Restart(line);
                foreach (var note in phrase.Notes) Members.Unlearn(line, note.Pitch.Number, live: false);
                Restart(line);
                Members.ForgetPiece();
                foreach (var note in phrase.Notes)
                {
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

    /// <summary>Everything needed to rebuild this. Allocates.</summary>
    public RepertoireContent ToContent() => new(
        Archive.ToPhrases(),
        new AmplitudeTable([.. Members.Members.Select(m => m.Name)], Amplitudes.Classes, [.. Amplitudes.Weights], [.. Amplitudes.Tempers], [.. Amplitudes.Steps]));

    /// <summary>
    /// Knows what <paramref name="content"/> holds: its phrases, and its amplitudes when they are for these members; otherwise the amplitudes are learned from the
    /// phrases.
    /// </summary>
    public static LearnedMusic From(RepertoireContent content)
    {
        var learned = new LearnedMusic();
        learned.Teach(content.Phrases);
        if (content.Amplitudes is { } table && table.Classes == learned.Amplitudes.Classes && table.Steps.Length == learned.Amplitudes.Steps.Length && table.Members.SequenceEqual(learned.Members.Members.Select(m => m.Name)))
            learned.Amplitudes.Adopt(table.Weights.AsSpan(), table.Tempers.AsSpan(), table.Steps.AsSpan());
        else learned.TrainAmplitudes(content.Phrases);
        return learned;
    }

    private void HearStep(MelodicLine line, int from, int to)
    {
        Flow.HearStep(line.Key.Key, from, to);
        Graph.Hear(from, to);
    }

    private void Restart(MelodicLine line)
    {
        Members.EndSequence();
        line.Restart();
        line.Key.Clear();
    }
}
