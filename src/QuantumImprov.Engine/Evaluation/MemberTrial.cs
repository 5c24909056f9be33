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
    private readonly IReadOnlyList<IBlend> _blends;
    private readonly CouncilMembers _members;
    private readonly MelodicLine _line;
    private readonly MemberLaws _laws;
    private readonly int[] _alphabet;
    private readonly double[] _law;
    private readonly DialTrial? _dials;

    internal MemberTrial(MelodySet set, IReadOnlyList<IBlend> blends, int maxOrder, DialTally? dials = null)
    {
        _members = new CouncilMembers([.. Viewpoint.Default.Select(v => v with { MaxOrder = Math.Min(v.MaxOrder, maxOrder) })]);
        (_set, _blends, _line, _alphabet) = (set, blends, _members.NewLine(), [.. set.Alphabet]);
        _laws = new MemberLaws(_members.Members.Length, _alphabet.Length);
        _law = new double[_alphabet.Length];
        if (dials is not null && blends.OfType<MemoryBlend>().FirstOrDefault(b => b.Name == Models.Default) is { } council)
            _dials = new DialTrial(council, _members.Phased.AsSpan(), _alphabet.Length);
    }

    /// <summary>What turning the dials did; null when that was not asked for.</summary>
    internal DialTally? Dials => _dials?.Tally;

    /// <summary>How many notes <see cref="Run"/> goes through, for progress.</summary>
    internal static long Steps(MelodySet set, int fold, int folds) => TrainingRates.Length * set.Training(fold, folds).Sum(m => (long)m.Pitches.Length) + set.Test(fold, folds).Sum(m => m.Pitches.Length);

    internal void Run(int fold, int folds, IReadOnlyList<BitTally> tallies, (ILawReader Reader, string Model)? laws, (Generation Generation, ulong Seed)? generate, Action<int> done, CancellationToken stop)
    {
        foreach (var melody in _set.Training(fold, folds))
        {
            Begin();
            foreach (var pitch in melody.Pitches) _members.Learn(_line, pitch, live: false);
        }

        foreach (var rate in TrainingRates)
        {
            foreach (var melody in _set.Training(fold, folds))
            {
                stop.ThrowIfCancellationRequested();
                Begin();
                foreach (var pitch in melody.Pitches) _members.Unlearn(_line, pitch, live: false);
                Begin();
                foreach (var pitch in melody.Pitches) Hear(pitch, rate);
                done(melody.Pitches.Length);
            }
        }

        if (generate is { } drawn) drawn.Generation.Add(fold, Generate(fold, folds, drawn.Seed, stop));
        var shown = laws is { } asked ? _blends.FirstOrDefault(b => b.Name == asked.Model) : null;
        foreach (var melody in _set.Test(fold, folds))
        {
            stop.ThrowIfCancellationRequested();
            Begin();
            for (var i = 0; i < melody.Pitches.Length; i++)
            {
                var played = Ask(melody.Pitches[i]);
                if (shown is not null)
                {
                    shown.WriteLaw(_laws, _law);
                    laws!.Value.Reader.Read(fold, melody, i, _law);
                }

                _dials?.Hear(_laws, played);
                for (var b = 0; b < _blends.Count; b++) tallies[b].Add(_blends[b].Hear(_laws, played, TestRate), i);
                Learn(melody.Pitches[i], played);
            }

            done(melody.Pitches.Length);
        }
    }

    private Dictionary<string, MelodyFigures> Generate(int fold, int folds, ulong seed, CancellationToken stop)
    {
        IReadOnlyList<IReadOnlyList<int>> learned = [.. _set.Training(fold, folds).Select(m => m.Pitches)];
        var people = _set.Test(fold, folds).Select(m => m.Pitches).ToList();
        var figures = new Dictionary<string, MelodyFigures> { [Generation.Human] = MelodyFigures.Of([.. people], learned) };
        var drawing = new GenerationDrawing(_members, _alphabet);
        foreach (var blend in _blends)
        {
            var random = new Xoshiro(Xoshiro.Derive(seed, (ulong)fold));
            var melodies = new List<int[]>();
            foreach (var melody in people)
            {
                stop.ThrowIfCancellationRequested();
                melodies.Add(drawing.Draw(blend, melody.Length, random));
            }

            figures[blend.Name] = MelodyFigures.Of(melodies, learned);
        }

        return figures;
    }

    private void Begin()
    {
        _members.EndSequence();
        _members.ForgetPiece();
        _line.Restart();
        _line.Key.Clear();
        foreach (var blend in _blends) blend.Restart();
        _dials?.Restart();
    }

    private void Hear(int pitch, double rate)
    {
        var played = Ask(pitch);
        foreach (var blend in _blends) blend.Hear(_laws, played, rate);
        Learn(pitch, played);
    }

    // The laws do not see the pitch: it only tells which entry will have been played.
    private int Ask(int pitch)
    {
        _members.Laws(_line, _alphabet, _laws.Laws, _laws.Confidence);
        _laws.Complete();
        return Array.BinarySearch(_alphabet, pitch);
    }

    private void Learn(int pitch, int played)
    {
        _members.Judge(_line, _laws.Laws, _alphabet.Length, played);
        _members.Learn(_line, pitch, live: true);
    }
}
