using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>Qubits read together, and which of them are put to 0 afterwards.</summary>
internal sealed class Reading
{
    /// <summary>The qubit and the classical bit of each measurement.</summary>
    internal List<(int Qubit, int Bit)> Bits { get; init; } = [];

    internal int Mask { get; set; }

    internal int Cleared { get; set; }

    internal Condition Condition { get; init; }

    /// <summary>Phases that stand before the reading; they commute with it and cost less after it.</summary>
    internal Sweep? Deferred { get; set; }

    /// <summary>True when what follows reads only the first block, so that the rest need not be emptied.</summary>
    internal bool LeavesRest { get; set; }

    /// <summary>Takes the operation in when it can happen at the same moment.</summary>
    internal bool TryAdd(Operation operation)
    {
        if (operation.Condition != Condition || (Mask != 0 && !Condition.Always)) return false;
        var qubit = 1 << operation.Qubits[0];
        if (operation.Gate.Shape == GateShape.Measurement)
        {
            if ((Mask & qubit) != 0) return false;
            Bits.Add((operation.Qubits[0], operation.Bit));
        }
        else
        {
            Cleared |= qubit;
        }

        Mask |= qubit;
        return true;
    }

    internal Reading On(int[] place) => new()
    {
        Bits = [.. Bits.Select(b => (place[b.Qubit], b.Bit))], Mask = IndexMap.Moved(Mask, place), Cleared = IndexMap.Moved(Cleared, place), Condition = Condition,
    };
}
