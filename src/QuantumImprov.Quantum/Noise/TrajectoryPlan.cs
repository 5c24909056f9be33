using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Quantum.Noise;

/// <summary>
/// A circuit made ready for noisy runs: every operator worked out once, what comes before chance told apart, and the readings at the end drawn together. Immutable; may be shared between threads.
/// </summary>
internal sealed class TrajectoryPlan
{
    private readonly Step[] _steps;
    private readonly Step[] _readings;
    private readonly int _certain;

    internal TrajectoryPlan(Circuit circuit, NoiseProfile profile)
    {
        var steps = new List<Step>();
        foreach (var (operation, after) in NoisyCircuit.Of(circuit, profile))
        {
            steps.Add(new Step(operation, profile.ReadoutOf(operation.Qubits[0])));
            foreach (var strike in after) steps.Add(new Step(strike, operation.Condition));
        }

        var end = steps.Count;
        while (end > 0 && steps[end - 1].Shape == GateShape.Measurement && steps[end - 1].Condition.Always) end--;
        (_steps, _readings) = ([.. steps.Take(end)], [.. steps.Skip(end)]);
        var certain = Array.FindIndex(_steps, s => !s.IsCertain);
        _certain = certain < 0 ? end : certain;
    }

    /// <summary>True when every shot reads the same state.</summary>
    internal bool OneState => _certain == _steps.Length;

    /// <summary>Clears the state and runs what comes before the first thing left to chance.</summary>
    internal void RunCertain(StateVector state)
    {
        state.Clear();
        for (var i = 0; i < _certain; i++) state.ApplyOperator(_steps[i].Qubits, _steps[i].Matrix);
    }

    /// <summary>Goes on from there to the readings at the end, once. Nothing is allocated.</summary>
    internal ulong RunRest(StateVector state, Xoshiro random)
    {
        ulong bits = 0;
        for (var i = _certain; i < _steps.Length; i++)
        {
            var step = _steps[i];
            if (!step.Condition.Holds(bits)) continue;
            if (step.Channel is { } channel) Strike(state, channel, step.Qubits, random);
            else if (step.Shape == GateShape.Measurement) bits = step.Read(state.Measure(step.Qubits[0], random), bits, random);
            else if (step.Shape == GateShape.Reset) state.Reset(step.Qubits[0], random);
            else state.ApplyOperator(step.Qubits, step.Matrix);
        }

        return bits;
    }

    /// <summary>What the readings at the end make of a code of all qubits. Nothing is allocated.</summary>
    internal ulong ReadEnd(int code, ulong bits, Xoshiro random)
    {
        foreach (var step in _readings) bits = step.Read((code >> step.Qubits[0] & 1) != 0, bits, random);
        return bits;
    }

    // One operator of the channel, each with its own chance, and the state scaled back to length 1.
    private static void Strike(StateVector state, KrausChannel channel, int[] qubits, Xoshiro random)
    {
        if (channel.Weights.Length > 0)
        {
            var k = Choose(channel.Weights.AsSpan(), random);
            if (k > 0 || !channel.BeginsWithIdentity) state.ApplyOperator(qubits, channel.Entries[k], 1 / Math.Sqrt(channel.Weights[k]));
            return;
        }

        Span<double> chances = stackalloc double[KrausChannel.MostOperators];
        chances = chances[..channel.Count];
        WriteChances(state, channel, qubits, chances);
        var chosen = Choose(chances, random);
        state.ApplyOperator(qubits, channel.Entries[chosen], 1 / Math.Sqrt(chances[chosen]));
    }

    // Where only the populations decide, as in decay, they are all that is asked for.
    private static void WriteChances(StateVector state, KrausChannel channel, int[] qubits, Span<double> chances)
    {
        Span<double> density = stackalloc double[32];
        if (channel.AsksPopulations) state.WritePopulations(qubits, density[..channel.Size]);
        else state.WriteReduced(qubits, density[..(2 * channel.Size * channel.Size)]);
        for (var k = 0; k < chances.Length; k++)
        {
            double chance = 0;
            if (channel.AsksPopulations)
            {
                for (var i = 0; i < channel.Size; i++) chance += channel.Effects[k][2 * ((i * channel.Size) + i)] * density[i];
            }
            else
            {
                chance = Expectation(channel.Effects[k], density, channel.Size);
            }

            chances[k] = Math.Max(0, chance);
        }
    }

    private static int Choose(ReadOnlySpan<double> chances, Xoshiro random)
    {
        double total = 0;
        foreach (var p in chances) total += p;
        var at = random.NextDouble() * total;
        var last = 0;
        for (var k = 0; k < chances.Length; k++)
        {
            if (chances[k] == 0) continue;
            last = k;
            at -= chances[k];
            if (at < 0) break;
        }

        return last;
    }

    // tr(E rho); the imaginary parts of two Hermitian matrices cancel.
    private static double Expectation(double[] effect, ReadOnlySpan<double> density, int size)
    {
        double sum = 0;
        for (var r = 0; r < size; r++)
        {
            for (var c = 0; c < size; c++)
            {
                var (e, d) = (2 * ((r * size) + c), 2 * ((c * size) + r));
                sum += (effect[e] * density[d]) - (effect[e + 1] * density[d + 1]);
            }
        }

        return sum;
    }

    private sealed class Step
    {
        private readonly ReadoutError _readout;
        private readonly int _bit = -1;

        internal Step(Operation operation, ReadoutError readout)
        {
            (Shape, Condition, Qubits, _bit, _readout) = (operation.Gate.Shape, operation.Condition, [.. operation.Qubits], operation.Bit, readout);
            Matrix = operation.Gate.IsUnitary ? [.. Gates.Entries(operation.Matrix())] : [];
        }

        internal Step(NoisyCircuit.Strike strike, Condition condition) =>
            (Channel, Condition, Qubits, Matrix, Shape) = (strike.Channel, condition, strike.Qubits, [], GateShape.Unitary);

        internal GateShape Shape { get; }

        internal Condition Condition { get; }

        internal int[] Qubits { get; }

        internal double[] Matrix { get; }

        internal KrausChannel? Channel { get; }

        internal bool IsCertain => Channel is null && Matrix.Length > 0 && Condition.Always;

        /// <summary>Writes a reading down, rightly or wrongly.</summary>
        internal ulong Read(bool value, ulong bits, Xoshiro random)
        {
            var wrong = _readout.Of(value);
            if (wrong > 0 && random.NextDouble() < wrong) value = !value;
            return value ? bits | (1UL << _bit) : bits & ~(1UL << _bit);
        }
    }
}
