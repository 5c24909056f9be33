using CsCheck;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Circuits;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Quantum.Tests.States;

public sealed class ManyShotsTests
{
    [Fact]
    public void An_alias_table_follows_its_weights() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 70]).Sample(
            (seed, codes) =>
            {
                var random = new Xoshiro(seed);
                var (re, im) = (new double[codes], new double[codes]);
                for (var i = 0; i < codes; i++) (re[i], im[i]) = random.NextInt(3) == 0 ? (0, 0) : (Math.Pow(random.NextDouble(), 4), random.NextInt(2) * random.NextDouble());
                re[random.NextInt(codes)] = 1;
                var table = new AliasTable(codes);
                table.Build(re, im);
                var law = Enumerable.Range(0, codes).Select(i => (re[i] * re[i]) + (im[i] * im[i])).ToArray();
                var total = law.Sum();
                Assert.Equal(total, table.Total, 1e-12);
                var counts = new int[codes];
                for (var i = 0; i < 2000; i++) counts[table.Draw(random)]++;
                ChiSquare.AssertFollows([.. law.Select(p => p / total)], counts);
            },
            iter: 200);

    [Fact]
    public void Many_at_once_are_the_same_as_one_by_one()
    {
        var state = new StateVector(6);
        state.Run(new CompiledCircuit(RandomCircuits.Of(77, 6, 30)), new Xoshiro(1));
        var table = new AliasTable(64);
        state.WriteTo(table);
        var codes = new int[500];
        table.Draw(codes, new Xoshiro(4));
        var random = new Xoshiro(4);
        Assert.All(codes, code => Assert.Equal(code, table.Draw(random)));
    }

    [Fact]
    public void Nothing_but_zero_weights_draws_code_0()
    {
        var table = new AliasTable(5);
        table.Build(new double[5], new double[5]);
        Assert.Equal(0, table.Draw(new Xoshiro(1)));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 4)]
    [InlineData(3, 5)]
    public void A_step_and_its_circuit_have_one_law(int memory, int notes)
    {
        var random = new Xoshiro(12);
        var step = LayeredCircuit.Of(memory + notes, 2, random);
        var isometry = new StepIsometry(step, memory);
        var state = new StateVector(memory + notes);
        var law = new double[1 << notes];
        for (var i = 0; i < 30; i++)
        {
            // The memory as it is, beside notes at 0, through the gates one by one.
            var (re, im) = (new double[state.Codes], new double[state.Codes]);
            isometry.Real.CopyTo(re);
            isometry.Imaginary.CopyTo(im);
            state.Load(re, im);
            foreach (var operation in step.Operations) state.Apply(operation);
            isometry.WriteLaw(law);
            for (var x = 0; x < law.Length; x++) Assert.Equal(Mass(state, x, memory), law[x], 1e-12);

            var symbol = isometry.Step(random);
            var scale = 1 / Math.Sqrt(law[symbol]);
            for (var m = 0; m < 1 << memory; m++)
            {
                Assert.Equal(scale * state.Real[(symbol << memory) | m], isometry.Real[m], 1e-11);
                Assert.Equal(scale * state.Imaginary[(symbol << memory) | m], isometry.Imaginary[m], 1e-11);
            }
        }
    }

    [Fact]
    public void Steps_follow_the_law_of_the_whole_circuit_and_allocate_nothing()
    {
        var one = LayeredCircuit.Of(4, 2, new Xoshiro(2));
        var two = new CircuitBuilder(4, 4).Append(one).Measure(2, 0).Measure(3, 1).Reset(2).Reset(3).Append(one).Measure(2, 2).Measure(3, 3).Build();
        var exact = DenseReference.Law(two);
        var isometry = new StepIsometry(one, 2);
        var random = new Xoshiro(6);
        var counts = new int[16];
        isometry.Step(random);
        Assert.Equal(0, Allocated.By(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                isometry.Clear();
                var first = isometry.Step(random);
                counts[first | (isometry.Step(random) << 2)]++;
            }
        }));
        ChiSquare.AssertFollows([.. Enumerable.Range(0, 16).Select(i => exact.GetValueOrDefault((ulong)i))], counts);
    }

    [Fact]
    public void What_was_heard_moves_the_memory_like_what_was_read()
    {
        var step = LayeredCircuit.Of(5, 2, new Xoshiro(2));
        var (played, heard) = (new StepIsometry(step, 2), new StepIsometry(step, 2));
        var random = new Xoshiro(6);
        var law = new double[8];
        for (var i = 0; i < 50; i++)
        {
            played.WriteLaw(law);
            var symbol = played.Step(random);
            Assert.Equal(law[symbol], heard.Hear(symbol), 1e-12);
            Assert.Equal(played.Real.ToArray(), heard.Real.ToArray());
        }

        Assert.Contains("0 to 7", Assert.Throws<ArgumentOutOfRangeException>(() => heard.Hear(8)).Message);
    }

    [Fact]
    public void A_step_that_measures_or_has_too_much_memory_is_refused()
    {
        Assert.Contains("read only at its end", Assert.Throws<ArgumentException>(() => new StepIsometry(new CircuitBuilder(2, 1).Measure(0, 0).Build(), 1)).Message);
        Assert.Contains("0 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => new StepIsometry(new CircuitBuilder(6).H(0).Build(), 4)).Message);
        Assert.Contains("1 to 10", Assert.Throws<ArgumentException>(() => new StepIsometry(new CircuitBuilder(2).H(0).Build(), 2)).Message);
    }

    private static double Mass(StateVector state, int symbol, int memory)
    {
        double sum = 0;
        for (var m = 0; m < 1 << memory; m++)
        {
            var i = (symbol << memory) | m;
            sum += (state.Real[i] * state.Real[i]) + (state.Imaginary[i] * state.Imaginary[i]);
        }

        return sum;
    }
}
