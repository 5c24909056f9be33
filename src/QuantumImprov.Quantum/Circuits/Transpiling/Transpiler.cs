using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>
/// Rewrites circuits in the gates and couplings of a device. The result equals the original up to a global phase and the places of the qubits. Gates on many qubits are taken apart, pairs become CZ, exchanges of the
/// original only rename qubits, what cancels is cancelled, stretches of two qubits alone do with three pairs at most, pairs are brought together by exchanges, and turns about z are kept as a frame and written as late as possible. Pure; allocates.
/// </summary>
public static class Transpiler
{
    /// <summary>Writes a circuit for a target.</summary>
    /// <param name="circuit">Any circuit that the target has room for.</param>
    /// <param name="target">The gates and couplings.</param>
    /// <exception cref="ArgumentException">The circuit has more qubits than the target.</exception>
    public static TranspiledCircuit Transpile(Circuit circuit, Target target)
    {
        if (circuit.Qubits > target.Qubits) throw new ArgumentException($"The circuit has {circuit.Qubits} qubits; the target has {target.Qubits}.", nameof(circuit));
        var (whole, wires) = Simplified(circuit, target);
        var strands = PairBlocks.Shortened(whole, circuit.Qubits).Strands.ToList();
        var plan = Router.Best([.. strands.Where(IsPair).Select(s => (s.Qubits[0], s.Qubits[1]))], circuit.Qubits, target);
        var writer = NativeWriter.For(target, circuit.Bits);
        foreach (var strand in Native(PairBlocks.Shortened(Routed(strands, plan, target), target.Qubits), target).Strands) writer.Write(strand);
        return new TranspiledCircuit(writer.Finish(), [.. plan.Start], [.. wires.Select(w => plan.End[w])], plan.Swaps.Count);
    }

    private static bool IsPair(Strand strand) => strand.Kind is StrandKind.Cz or StrandKind.Native;

    // Every exchange that always happens moves a name to another wire.
    private static (Weave Whole, int[] Wires) Simplified(Circuit circuit, Target target)
    {
        var keepsMs = target.Gates == NativeGates.GpiGpi2Ms;
        var lowered = Lowering.Lower(circuit, g => !g.IsUnitary || g.MostQubits == 1 || g.Name is "cx" or "cz" or "swap" || (keepsMs && g.Name == "ms"));
        var weave = new Weave(circuit.Qubits);
        var wires = Enumerable.Range(0, circuit.Qubits).ToArray();
        foreach (var operation in lowered.Operations)
        {
            var moved = operation.On(wires);
            var condition = operation.Condition;
            switch (operation.Gate.Name)
            {
                case "cx":
                    weave.AddCx(moved.Qubits[0], moved.Qubits[1], condition);
                    break;
                case "cz":
                    weave.AddCz(moved.Qubits[0], moved.Qubits[1], condition);
                    break;
                case "ms":
                    weave.AddNative(moved);
                    break;
                case "swap" when condition.Always:
                    var (a, b) = (operation.Qubits[0], operation.Qubits[1]);
                    (wires[a], wires[b]) = (wires[b], wires[a]);
                    break;
                case "swap":
                    weave.AddCx(moved.Qubits[0], moved.Qubits[1], condition);
                    weave.AddCx(moved.Qubits[1], moved.Qubits[0], condition);
                    weave.AddCx(moved.Qubits[0], moved.Qubits[1], condition);
                    break;
                default:
                    if (operation.Gate.IsUnitary) weave.AddTurn(moved.Qubits[0], Turn.Of(operation), condition);
                    else weave.AddOther(moved);
                    break;
            }
        }

        return (weave, wires);
    }

    private static Weave Routed(List<Strand> strands, Router.Plan plan, Target target)
    {
        var weave = new Weave(target.Qubits);
        var place = (int[])plan.Start.Clone();
        var (pair, swap) = (0, 0);
        foreach (var strand in strands)
        {
            if (IsPair(strand))
            {
                for (; swap < plan.Swaps.Count && plan.Swaps[swap].Before == pair; swap++)
                {
                    var (_, a, b) = plan.Swaps[swap];
                    weave.AddSwap(a, b);
                    Router.Exchange(place, a, b);
                }

                pair++;
            }

            switch (strand.Kind)
            {
                case StrandKind.Turn:
                    weave.AddTurn(place[strand.Qubits[0]], strand.Turn, strand.Condition);
                    break;
                case StrandKind.Cz:
                    weave.AddCz(place[strand.Qubits[0]], place[strand.Qubits[1]], strand.Condition);
                    break;
                case StrandKind.Native:
                    weave.AddNative(strand.Operation!.On(place));
                    break;
                default:
                    weave.AddOther(strand.Operation!.On(place));
                    break;
            }
        }

        return weave;
    }

    // CZ in the pair gate of the target, with the turns that make up the difference.
    private static Weave Native(Weave routed, Target target)
    {
        if (target.Gates is NativeGates.CzRzSxX or NativeGates.PrxCz) return routed;
        var weave = new Weave(target.Qubits);
        foreach (var strand in routed.Strands)
        {
            if (strand.Kind == StrandKind.Turn) weave.AddTurn(strand.Qubits[0], strand.Turn, strand.Condition);
            else if (strand.Kind == StrandKind.Native) weave.AddNative(strand.Operation!);
            else if (strand.Kind == StrandKind.Other) weave.AddOther(strand.Operation!);
            else if (target.Gates == NativeGates.EcrRzSxX) AddByEcr(weave, target.Directed(strand.Qubits[0], strand.Qubits[1]), strand.Condition);
            else AddByMs(weave, strand.Qubits[0], strand.Qubits[1], strand.Condition);
        }

        return weave;
    }

    // CX is RZ(-pi/2) on the control and half a flip back on the target, then ECR, then X on the control; CZ has H on the target before and after.
    private static void AddByEcr(Weave weave, (int Control, int Target) pair, Condition condition)
    {
        var (control, target) = pair;
        weave.AddTurn(control, Turn.Z(-Math.PI / 2), condition);
        weave.AddTurn(target, Turn.H.Then(Turn.Of("rx", -Math.PI / 2)), condition);
        weave.AddNative(new Operation(Gates.Named("ecr"), [control, target], condition: condition));
        weave.AddTurn(control, Turn.Of("x"), condition);
        weave.AddTurn(target, Turn.H, condition);
    }

    // exp(-i pi/4 Z Z) is H on both, a quarter turn of both together, H on both; RZ(-pi/2) on both makes it CZ.
    private static void AddByMs(Weave weave, int a, int b, Condition condition)
    {
        foreach (var q in (int[])[a, b]) weave.AddTurn(q, Turn.H, condition);
        weave.AddNative(new Operation(Gates.Named("ms"), [a, b], [0, 0, Math.PI / 2], condition: condition));
        foreach (var q in (int[])[a, b]) weave.AddTurn(q, Turn.H.Then(Turn.Z(-Math.PI / 2)), condition);
    }
}
