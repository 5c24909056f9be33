using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Everything the partner has learned, in one place: the members, what the council thinks of them, how melodies move and end, the phrases themselves, and where
/// the performer's line stands. Allocates only when memory grows. [engine]
/// </summary>
public sealed partial class LearnedMusic
{
    /// <summary>The rate of the gradient step at every note heard.</summary>
    public const double LiveRate = .004;

    /// <summary>How many notes <see cref="RehearseAmplitudes"/> goes through at most, about.</summary>
    public const int RehearsedNotes = 4_000;

    /// <summary>How many phrases <see cref="TryForgetPhrase"/> can take back one after the other.</summary>
    public const int MostForgotten = 16;

    private const int CalibrationNotes = 200, CalibrationWeight = 8;

    // Of a very long phrase the chain is taught the end.
    private const int LongestLesson = 256;

    private readonly PhraseStart[] _starts;
    private readonly KeyFinding _key = new();
    private readonly MelodicLine _walking;
    private int _oldestStart;
    private bool _paused;

    /// <summary>Knows nothing: equal amplitudes, empty members.</summary>
    public LearnedMusic()
    {
        Members = new CouncilMembers(TimedViewpoints.Pitch, keepTime: true);
        Amplitudes = new Amplitudes(Members.Members.Length, CouncilMembers.ConfidenceClasses);
        Council = new CouncilChain(Members, Amplitudes);
        PlayWith(Council);
        (Performer, _walking) = (Members.NewLine(), Members.NewLine());
        _starts = [.. Enumerable.Range(0, MostForgotten).Select(_ => new PhraseStart(this))];
        Pitches = Members.Members.First(m => m.Viewpoint == Viewpoint.Pitch && m.Term == Term.Long).Tree;
    }

    /// <summary>The predictors.</summary>
    public CouncilMembers Members { get; }

    /// <summary>Their weights and exponents.</summary>
    public Amplitudes Amplitudes { get; }

    /// <summary>The council over them; it learns whichever chain plays.</summary>
    public CouncilChain Council { get; }

    /// <summary>Every pitch learned, in context.</summary>
    public ContextTrie Pitches { get; }

    /// <summary>How pitches follow each other.</summary>
    public TransitionCounts Graph { get; } = new();

    /// <summary>How melodies move through their key, and end.</summary>
    public DegreeFlow Flow { get; } = new();

    /// <summary>The chords the performer played in this session; not kept in files. Whatever takes this music's place goes on with them.</summary>
    public ChordShapes Chords { get; internal set; } = new();

    /// <summary>How much they say again.</summary>
    public MotifHabit Motifs { get; } = new();

    /// <summary>The phrases.</summary>
    public PhraseArchive Archive { get; } = new();

    /// <summary>What the performer played, pitch by pitch, as it was learned.</summary>
    public HeardLog Heard { get; } = new();

    /// <summary>Where the performer is.</summary>
    public MelodicLine Performer { get; }

    /// <summary>Notes the performer has taught in this session.</summary>
    public long NotesHeard { get; private set; }

    /// <summary>Bits each of the performer's notes cost on average lately (the mean of about the last 32); NaN before the first.</summary>
    public double Surprise { get; private set; } = double.NaN;

    /// <summary>Learns a pitch of the performer's of which no time is known: it is taken to come a beat after the last.</summary>
    public void Hear(int pitch)
    {
        Performer.Expect();
        Hear(new TimedPitch((byte)pitch, Performer.Now!.Next));
    }

    /// <summary>Learns a melody note of the performer: amplitudes first, by one gradient step at <paramref name="rate"/> (0: they stay), then the members.</summary>
    public void Hear(TimedPitch note, double rate = LiveRate)
    {
        while (!HearPiece(note, rate))
        {
        }
    }

    /// <summary>A melody note of the performer that is not to be learned: his line moves past it, nothing else does. No phrase is open.</summary>
    public void Pass(TimedPitch note)
    {
        Pause();
        Performer.Await(note.Time);
        Members.Follow(Performer, note.Pitch);
    }

    /// <summary>What is heard next does not go on from what was heard last. No phrase is open.</summary>
    public void Pause()
    {
        if (_paused) return;
        _paused = true;
        Members.EndSequence();
        ForgetStarts();
    }

    /// <summary>What is heard next is somebody's first phrase, in no key yet; what was learned stays. No phrase is open. Allocates nothing.</summary>
    public void BeginAnew()
    {
        Pause();
        Performer.Restart();
        Performer.Key.Clear();
    }

    /// <summary>How many phrases <see cref="TryForgetPhrase"/> can take back now.</summary>
    public int Forgettable => Heard.IsOpen ? 0 : Heard.Count - _oldestStart;

    /// <summary>The key in which <paramref name="call"/>, which was just learned and has <paramref name="ended"/>, is to be answered, after <paramref name="before"/> was the last one's.</summary>
    public Key KeyFor(Call call, in Timeline timeline, Key? before = null, bool ended = true) => KeyJudging.Judge(call, Performer.Key, Flow, timeline.BarOrigin, timeline.Metre, before, ended);

    /// <summary>Where in the archive the phrase is that was heard as number <paramref name="number"/> in this session, or with 0 the one heard last; null: it is not known (any more).</summary>
    public int? Find(int number)
    {
        for (var i = Archive.Count - 1; i >= Archive.Count - Heard.Ended; i--)
        {
            if (number == 0 || Archive.Number(i) == number) return i;
        }

        return null;
    }

    /// <summary>Keeps the phrase that has just ended, the session's <paramref name="number"/>th (0: of no number); its notes were learned one by one.</summary>
    public void EndPhrase(Call call, in Timeline timeline, int number = 0)
    {
        if (call.Notes.IsEmpty) return;
        var first = call.Notes[0].Onset;
        var origin = first - timeline.InBar(first);
        Archive.Begin(timeline.Metre, LearnedPhrase.FromPerformer, number);
        HearChords(call);
        foreach (var note in call.Notes) Archive.Add(new LearnedNote(note.Onset - origin, note.Duration, new Pitch(note.Pitch), note.Velocity));
        CloseArchived();
    }

    /// <summary>Keeps a phrase whose notes have just been heard again one by one, as <paramref name="phrase"/> has it.</summary>
    public void EndPhrase(LearnedPhrase phrase)
    {
        Archive.Add(phrase);
        CloseArchived();
    }

    /// <summary>The phrase that was kept last was only drawing breath: it is kept once, when it has really ended.</summary>
    public void ResumePhrase()
    {
        Heard.Resume();
        TakeBackEnding();
    }

    /// <summary>
    /// Forgets the phrase heard last, which has ended, as if it had never been played: members, amplitudes, graph, endings, archive and the performer's line stand as they stood before its first
    /// note. False when its beginning is not known any more (see <see cref="MostForgotten"/>) or no phrase was heard.
    /// </summary>
    public bool TryForgetPhrase()
    {
        if (Forgettable == 0) return false;
        for (var piece = 0; piece >= 0;) piece = ForgetPiece(piece);
        return true;
    }

    /// <summary>Teaches whole phrases to the long-term members, as loaded from a file or shipped; each is a line of its own.</summary>
    public void Teach(ImmutableArray<LearnedPhrase> phrases)
    {
        var line = Members.NewLine();
        ForgetStarts();
        foreach (var phrase in phrases)
        {
            if (phrase.Notes.IsEmpty) continue;
            Restart(line);
            Archive.Add(phrase);
            foreach (var note in phrase.Notes)
            {
                var previous = line.Context.Previous;
                line.Await(note.TimeIn(phrase.Metre));
                Members.Learn(line, note.Pitch.Number, live: false);
                if (previous >= 0) Graph.Hear(previous, note.Pitch.Number);
            }

            HearForm(KeyOf(phrase.Notes.AsSpan()), phrase.Notes.AsSpan(), phrase.Metre);
            Motifs.Hear(phrase.Notes.AsSpan());
        }

        Members.EndSequence();
    }

    /// <summary>Everything needed to rebuild this. Allocates.</summary>
    public RepertoireContent ToContent() => View()();

    /// <summary>Everything needed to rebuild this as it is now, copied at once: nobody is told that it is looked at, so it may be torn when it changes meanwhile. Allocates.</summary>
    public RepertoireContent Copy() => new(Archive.ToPhrases(), Table());

    /// <summary>Everything needed to rebuild this as it is now, to be put together by whoever calls the function, on any thread; costs little here however much was learned. Allocates.</summary>
    public Func<RepertoireContent> View()
    {
        var (archive, table) = (Archive.View(), Table());
        return () => new RepertoireContent(archive.ToPhrases(), table);
    }

    private AmplitudeTable Table() => new([.. Members.Members.Select(m => m.Name)], Amplitudes.Classes, [.. Amplitudes.Weights], [.. Amplitudes.Tempers], [.. Amplitudes.Steps]) { Accords = [.. Amplitudes.Accords] };

    /// <summary>
    /// Knows what <paramref name="content"/> holds: its phrases, and its amplitudes when they are for these members; otherwise the amplitudes are learned from the
    /// phrases.
    /// </summary>
    public static LearnedMusic From(RepertoireContent content)
    {
        var learned = new LearnedMusic();
        learned.Teach(content.Phrases);
        if (content.Amplitudes is { } table && table.Classes == learned.Amplitudes.Classes && table.Steps.Length == learned.Amplitudes.Steps.Length && (table.Accords.IsEmpty || table.Accords.Length == table.Members.Length) && table.Members.SequenceEqual(learned.Members.Members.Select(m => m.Name)))
            learned.Amplitudes.Adopt(table.Weights.AsSpan(), table.Tempers.AsSpan(), table.Steps.AsSpan(), table.Accords.AsSpan());
        else learned.TrainAmplitudes(content.Phrases);
        learned.CalibrateDials();
        return learned;
    }

    /// <summary>Calibrates the dials on the phrases taught last, so that they are even before anybody has played; what is heard then takes their place.</summary>
    internal void CalibrateDials()
    {
        var (line, notes) = (Members.NewLine(), 0);
        for (var phrase = Archive.Count - 1; phrase >= 0 && notes < CalibrationNotes; phrase--)
        {
            Restart(line);
            foreach (var note in Archive.Notes(phrase))
            {
                line.Await(note.TimeIn(Archive.Metre(phrase)));
                Council.Hear(line, note.Pitch.Number, 0);
                Members.Follow(line, note.Pitch.Number);
                notes++;
            }
        }

        Council.Dials.Hold(CalibrationWeight);
        Members.EndSequence();
    }

    private void CloseArchived()
    {
        var notes = Archive.Notes(Archive.Count - 1);
        Heard.End();
        var key = StartOf(Heard.Count - 1).Key = Performer.Key.Key;
        HearForm(key, notes, Archive.Metre(Archive.Count - 1));
        Motifs.Hear(notes);
        Span<int> pitches = stackalloc int[Math.Min(notes.Length, LongestLesson)];
        for (var i = 0; i < pitches.Length; i++) pitches[i] = notes[notes.Length - pitches.Length + i].Pitch.Number;
        for (var voice = 0; voice < _chains.Length; voice++)
        {
            if (IsFirst(voice)) _chains[voice].EndPhrase(pitches);
        }
    }

    private void TakeBackEnding()
    {
        var notes = Archive.Notes(Archive.Count - 1);
        TakeBackForm(StartOf(Heard.Count - 1).Key, notes, Archive.Metre(Archive.Count - 1));
        Motifs.TakeBack(notes);
        Archive.TakeBack();
        for (var voice = 0; voice < _chains.Length; voice++)
        {
            if (IsFirst(voice)) _chains[voice].ForgetPhrase();
        }
    }

    private PhraseStart StartOf(int phrase) => _starts[phrase % MostForgotten];

    private void MarkStart()
    {
        StartOf(Heard.Count).Take(Performer, Amplitudes, Surprise, NotesHeard);
        _oldestStart = Math.Max(_oldestStart, Heard.Count + 1 - MostForgotten);
    }

    // Other things were learned since the phrases began: they cannot be taken back any more as if they had come last.
    private void ForgetStarts() => _oldestStart = Heard.Count;

    // A phrase's steps and its ending, all in one key: that of the whole.
    private void HearForm(Key key, ReadOnlySpan<LearnedNote> notes, Metre metre)
    {
        for (var i = 1; i < notes.Length; i++) Flow.HearStep(key, notes[i - 1].Pitch.Number, notes[i].Pitch.Number, notes[i].TimeIn(metre));
        Flow.HearEnding(key, notes[^1].Pitch.Number, notes[^1].TimeIn(metre));
    }

    private void TakeBackForm(Key key, ReadOnlySpan<LearnedNote> notes, Metre metre)
    {
        for (var i = 1; i < notes.Length; i++) Flow.TakeBackStep(key, notes[i - 1].Pitch.Number, notes[i].Pitch.Number, notes[i].TimeIn(metre));
        Flow.TakeBackEnding(key, notes[^1].Pitch.Number, notes[^1].TimeIn(metre));
    }

    private void HearChords(Call call)
    {
        Chords.Begin();
        var previous = -1;
        foreach (var note in call.Notes)
        {
            if (note.Shape != 0) previous = Chords.Hear(Performer.Key.Key, note.Pitch, note.Shape, previous);
        }
    }

    private Key KeyOf(ReadOnlySpan<LearnedNote> notes)
    {
        _key.Clear();
        foreach (var note in notes) _key.Count(note.Pitch.Number);
        return _key.Key;
    }

    private void Restart(MelodicLine line)
    {
        Members.EndSequence();
        line.Restart();
        line.Key.Clear();
    }
}
