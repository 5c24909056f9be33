using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Evaluation.Blends;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Evaluation;

/// <summary>
/// One fold of everything that is blended from the council's members: all training melodies are counted; then in three rounds each is taken out, predicted note by note with a gradient step of
/// every blend, and put back; then the test melodies are scored in order, each note before it is learned. [one thread]
/// </summary>
internal sealed class MemberTrial
{
    private const double TestRate = .001;
    private static readonly double[] TrainingRates = [.02, .01, .004];
    private readonly MelodySet _set;
    private readonly Aspect _aspect;
    private readonly IReadOnlyList<IBlend> _blends;
    private readonly CouncilMembers _members;
    private readonly MelodicLine _line;
    private readonly MemberLaws _laws;
    private readonly int[] _alphabet;
    private readonly double[] _law;
    private readonly DialTrial? _dials;

    internal MemberTrial(MelodySet set, View view, Aspect aspect, IReadOnlyList<IBlend> blends, int maxOrder, DialTally? dials = null)
    {
        _members = new CouncilMembers([.. Viewpoints(view, aspect).Select(v => v with { MaxOrder = Math.Min(v.MaxOrder, maxOrder) })]);
        (_set, _aspect, _blends, _line, _alphabet) = (set, aspect, blends, _members.NewLine(), [.. set.Values(aspect)]);
        if (view == View.Full) _line.Now = new Moment();
        _laws = new MemberLaws(_members.Members.Length, _alphabet.Length);
        _law = new double[_alphabet.Length];
        if (dials is not null && blends.OfType<MemoryBlend>().FirstOrDefault(b => b.Name == Models.Default) is { } council)
            _dials = new DialTrial(council, _members.Phased.AsSpan(), _alphabet.Length);
    }

    /// <summary>What turning the dials did; null when that was not asked for.</summary>
    internal DialTally? Dials => _dials?.Tally;

    /// <summary>What the members look at; each is there long-term and short-term.</summary>
    internal static ImmutableArray<Viewpoint> Viewpoints(View view, Aspect aspect) => (view, aspect) switch
    {
        (View.Pitch, _) => Viewpoint.Default,
        (_, Aspect.Onset) => TimedViewpoints.Onset,
        (_, Aspect.Duration) => TimedViewpoints.Duration,
        _ => TimedViewpoints.Pitch,
    };

    /// <summary>How many notes <see cref="Run"/> goes through, for progress.</summary>
    internal static long Steps(MelodySet set, int fold, int folds) => TrainingRates.Length * set.Training(fold, folds).Sum(m => (long)m.Pitches.Length) + set.Test(fold, folds).Sum(m => m.Pitches.Length);

    internal void Run(int fold, int folds, IReadOnlyList<BitTally> tallies, (ILawReader Reader, string Model)? laws, (Generation Generation, ulong Seed)? generate, Action<int> done, CancellationToken stop)
    {
        foreach (var melody in _set.Training(fold, folds)) Pass(melody, learn: true);
        foreach (var rate in TrainingRates)
        {
            foreach (var melody in _set.Training(fold, folds))
            {
                stop.ThrowIfCancellationRequested();
                Pass(melody, learn: false);
                Begin(melody);
                for (var i = 0; i < melody.Pitches.Length; i++)
                {
                    var played = Ask(melody, i);
                    foreach (var blend in _blends) blend.Hear(_laws, played, rate);
                    Learn(melody, i, played);
                }

                done(melody.Pitches.Length);
            }
        }

        if (generate is { } drawn) drawn.Generation.Add(fold, Generate(fold, folds, drawn.Seed, stop));
        var shown = laws is { } asked ? _blends.FirstOrDefault(b => b.Name == asked.Model) : null;
        foreach (var melody in _set.Test(fold, folds))
        {
            stop.ThrowIfCancellationRequested();
            Begin(melody);
            for (var i = 0; i < melody.Pitches.Length; i++)
            {
                var played = Ask(melody, i);
                if (shown is not null)
                {
                    shown.WriteLaw(_laws, _law);
                    laws!.Value.Reader.Read(fold, melody, i, _law);
                }

                _dials?.Hear(_laws, played);
                for (var b = 0; b < _blends.Count; b++) tallies[b].Add(_blends[b].Hear(_laws, played, TestRate), i);
                Learn(melody, i, played);
            }

            done(melody.Pitches.Length);
        }
    }

    private Dictionary<string, MelodyFigures> Generate(int fold, int folds, ulong seed, CancellationToken stop)
    {
        IReadOnlyList<IReadOnlyList<int>> learned = [.. _set.Training(fold, folds).Select(m => m.Pitches)];
        var people = _set.Test(fold, folds).ToList();
        var figures = new Dictionary<string, MelodyFigures> { [Generation.Human] = MelodyFigures.Of([.. people.Select(m => m.Pitches)], learned) };
        var drawing = new GenerationDrawing(_members, _alphabet, timed: _line.Now is not null);
        foreach (var blend in _blends)
        {
            var random = new Xoshiro(Xoshiro.Derive(seed, (ulong)fold));
            var melodies = new List<int[]>();
            foreach (var melody in people)
            {
                stop.ThrowIfCancellationRequested();
                melodies.Add(drawing.Draw(blend, melody, random));
            }

            figures[blend.Name] = MelodyFigures.Of(melodies, learned);
        }

        return figures;
    }

    private void Begin(Melody melody)
    {
        _members.EndSequence();
        _members.ForgetPiece();
        _line.Restart();
        _line.Key.Clear();
        _line.Now?.Begin(melody.Signature);
        foreach (var blend in _blends) blend.Restart();
        _dials?.Restart();
    }

    // Learns, or unlearns, a whole training melody.
    private void Pass(Melody melody, bool learn)
    {
        Begin(melody);
        var values = melody.Values(_aspect);
        for (var i = 0; i < values.Length; i++)
        {
            Await(melody, i);
            if (learn) _members.Learn(_line, values[i], live: false);
            else _members.Unlearn(_line, values[i], live: false);
            _line.Now?.Arrive(melody.Times[i], melody.Pitches[i]);
        }
    }

    // Tells the line as much of the note as is known before its value.
    private void Await(Melody melody, int i)
    {
        if (_line.Now is not { } now) return;
        if (_aspect == Aspect.Onset) now.AwaitOnset(melody.Times[i].Bar, melody.Times[i].Beat);
        else if (_aspect == Aspect.Duration) now.AwaitDuration(melody.Times[i]);
        else now.AwaitPitch(melody.Times[i]);
    }

    // The laws do not see the value: it only tells which entry will have been played.
    private int Ask(Melody melody, int i)
    {
        Await(melody, i);
        _members.Laws(_line, _alphabet, _laws.Laws, _laws.Confidence);
        _laws.Complete();
        return Array.BinarySearch(_alphabet, melody.Values(_aspect)[i]);
    }

    private void Learn(Melody melody, int i, int played)
    {
        _members.Judge(_line, _laws.Laws, _alphabet.Length, played);
        _members.Learn(_line, melody.Values(_aspect)[i], live: true);
        _line.Now?.Arrive(melody.Times[i], melody.Pitches[i]);
    }
}
