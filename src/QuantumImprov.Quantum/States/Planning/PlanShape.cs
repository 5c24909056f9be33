using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>Everything about a plan that does not depend on angles, and where its numbers lie. Immutable; may be shared.</summary>
internal sealed class PlanShape
{
    internal PlanShape(Circuit circuit, int[] place, PlanItem[] items, Step[] steps, double[] angles)
    {
        (Circuit, Place, Items, Steps, Angles) = (circuit, place, items, steps, angles);
        Sweeps = [.. items.SelectMany(i => new[] { i.Sweep, i.Reading?.Deferred }).OfType<Sweep>()];
        Sampled = items.Length;
        while (Sampled > 0 && items[Sampled - 1].Sweep is { Seeds: false, Layer.Turned: 0 }) Sampled--;
        SweepsSampled = Sweeps.Length - (items.Length - Sampled);
        Padded = Math.Max(3, circuit.Qubits);
        var at = 0;
        foreach (var sweep in Sweeps.Where(s => s.ByTangents)) at = Turns(sweep, at);
        TangentEnd = at = (at + 7) & ~7;
        for (var i = 0; i < SweepsSampled; i++) at = PlaceAngles(Sweeps[i], at);
        StepSlots = new int[steps.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            StepSlots[i] = at;
            if (steps[i].FirstAngle < 0) continue;
            foreach (var form in AngleSteps.Forms(steps[i])) Slot(at++, form);
        }

        SlotsSampled = at = (at + 7) & ~7;
        for (var i = SweepsSampled; i < Sweeps.Length; i++) at = PlaceAngles(Sweeps[i], at);
        foreach (var sweep in Sweeps.Where(s => s.TakesGlobal))
        {
            sweep.GlobalAt = at;
            Slot(at++, sweep.Global!);
        }

        Slots = (at + 7) & ~7;
        var numbers = 0;
        for (var i = 0; i < Sweeps.Length; i++)
        {
            var sweep = Sweeps[i];
            sweep.Number = i;
            (sweep.TableNumbers, numbers) = (numbers, numbers + (16 * sweep.Classes));
            (sweep.BlockNumbers, numbers) = (numbers, numbers + (2 * Math.Max(8, sweep.Blocks)));
        }

        Numbers = numbers;
        var identity = true;
        for (var q = 0; q < place.Length; q++) identity &= place[q] == q;
        if (!identity) Restore = new Sweep(new Layer(circuit.Qubits) { Map = IndexMap.Restoring(place) }, circuit.Qubits);
        Chance = Array.FindIndex(items, i => i.Reading is not null || (i.Step >= 0 && !steps[i.Step].Condition.Always));
        if (Chance < 0) Chance = items.Length;
    }

    internal Circuit Circuit { get; }

    /// <summary>Where each qubit stands.</summary>
    internal int[] Place { get; }

    internal PlanItem[] Items { get; }

    internal Sweep[] Sweeps { get; }

    internal Step[] Steps { get; }

    /// <summary>The circuit's own angles.</summary>
    internal double[] Angles { get; }

    /// <summary>Brings the qubits home; null when they are.</summary>
    internal Sweep? Restore { get; }

    /// <summary>How many items matter to a reading of all qubits.</summary>
    internal int Sampled { get; }

    /// <summary>How many items come before chance or a condition enters.</summary>
    internal int Chance { get; }

    /// <summary>Angles a layer has; there are always three lanes.</summary>
    internal int Padded { get; }

    internal int Slots { get; }

    internal int TangentEnd { get; }

    /// <summary>How many slots a reading of all qubits needs; the phase that all amplitudes share is not among them.</summary>
    internal int SlotsSampled { get; }

    /// <summary>For each step where its slots begin.</summary>
    internal int[] StepSlots { get; }

    internal int Numbers { get; }

    /// <summary>The angles of all slots as linear forms: constants, then slot += share x angle.</summary>
    internal List<(int Slot, double Value)> Constants { get; } = [];

    internal List<(int Slot, int Parameter, double Share)> Entries { get; } = [];

    /// <summary>How many sweeps a reading of all qubits needs; the numbers of the others are only worked out for a whole run.</summary>
    internal int SweepsSampled { get; }

    private int Turns(Sweep sweep, int at)
    {
        sweep.TurnAt = at;
        for (var q = 0; q < Circuit.Qubits; q++) Slot(at + q, sweep.Layer.Turns[q]);
        return at + Padded;
    }

    private int PlaceAngles(Sweep sweep, int at)
    {
        if (!sweep.ByTangents && sweep.Layer.Turned != 0) at = Turns(sweep, at);
        if (sweep.Layer.Phased != 0)
        {
            (sweep.PhaseAt, at) = (at, at + Padded);
            for (var q = 0; q < Circuit.Qubits; q++) Slot(sweep.PhaseAt + q, sweep.Layer.Phases[q]);
        }

        sweep.TermAt = at;
        foreach (var term in sweep.FreeTerms) Entries.Add((at++, term.Angle.Parameter, term.Angle.Factor));

        return at;
    }

    private void Slot(int at, LinearAngle form)
    {
        if (form.Constant != 0) Constants.Add((at, form.Constant));
        foreach (var (parameter, share) in form.Terms) Entries.Add((at, parameter, share));
    }
}
