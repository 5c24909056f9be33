using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Chains.Hidden;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// A hidden quantum Markov model of intervals: a memory of one qubit, never measured, emits the step to the next pitch. The memory is where the line's last notes leave it; shaping's favour is an
/// ancilla that must read 0. Learned from the repertoire when it is made, and a little more from each of the performer's phrases. With coherence c the memory loses the share 1 - c of its
/// coherence after every note, which at 0 leaves a classical hidden chain. [engine]
/// </summary>
public sealed class HiddenChain : IChain
{
    /// <summary>The widest step it knows, semitones; wider ones are taken for this wide.</summary>
    public const int WidestStep = 12;

    /// <summary>Of a long repertoire, the last so many notes are learned.</summary>
    public const int MostNotes = 20_000;

    /// <summary>Below this share of kept shots the memory begins anew.</summary>
    public const double LeastKept = .01;

    private const int MostForgotten = 16;
    private const int Symbols = 2 * WidestStep + 1;
    private const ulong Seed = 5;

    private static readonly KrausLearning FromRepertoire = new() { Levels = 2, Branches = 1, Window = 400, WarmUp = 0, Batch = 32, Epochs = 40, Rate = .6, Decay = .93 };
    private static readonly KrausLearning FromPhrase = FromRepertoire with { Epochs = 2, Rate = .05, Decay = 1 };

    private readonly double[] _favour = new double[Symbols], _law = new double[Symbols];
    private readonly int[] _symbolOf = new int[Candidates.Capacity], _candidateOf = new int[Symbols];
    private readonly List<KrausSet> _former = new(MostForgotten);
    private KrausSet _set;
    private HiddenStep _step;
    private KrausFilter _memory;
    private int _count;
    private double _coherence = 1;

    /// <summary>Learns from <paramref name="phrases"/>, the last ones first; where there are none the model is drawn at random and learns by listening. Deterministic; takes well under a second.</summary>
    public HiddenChain(ImmutableArray<LearnedPhrase> phrases)
    {
        var (sequences, notes) = (new List<byte[]>(), 0);
        for (var i = phrases.Length - 1; i >= 0 && notes < MostNotes; i--)
        {
            int[] pitches = [.. phrases[i].Notes.Select(n => n.Pitch.Number)];
            if (pitches.Length < 2) continue;
            sequences.Add(Steps(pitches));
            notes += pitches.Length;
        }

        // Each step up and down once, so that none is ever out of reach.
        sequences.Add(Steps([.. Enumerable.Range(0, Symbols).Select(i => 60 + (i % 2 == 0 ? 0 : i / 2 + 1))]));
        _set = KrausLearner.Learn(sequences, Symbols, FromRepertoire, Seed).Model;
        (_step, _memory) = (new HiddenStep(_set), new KrausFilter(_set));
    }

    /// <inheritdoc/>
    public string Kind => "hidden";

    /// <inheritdoc/>
    public string Words => $"A memory of {_step.MemoryQubits} qubit emits one of {Symbols} steps; a shot is kept when the ancilla reads 0.";

    /// <inheritdoc/>
    public int NoteQubits => _step.EmissionQubits;

    /// <inheritdoc/>
    public double KeptShare => _step.KeptShare;

    /// <inheritdoc/>
    public double Consensus => double.NaN;

    /// <inheritdoc/>
    public bool Prepare(MelodicLine line, Candidates candidates, DialSettings dials, double tail)
    {
        if (!candidates.Close()) return false;
        if (dials.Coherence != _coherence) TurnTo(dials.Coherence);
        Remember(line);
        var from = line.Context.AtStart ? candidates.Pitches[candidates.Count / 2] : line.Context.Previous;
        if (!Reach(from, candidates)) return false;
        if (tail > 0)
        {
            Span<double> law = stackalloc double[Candidates.Capacity];
            law = law[..candidates.Count];
            _memory.WriteLaw(_law);
            for (var x = 0; x < law.Length; x++) law[x] = _law[_symbolOf[x]] * candidates.Favour[x];
            if (candidates.CutTail(law, tail)) Reach(from, candidates);
        }

        _count = candidates.Count;
        _step.Prepare(_memory, _favour);
        if (_step.KeptShare >= LeastKept) return true;
        // What was played lately speaks against everything shaping allows: the memory begins anew.
        _memory.Restart();
        _step.Prepare(_memory, _favour);
        return _step.KeptShare > 0;
    }

    /// <inheritdoc/>
    public ChainShot Shoot(Xoshiro random)
    {
        var shot = _step.Draw(random);
        return shot.Kept ? new ChainShot(_candidateOf[shot.Symbol], shot.Redraws, true) : new ChainShot(Likeliest(), shot.Redraws, false);
    }

    /// <summary>The closed form: the filter's law times the favour.</summary>
    public void WriteLaw(Span<double> law)
    {
        _memory.WriteLaw(_law);
        var total = 0.0;
        for (var x = 0; x < _count; x++) total += law[x] = _law[_symbolOf[x]] * _favour[_symbolOf[x]];
        for (var x = 0; x < _count; x++) law[x] /= total;
    }

    /// <summary>Just a shot: the memory follows the line.</summary>
    public ChainShot Play(MelodicLine line, Xoshiro random) => Shoot(random);

    /// <summary>Nothing: the memory follows the line.</summary>
    public void Sound(MelodicLine line, int index)
    {
    }

    /// <summary>Whether it learns from each phrase; default true. Where it does not it allocates nothing.</summary>
    public bool LearnsOn
    {
        get;
        set
        {
            field = value;
            _memory = new KrausFilter(_set, 1 - _coherence, turns: !value);
        }
    } = true;

    /// <summary>A few steps on the manifold of legal operators towards this phrase. Allocates.</summary>
    public void EndPhrase(ReadOnlySpan<int> pitches)
    {
        if (!LearnsOn) return;
        if (_former.Count == MostForgotten) _former.RemoveAt(0);
        _former.Add(_set);
        if (pitches.Length >= 2) Take(KrausLearner.Continue(_set, [Steps(pitches)], FromPhrase, Seed).Model);
    }

    /// <inheritdoc/>
    public void ForgetPhrase()
    {
        if (_former.Count == 0) return;
        Take(_former[^1]);
        _former.RemoveAt(_former.Count - 1);
    }

    /// <inheritdoc/>
    public Circuit ToCircuit() => _step.ToCircuit();

    /// <inheritdoc/>
    public int CandidateOf(ulong bits)
    {
        // The ancilla stands above the emission; where it reads 1 the number is too large.
        var symbol = bits / (ulong)_set.Branches;
        return bits < 1UL << _step.EmissionQubits && symbol < Symbols && _favour[symbol] > 0 ? _candidateOf[symbol] : -1;
    }

    private void TurnTo(double coherence)
    {
        _coherence = coherence;
        if (LearnsOn) _memory = new KrausFilter(_set, 1 - coherence);
        else _memory.Dephase(1 - coherence);
    }

    private void Take(KrausSet set) => (_set, _step, _memory) = (set, new HiddenStep(set), new KrausFilter(set, 1 - _coherence));

    private int Likeliest()
    {
        _step.WriteLaw(_law);
        var best = 0;
        for (var x = 1; x < _count; x++) best = _law[_symbolOf[x]] > _law[_symbolOf[best]] ? x : best;
        return best;
    }

    private static byte[] Steps(ReadOnlySpan<int> pitches)
    {
        var steps = new byte[pitches.Length - 1];
        for (var i = 0; i < steps.Length; i++) steps[i] = (byte)Symbol(pitches[i], pitches[i + 1]);
        return steps;
    }

    private static int Symbol(int from, int to) => Math.Clamp(to - from, -WidestStep, WidestStep) + WidestStep;

    private void Remember(MelodicLine line)
    {
        _memory.Restart();
        for (var ago = line.Remembered - 2; ago >= 0; ago--) _memory.Follow(Symbol(line.Recent(ago + 1), line.Recent(ago)));
    }

    // One candidate a step. Where shaping leaves none within reach, the nearest above and below stand for the widest steps.
    private bool Reach(int from, Candidates candidates)
    {
        var (above, below, near) = (128, -1, false);
        foreach (var pitch in candidates.Pitches)
        {
            near |= Math.Abs(pitch - from) <= WidestStep;
            if (pitch > from) above = Math.Min(above, pitch);
            else below = pitch;
        }

        for (var x = 0; x < candidates.Count; x++)
        {
            var pitch = candidates.Pitches[x];
            if (near ? Math.Abs(pitch - from) > WidestStep : pitch != above && pitch != below) candidates.Favour[x] = 0;
        }

        if (!candidates.Close()) return false;
        Array.Clear(_favour);
        for (var x = 0; x < candidates.Count; x++)
        {
            var symbol = Symbol(from, candidates.Pitches[x]);
            (_symbolOf[x], _candidateOf[symbol], _favour[symbol]) = (symbol, x, candidates.Favour[x]);
        }

        return true;
    }
}
