namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// What one pass over the state does, in this order: move amplitudes (X, CX, SWAP), turn their phases (everything diagonal), mix pairs (one RY a qubit). Every one-qubit gate is phase, RY, phase.
/// </summary>
internal sealed class Layer(int qubits)
{
    internal IndexMap Map { get; init; } = new(qubits);

    internal LinearAngle[] Phases { get; } = Forms(qubits);

    internal List<PhaseTerm> Terms { get; } = [];

    /// <summary>Half angles.</summary>
    internal LinearAngle[] Turns { get; } = Forms(qubits);

    internal int Phased { get; private set; }

    internal int Turned { get; private set; }

    internal bool OnlyPhases => Map.IsIdentity && Turned == 0;

    internal void Phase(int qubit, Share angle)
    {
        Phased |= 1 << qubit;
        Phases[qubit].Add(angle);
    }

    internal void Turn(int qubit, Share angle)
    {
        Turned |= 1 << qubit;
        Turns[qubit].Add(angle, .5);
    }

    /// <summary>The same layer with its qubits elsewhere.</summary>
    internal Layer On(int[] place)
    {
        var moved = new Layer(place.Length) { Map = Map.On(place), Phased = IndexMap.Moved(Phased, place), Turned = IndexMap.Moved(Turned, place) };
        for (var q = 0; q < place.Length; q++) (moved.Phases[place[q]], moved.Turns[place[q]]) = (Phases[q], Turns[q]);
        foreach (var term in Terms) moved.Terms.Add(term with { Mask = IndexMap.Moved(term.Mask, place), Value = IndexMap.Moved(term.Value, place) });
        return moved;
    }

    private static LinearAngle[] Forms(int count)
    {
        var forms = new LinearAngle[count];
        for (var i = 0; i < count; i++) forms[i] = new LinearAngle();
        return forms;
    }
}
