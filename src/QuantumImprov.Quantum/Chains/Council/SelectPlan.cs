using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>What SELECT does besides loading notes, copied when a step is prepared so that the circuit can still be written down after the caller's arrays have changed.</summary>
internal sealed class SelectPlan
{
    private readonly double[] _phases, _candidatePhases;
    private readonly Complex[] _operators;
    private int _members, _candidates;

    internal SelectPlan(int maxMembers, int maxCandidates, int maxMemoryQubits)
    {
        _phases = new double[maxMembers];
        _candidatePhases = new double[maxMembers * maxCandidates];
        _operators = new Complex[maxMembers << (2 * maxMemoryQubits)];
    }

    /// <summary>Qubits of the memory.</summary>
    internal int MemoryQubits { get; private set; }

    /// <summary>Whether candidates have phases of their own.</summary>
    internal bool TurnsCandidates { get; private set; }

    internal void Take(in CouncilTerms terms)
    {
        (_members, _candidates) = (terms.Members, terms.Candidates);
        for (var k = 0; k < _members; k++) _phases[k] = (terms.Weights[k] < 0 ? Math.PI : 0) + (terms.Phases.IsEmpty ? 0 : terms.Phases[k]);
        TurnsCandidates = !terms.CandidatePhases.IsEmpty;
        terms.CandidatePhases.CopyTo(_candidatePhases);
        MemoryQubits = terms.MemoryQubits;
        if (terms.Operators is not { } operators) return;
        for (var k = 0; k < _members; k++) operators.Given(k).CopyTo(_operators.AsSpan(k * operators.Size, operators.Size));

        // Without a memory the operators are factors whose size has gone into the weights.
        for (var k = 0; k < _members && MemoryQubits == 0; k++) _phases[k] += _operators[k].Phase;
    }

    /// <summary>The phase of a member, its sign included.</summary>
    internal double Phase(int member) => member < _members ? _phases[member] : 0;

    /// <summary>The phase of a member for one candidate.</summary>
    internal double Phase(int member, int candidate) =>
        Phase(member) + (TurnsCandidates && member < _members && candidate < _candidates ? _candidatePhases[(member * _candidates) + candidate] : 0);

    /// <summary>The memory operators as they were.</summary>
    internal MemoryOperators Operators()
    {
        var operators = new MemoryOperators(_members, MemoryQubits);
        for (var k = 0; k < _members; k++) operators.Set(k, _operators.AsSpan(k * operators.Size, operators.Size));
        return operators;
    }
}
