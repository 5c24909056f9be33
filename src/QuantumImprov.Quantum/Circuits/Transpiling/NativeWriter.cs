using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>
/// Writes turns and pairs in the gates of a device. A turn about z that is not written yet is the qubit's frame: what the device holds, turned by it, is what the circuit means.
/// </summary>
internal abstract class NativeWriter(int qubits, int bits)
{
    private const double Nothing = 1e-11;

    private readonly ImmutableArray<Operation>.Builder _operations = ImmutableArray.CreateBuilder<Operation>();
    private readonly double[] _frames = new double[qubits];

    internal static NativeWriter For(Target target, int bits) => target.Gates switch
    {
        NativeGates.PrxCz => new PrxWriter(target.Qubits, bits),
        NativeGates.GpiGpi2Ms => new IonWriter(target.Qubits, bits),
        _ => new RzSxWriter(target.Qubits, bits),
    };

    internal void Write(Strand strand)
    {
        var q = strand.Qubits[0];
        switch (strand.Kind)
        {
            case StrandKind.Turn when strand.Condition.Always:
                var (theta, phi, lambda) = strand.Turn.Angles();
                _frames[q] = theta == 0 ? _frames[q] + phi : WriteTurn(q, theta, phi, lambda + _frames[q]);
                break;
            case StrandKind.Turn:
                // Between the frame and its undoing, so that the frame stays whether or not the turn happens.
                var framed = Turn.Z(_frames[q]).Then(strand.Turn).Then(Turn.Z(-_frames[q]));
                if (!framed.IsIdentity) WriteWhole(q, framed, strand.Condition);
                break;
            case StrandKind.Cz:
                Add(new Operation(Gates.Named("cz"), [.. strand.Qubits], condition: strand.Condition));
                break;
            case StrandKind.Native:
                WritePair(strand.Operation!);
                break;
            default:
                Add(strand.Operation!);

                // What is read or reset for certain has no phase left that a frame could turn.
                if (!strand.Operation!.Gate.IsUnitary && strand.Operation.Gate.Shape != GateShape.Barrier && strand.Condition.Always) _frames[q] = 0;
                break;
        }
    }

    internal Circuit Finish()
    {
        for (var q = 0; q < qubits; q++) Settle(q);
        return new Circuit(qubits, bits, _operations.ToImmutable());
    }

    /// <summary>Writes RZ(lambda), RY(theta), RZ(phi), theta above 0, but for a last turn about z, which is returned.</summary>
    protected abstract double WriteTurn(int qubit, double theta, double phi, double lambda);

    /// <summary>Writes the whole turn under a condition, without leaving a frame.</summary>
    protected abstract void WriteWhole(int qubit, Turn turn, Condition condition);

    /// <summary>Writes a device's own pair gate.</summary>
    protected abstract void WritePair(Operation pair);

    protected ref double Frame(int qubit) => ref _frames[qubit];

    protected void Settle(int qubit)
    {
        var left = Turn.Z(_frames[qubit]);
        _frames[qubit] = 0;
        if (!left.IsIdentity) WriteWhole(qubit, left, default);
    }

    protected void Add(Operation operation) => _operations.Add(operation);

    protected void Add(string gate, int qubit, Condition condition, params ReadOnlySpan<double> angles)
    {
        var reduced = ImmutableArray.CreateBuilder<double>(angles.Length);
        foreach (var angle in angles) reduced.Add(Reduced(angle));
        Add(new Operation(Gates.Named(gate), [qubit], reduced.ToImmutable(), condition: condition));
    }

    protected static bool Is(double angle, double wanted) => Math.Abs(Math.IEEERemainder(angle - wanted, 2 * Math.PI)) < Nothing;

    /// <summary>Above -pi and up to pi; what is a simple fraction of pi but for rounding becomes it.</summary>
    protected static double Reduced(double angle)
    {
        angle = Math.IEEERemainder(angle, 2 * Math.PI);
        var sixteenths = Math.Round(angle * 16 / Math.PI);
        if (Math.Abs(angle - (sixteenths * Math.PI / 16)) < Nothing) angle = sixteenths * Math.PI / 16;
        return angle <= -Math.PI ? Math.PI : angle;
    }
}
