using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// The council, the default chain: asks every member for its law over the candidates, folds shaping's favour into the amplitudes as a diagonal damping, and has the council's circuit
/// measured. Also lets the council learn from what was heard. [engine]
/// </summary>
public sealed class CouncilChain(CouncilMembers members, Amplitudes amplitudes) : IChain
{
    /// <summary>Of so many notes heard the dials are calibrated on the first. Phrases seldom have multiples of five notes, so that all their places have their turn.</summary>
    public const int CalibratedEvery = 5;

    private const int DialReach = 12;

    private readonly CouncilStep _step = new(members.Members.Length, Candidates.Capacity, MelodicLine.MemoryQubits);
    private readonly MemberLaws _laws = new(members.Members.Length, Candidates.Capacity);
    private readonly MemoryOperators _operators = new(members.Members.Length, MelodicLine.MemoryQubits);
    private readonly CouncilMemory _memory = new(MelodicLine.MemoryQubits);
    private readonly double[] _rows = new double[members.Members.Length * Candidates.Capacity];
    private readonly double[] _weights = new double[members.Members.Length];
    private readonly double[] _rho = new double[amplitudes.Levels * amplitudes.Levels], _move = new double[amplitudes.Levels * amplitudes.Levels];
    private readonly Candidates _heardAmong = new();
    private readonly DialLaws _dialLaws = new(amplitudes, members.Phased.AsSpan(), Candidates.Capacity);
    private readonly double[] _phases = new double[members.Members.Length];
    private readonly ImmutableArray<string> _names = [.. members.Members.Select(m => m.Name)];
    private long _revision = -1, _heard;
    private int _count;
    private LawTurn _turn = new(1, 0, 0);

    /// <summary>How far the dials move the law in contexts like those heard lately.</summary>
    public DialCalibration Dials { get; } = new(Candidates.Capacity);

    /// <summary>The members' weights in the choice last prepared, in the members' order.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <inheritdoc/>
    public double Consensus => _step.Consensus;

    /// <inheritdoc/>
    public double KeptShare => _step.KeptShare;

    /// <inheritdoc/>
    public string Kind => "council";

    /// <inheritdoc/>
    public string Words => $"{_weights.Length} members on {SelectorQubits} selector qubits and a memory of {_step.MemoryQubits} qubits that is never measured; a shot is kept when selector and ancilla read 0.";

    /// <inheritdoc/>
    public int NoteQubits => _step.NoteQubits;

    /// <summary>Qubits of the selector register in the choice last prepared.</summary>
    public int SelectorQubits => _step.SelectorQubits;

    /// <inheritdoc/>
    public bool Prepare(MelodicLine line, Candidates candidates, DialSettings dials, double tail) => this.PrepareAtOnce(line, candidates, dials, tail);

    /// <summary>The operators, each part of the members, what is cut with the answers to what is left, and the circuit.</summary>
    public int PreparePiece(MelodicLine line, Candidates candidates, DialSettings dials, double tail, int piece)
    {
        switch (piece)
        {
            case 0:
                if (!candidates.Close()) return Deciding.NoneLeft;
                _turn = Dials.Turn(dials);
                for (var k = 0; k < _phases.Length; k++) _phases[k] = members.Phased[k] ? _turn.Phase : 0;
                _memory.CopyFrom(line.Memory);
                if (_revision != amplitudes.Revision)
                {
                    TakeSteps();
                    return 1;
                }

                piece = 1;
                goto case 1;
            case 1:
                _laws.Begin(candidates.Count);
                goto default;
            default:
                Ask(line, candidates, piece - 1);
                return piece + 1;
            case CouncilMembers.Parts + 1:
                _laws.Complete();
                if (tail > 0 && CutTail(candidates, tail)) Ask(line, candidates);
                return piece + 1;
            case CouncilMembers.Parts + 2:
                Damp(candidates);
                _step.Prepare(Terms(), _memory);
                return Deciding.Prepared;
        }
    }

    /// <inheritdoc/>
    public ChainShot Shoot(Xoshiro random)
    {
        var shot = _step.Draw(random);
        return new ChainShot(shot.Symbol, shot.Redraws, shot.Kept);
    }

    /// <summary>One shot that sounds, of the choice prepared for this line: the memory goes on with what it left, and each member is told how well it foretold the note.</summary>
    public ChainShot Play(MelodicLine line, Xoshiro random)
    {
        var shot = _step.PlayPrepared(Terms(), line.Memory, random);
        if (!shot.Kept) line.Memory.Hear(Terms(), shot.Symbol);
        members.Judge(line, _laws.Laws, _count, shot.Symbol);
        return new ChainShot(shot.Symbol, shot.Redraws, shot.Kept);
    }

    /// <summary>The memory follows by the filter.</summary>
    public void Sound(MelodicLine line, int index)
    {
        line.Memory.Hear(Terms(), index);
        members.Judge(line, _laws.Laws, _count, index);
    }

    /// <summary>The long-term members' share of each candidate's amplitude in the prepared choice, 0 to 1, before the memory has its say; .5 where nobody holds it.</summary>
    public void WriteHalf(Span<double> half)
    {
        for (var x = 0; x < _count; x++)
        {
            double first = 0, all = 0;
            for (var k = 0; k < _weights.Length; k++)
            {
                var amplitude = _weights[k] * _rows[(k * _count) + x];
                all += amplitude;
                if (members.Members[k].Term == Term.Long) first += amplitude;
            }

            half[x] = all > 0 ? Math.Clamp(first / all, 0, 1) : .5;
        }
    }

    /// <summary>
    /// The amplitudes of the long-term and the short-term members together in the prepared choice, and for each half the mean of its members' steps on the memory, by their weight. Allocates.
    /// </summary>
    public MemoryOperators WriteHalves(Span<double> first, Span<double> second)
    {
        var levels = _operators.Levels;
        var (halves, means, total) = (new MemoryOperators(2, _operators.Qubits), new System.Numerics.Complex[2][], new double[2]);
        (means[0], means[1]) = (new System.Numerics.Complex[levels * levels], new System.Numerics.Complex[levels * levels]);
        first[.._count].Clear();
        second[.._count].Clear();
        for (var k = 0; k < _weights.Length; k++)
        {
            var half = members.Members[k].Term == Term.Long ? 0 : 1;
            var row = half == 0 ? first : second;
            for (var x = 0; x < _count; x++) row[x] += _weights[k] * _rows[(k * _count) + x];
            total[half] += _weights[k];
            for (var i = 0; i < levels * levels; i++) means[half][i] += _weights[k] * _operators[k, i / levels, i % levels];
        }

        for (var half = 0; half < 2; half++)
        {
            for (var i = 0; i < levels * levels; i++) means[half][i] = total[half] > 0 ? means[half][i] / total[half] : i % (levels + 1) == 0 ? 1 : 0;
            halves.Set(half, means[half].AsSpan());
        }

        return halves;
    }

    /// <inheritdoc/>
    public void WriteLaw(Span<double> law) => CouncilLaw.Write(Terms(), _memory, law);

    /// <summary>Nothing: the council learned every note when it was heard.</summary>
    public void EndPhrase(ReadOnlySpan<int> pitches)
    {
    }

    /// <inheritdoc/>
    public void ForgetPhrase()
    {
    }

    /// <inheritdoc/>
    public Circuit ToCircuit() => _step.ToCircuit();

    /// <inheritdoc/>
    public int CandidateOf(ulong bits)
    {
        // One candidate still has a qubit of its own.
        var note = Math.Max(1, _step.NoteQubits);
        var thrown = (bits >> note & ((1UL << (_step.SelectorQubits + _step.AncillaQubits)) - 1)) != 0;
        var code = (int)(bits & ((1UL << note) - 1));
        return !thrown && code < _count ? code : -1;
    }

    /// <summary>
    /// Hears <paramref name="pitch"/>: the amplitudes take a gradient step at <paramref name="rate"/> (0 learns nothing), the memory moves on, and the line remembers who foretold it. The members
    /// themselves learn afterwards, so that nobody is asked about what it was just told. Returns the bits the note had cost.
    /// </summary>
    public double Hear(MelodicLine line, int pitch, double rate)
    {
        var (piece, bits) = (0, 0.0);
        while (piece >= 0) piece = HearPiece(line, pitch, rate, piece, ref bits);
        return bits;
    }

    /// <summary>Piece <paramref name="piece"/> of what <see cref="Hear"/> does, from 0 on, with nothing else asked of the council meanwhile: the next piece; below 0 when it was the last, and <paramref name="bits"/> is what the note had cost.</summary>
    internal int HearPiece(MelodicLine line, int pitch, double rate, int piece, ref double bits)
    {
        // A window of 64 keys around the line, always with the note in it: as wide as any performer's next step.
        var centre = Math.Clamp(line.Context.AtStart ? pitch : line.Context.Previous, pitch - 31, pitch + 31);
        var low = Math.Clamp(centre - 32, 0, 64);
        switch (piece)
        {
            case 0:
                _heardAmong.Fill(low, low + 63);
                _laws.Begin(_heardAmong.Count);
                goto default;
            default:
                Ask(line, _heardAmong, piece);
                return piece + 1;
            case CouncilMembers.Parts:
                _laws.Complete();
                TakeMemory(line.Memory);
                return _heard++ % CalibratedEvery == 0 ? piece + 1 : CouncilMembers.Parts + 3;
            case CouncilMembers.Parts + 1:
                // About as many keys around the line as an answer may choose from.
                var from = Math.Clamp(centre - DialReach - low, 0, _heardAmong.Count - 2 * DialReach - 1);
                _dialLaws.Take(_laws, _rho, from, 2 * DialReach + 1);
                return piece + 1;
            case CouncilMembers.Parts + 2:
                Dials.Take(_dialLaws);
                return piece + 1;
            case CouncilMembers.Parts + 3:
                var played = _heardAmong.IndexOf(pitch);
                bits = amplitudes.Learn(_laws, played, rate, _rho, _move);
                line.Memory.Hear(_move);
                members.Judge(line, _laws.Laws, _heardAmong.Count, played);
                return -1;
        }
    }

    // All steps are real and the start is, so the rho of what was heard stays real; a partner's line may carry a phase into it.
    private void TakeMemory(CouncilMemory memory)
    {
        for (var i = 0; i < _rho.Length; i++) _rho[i] = memory[i / amplitudes.Levels, i % amplitudes.Levels].Real;
    }

    /// <summary>The choice last prepared, written down. Allocates.</summary>
    public CouncilRecord ToRecord() => new()
    {
        Members = _names,
        Candidates = _count,
        Laws = [.. _laws.Laws],
        Amplitudes = [.. _rows.AsSpan(0, _weights.Length * _count)],
        Weights = [.. _weights],
        Phases = _turn.Phase == 0 ? [] : [.. _phases],
        Steps = [.. amplitudes.Steps],
        Coherence = _turn.Coherence,
        Memory = _memory,
    };

    private CouncilTerms Terms() =>
        new(_rows.AsSpan(0, _weights.Length * _count), _weights, _weights.Length, _count, _turn.Coherence) { Operators = _operators, Phases = _turn.Phase == 0 ? [] : _phases };

    private void Ask(MelodicLine line, Candidates candidates)
    {
        _laws.Begin(candidates.Count);
        members.Laws(line, candidates.Pitches, _laws.Laws, _laws.Confidence);
        _laws.Complete();
    }

    private void Ask(MelodicLine line, Candidates candidates, int part) => members.Laws(line, candidates.Pitches, _laws.Laws, _laws.Confidence, part);

    // The tempered rows, turned towards novelty, damped by the square root of the favour, so that the law itself is damped by the favour.
    private void Damp(Candidates candidates)
    {
        var count = _count = candidates.Count;
        amplitudes.Temper(_laws, _turn.Novelty, _turn.Accord, _weights, _rows);
        for (var x = 0; x < count; x++)
        {
            var damping = Math.Sqrt(candidates.Favour[x]);
            for (var k = 0; k < _weights.Length; k++) _rows[k * count + x] *= damping;
        }
    }

    private void TakeSteps()
    {
        var size = amplitudes.Levels * amplitudes.Levels;
        for (var k = 0; k < _weights.Length; k++) _operators.Set(k, amplitudes.Steps.Slice(k * size, size));
        _revision = amplitudes.Revision;
    }

    private bool CutTail(Candidates candidates, double tail)
    {
        Span<double> law = stackalloc double[Candidates.Capacity];
        law = law[..candidates.Count];
        if (_turn is { Coherence: 1, Phase: 0, Novelty: 0 })
        {
            // The same law, sooner: everything is real.
            TakeMemory(_memory);
            amplitudes.WriteLaw(_laws, _rho, law);
            for (var x = 0; x < law.Length; x++) law[x] *= candidates.Favour[x];
        }
        else
        {
            Damp(candidates);
            CouncilLaw.Write(Terms(), _memory, law);
        }

        return candidates.CutTail(law, tail);
    }
}
