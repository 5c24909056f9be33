using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// Turns a circuit into sweeps, general steps and readings: gates go into layers, layers onto places in which few moves cross blocks, and the first layer on qubits that are all 0 is prepared directly.
/// </summary>
internal sealed class CircuitPlanner
{
    private readonly Circuit _circuit;
    private readonly List<object> _parts = [];
    private LayerList _open;

    private CircuitPlanner(Circuit circuit)
    {
        _circuit = circuit;
        _open = new LayerList(circuit.Qubits);
    }

    internal static PlanShape Plan(Circuit circuit)
    {
        var planner = new CircuitPlanner(circuit);
        var (operations, steps) = planner.Read();
        return planner.Build(operations, steps);
    }

    /// <summary>Where each operation's first angle stands; -1 for none.</summary>
    internal static int[] FirstAngles(Circuit circuit)
    {
        var first = new int[circuit.Operations.Length];
        var count = 0;
        for (var i = 0; i < first.Length; i++)
        {
            first[i] = GateReading.HasAngles(circuit.Operations[i].Gate) ? count : -1;
            if (first[i] >= 0) count += circuit.Operations[i].Parameters.Length;
        }

        return first;
    }

    private (List<double> Angles, List<Step> Steps) Read()
    {
        var angles = new List<double>();
        var steps = new List<Step>();
        foreach (var operation in _circuit.Operations)
        {
            var first = angles.Count;
            if (GateReading.HasAngles(operation.Gate)) angles.AddRange(operation.Parameters);
            if (!operation.Gate.IsUnitary && operation.Gate.Shape != GateShape.Barrier)
            {
                Close();
                if (_parts.LastOrDefault() is Reading reading && reading.TryAdd(operation)) continue;
                reading = new Reading { Condition = operation.Condition };
                reading.TryAdd(operation);
                _parts.Add(reading);
            }
            else if (!GateReading.TryPlace(operation, first, _open))
            {
                Close();
                var from = steps.Count;
                StepCompiler.Compile(operation, steps, first);
                for (var i = from; i < steps.Count; i++) _parts.Add(i);
            }
        }

        Close();
        return (angles, steps);
    }

    private void Close()
    {
        if (_open.IsEmpty) return;
        _open.Close();
        _parts.Add(_open);
        _open = new LayerList(_circuit.Qubits);
    }

    private PlanShape Build(List<double> angles, List<Step> steps)
    {
        var place = QubitPlaces.Choose(_circuit.Qubits, _parts);
        var items = new List<PlanItem>();
        var zero = -1; // Every qubit is 0 at the start.
        foreach (var part in _parts)
        {
            switch (part)
            {
                case LayerList layers:
                    AddSweeps(layers, place, (zero >>> 3 & ((1 << Math.Max(0, _circuit.Qubits - 3)) - 1)) == (1 << Math.Max(0, _circuit.Qubits - 3)) - 1, items);
                    zero = 0;
                    break;
                case int step:
                    items.Add(PlanItem.Of(step));
                    zero = 0;
                    break;
                case Reading reading:
                    var moved = reading.On(place);
                    Defer(moved, items);
                    items.Add(PlanItem.Of(moved));
                    zero = moved.Condition.Always ? zero | moved.Cleared : 0;
                    break;
            }
        }

        for (var i = 0; i + 1 < items.Count; i++)
        {
            if (items[i].Reading is { Condition.Always: true } reading && items[i + 1].Sweep is { Seeds: true }) reading.LeavesRest = true;
        }

        return new PlanShape(_circuit, place, [.. items], [.. steps.Select(s => s.On(place))], [.. angles]);
    }

    private void AddSweeps(LayerList list, int[] place, bool highZero, List<PlanItem> items)
    {
        var layers = list.Layers.Select(l => l.On(place)).ToList();
        if (layers.Count > 0 && layers[0].Map.IsIdentity && layers[0].Turned == 0 && layers[0].Phased == 0 && layers[0].Terms.Count == 0) layers.RemoveAt(0);
        var sweeps = new List<Sweep>();
        foreach (var layer in layers)
        {
            var seeds = sweeps.Count == 0 && highZero && layer.Map.IsIdentity && layer.Phased == 0 && layer.Terms.Count == 0;
            sweeps.Add(new Sweep(layer, _circuit.Qubits) { Seeds = seeds });
        }

        var global = list.Global.Terms.Count > 0 || list.Global.Constant != 0;
        if (global && (sweeps.Count == 0 || (sweeps.Count == 1 && sweeps[0].Seeds))) sweeps.Add(new Sweep(new Layer(_circuit.Qubits), _circuit.Qubits));
        for (var i = 0; i + 1 < sweeps.Count; i++)
        {
            if (sweeps[i].Layer.Turned == 0) continue;
            sweeps[i].ByTangents = true;
            sweeps[i + 1].Heir = sweeps[i];
        }

        if (global)
        {
            var taker = sweeps.Last(s => !s.Seeds);
            taker.TakesGlobal = true;
            taker.Global = list.Global;
        }

        items.AddRange(sweeps.Select(PlanItem.Of));
    }

    // Phases before a reading of whole blocks can wait until one block is left.
    private static void Defer(Reading reading, List<PlanItem> items)
    {
        if (items.Count == 0 || items[^1].Sweep is not { Layer.OnlyPhases: true, Seeds: false } last || (reading.Mask & 7) != 0 || !reading.Condition.Always) return;
        if (last.Heir is { } before)
        {
            before.ByTangents = false;
            last.Heir = null;
        }

        reading.Deferred = last;
        items.RemoveAt(items.Count - 1);
    }
}
