using System.Numerics;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Choosing.Witnessing;

/// <summary>
/// Writes the last decisions down, for whoever wants to look at them: about 8 KiB each with the council. Off at first, and then it costs nothing; while it is on, each decision allocates its record.
/// </summary>
public sealed class DecisionLog : IDecisionWitness
{
    /// <summary>How many are kept: a hundred for each of four voices, so that all of a long answer, which is chosen before it sounds, is there.</summary>
    public const int Kept = 400;

    private readonly DecisionRecord?[] _records = new DecisionRecord?[Kept];
    private volatile bool _isOn;
    private long _count;

    /// <summary>Whether decisions are written down. [any]</summary>
    public bool IsOn
    {
        get => _isOn;
        set => _isOn = value;
    }

    /// <summary>How many were written down in all; their numbers go from 1 to this. [any]</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>The number of the oldest that is kept; 1 while all are. [any]</summary>
    public long Oldest => Math.Max(1, Count - Kept + 1);

    /// <summary>The decision of that number; null when there is none, or it is kept no more. [any]</summary>
    public DecisionRecord? Find(long number)
    {
        if (number < 1) return null;
        var record = Volatile.Read(ref _records[number % Kept]);
        return record?.Number == number ? record : null;
    }

    /// <summary>The kept ones, oldest first. Allocates. [any]</summary>
    public IReadOnlyList<DecisionRecord> All()
    {
        var all = new List<DecisionRecord>(Kept);
        for (var number = Oldest; number <= Count; number++)
        {
            if (Find(number) is { } record) all.Add(record);
        }

        return all;
    }

    /// <inheritdoc/>
    public void Decided(ulong answer, int voice, Beats on, IChain chain, MelodicLine line, Candidates candidates, in Decision decision)
    {
        if (!_isOn) return;
        var council = (chain as CouncilChain)?.ToRecord();
        var law = new double[candidates.Count];
        chain.WriteLaw(law);
        var after = new Complex[line.Memory.Levels * line.Memory.Levels];
        for (var i = 0; i < after.Length; i++) after[i] = line.Memory[i / line.Memory.Levels, i % line.Memory.Levels];
        var record = new DecisionRecord
        {
            Number = _count + 1,
            Answer = answer,
            Voice = voice,
            On = on,
            Chain = chain.Kind,
            Words = chain.Words,
            Candidates = [.. candidates.Pitches],
            Favour = [.. candidates.Favour],
            Law = [.. law],
            Chosen = candidates.IndexOf(decision.Pitch),
            Redraws = decision.Redraws,
            Kept = decision.Kept,
            Consensus = double.IsNaN(decision.Consensus) ? null : decision.Consensus,
            KeptShare = chain.KeptShare,
            NoteQubits = chain.NoteQubits,
            Council = council,
            After = council is null ? [] : [.. after],
            Prepared = council is null ? chain.ToCircuit() : null,
        };
        Volatile.Write(ref _records[record.Number % Kept], record);
        Volatile.Write(ref _count, record.Number);
    }
}
