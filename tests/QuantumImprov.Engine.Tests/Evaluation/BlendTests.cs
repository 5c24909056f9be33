using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Evaluation.Blends;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Evaluation;

public class BlendTests
{
    private const int Members = 5, Candidates = 7, Classes = 3;

    public static TheoryData<string> All => ["mixture", "mixture-tempered", "loglinear", "power", "power-accord", "council-0", "council-2", "council-4", "dephased", "classical", "rotated", "signs", "back", "phases"];

    [Theory]
    [MemberData(nameof(All))]
    public void A_step_makes_what_was_heard_likelier_and_laws_stay_laws(string kind)
    {
        var (blend, laws, random) = (Make(kind), new MemberLaws(Members, Candidates), new Xoshiro(4));
        var law = new double[Candidates];
        for (var i = 0; i < 300; i++)
        {
            Fill(laws, random);
            var played = random.NextInt(Candidates);
            blend.WriteLaw(laws, law);
            Assert.Equal(1, law.Sum(), 1e-9);
            if (i % 40 == 0) blend.Restart();
            blend.WriteLaw(laws, law);
            Assert.Equal(-Math.Log2(law[played]), blend.Hear(laws, played, .02), 1e-9);
        }

        // The same note in the same place again and again, from the same memory.
        Fill(laws, random);
        blend.Restart();
        var before = blend.Hear(laws, 3, .02);
        for (var i = 0; i < 50; i++)
        {
            blend.Restart();
            blend.Hear(laws, 3, .02);
        }

        blend.Restart();
        Assert.True(blend.Hear(laws, 3, 0) < before - .01);
    }

    // The law from its definition, with plain complex-free matrices, along a melody; and what the dephased twin is: a classical chain with the squares of the steps.
    [Theory]
    [InlineData(2, MemoryForm.Kept)]
    [InlineData(4, MemoryForm.Kept)]
    [InlineData(4, MemoryForm.Dephased)]
    public void The_memory_moves_as_its_definition_says(int levels, MemoryForm form)
    {
        var (blend, laws, random) = (new MemoryBlend(Members, Classes, levels, form, "m"), new MemberLaws(Members, Candidates), new Xoshiro(6));
        var steps = Steps(levels);
        var rho = new double[levels, levels];
        for (var i = 0; i < levels; i++)
        {
            for (var j = 0; j < levels; j++) rho[i, j] = form == MemoryForm.Kept || i == j ? 1.0 / levels : 0;
        }

        for (var note = 0; note < 12; note++)
        {
            Fill(laws, random);
            var moved = Enumerable.Range(0, Candidates).Select(x => Moved(rho, M(steps, laws, x, levels), levels)).ToArray();
            var weights = moved.Select(m => Enumerable.Range(0, levels).Sum(i => m[i, i])).ToArray();
            var played = random.NextInt(Candidates);
            var expected = .997 * weights[played] / weights.Sum() + .003 / Candidates;
            Assert.Equal(-Math.Log2(expected), blend.Hear(laws, played, 0), 1e-9);
            for (var i = 0; i < levels; i++)
            {
                for (var j = 0; j < levels; j++) rho[i, j] = i != j && form == MemoryForm.Dephased ? 0 : .98 * moved[played][i, j] / weights[played] + (i == j ? .02 / levels : 0);
            }
        }
    }

    private static double[,] M(double[] steps, MemberLaws laws, int x, int d)
    {
        var m = new double[d, d];
        for (var k = 0; k < Members; k++)
        {
            for (var i = 0; i < d * d; i++) m[i / d, i % d] += Math.Sqrt(laws.Laws[k * Candidates + x]) / Members * steps[k * d * d + i];
        }

        return m;
    }

    private static double[,] Moved(double[,] rho, double[,] m, int d)
    {
        var moved = new double[d, d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                for (var a = 0; a < d; a++)
                {
                    for (var b = 0; b < d; b++) moved[i, j] += m[i, a] * rho[a, b] * m[j, b];
                }
            }
        }

        return moved;
    }

    // As the constructor draws them from its seed 7: the identity and up to a quarter.
    private static double[] Steps(int d)
    {
        var random = new Xoshiro(7);
        return [.. Enumerable.Range(0, Members * d * d).Select(i => (i % (d * d) / d == i % d ? 1 : 0) + .25 * (2 * random.NextDouble() - 1))];
    }

    [Fact]
    public void Phases_begin_near_the_council_without_memory_and_not_on_it()
    {
        var (phased, plain, laws, random) = (new PhasedBlend(Members, Classes, 3), new PowerBlend(Members, Classes, PowerForm.Council, "council-0"), new MemberLaws(Members, Candidates), new Xoshiro(4));
        double[] one = new double[Candidates], other = new double[Candidates];
        Fill(laws, random);
        phased.WriteLaw(laws, one);
        plain.WriteLaw(laws, other);
        // Small phases to begin with: near the plain law, and not on it, since there nothing would pull at them.
        var apart = one.Zip(other).Sum(p => Math.Abs(p.First - p.Second)) / 2;
        Assert.InRange(apart, 1e-5, .05);
    }

    [Fact]
    public void A_rotated_memory_stays_rotated_however_much_is_learned()
    {
        var (amplitudes, laws, random) = (new Amplitudes(Members, Classes, 4, MemoryForm.Rotated), new MemberLaws(Members, Candidates), new Xoshiro(4));
        double[] rho = new double[16], move = new double[16];
        amplitudes.Start(rho);
        for (var i = 0; i < 200; i++)
        {
            Fill(laws, random);
            amplitudes.Learn(laws, random.NextInt(Candidates), .02, rho, move);
            amplitudes.Move(rho, move);
        }

        for (var k = 0; k < Members; k++)
        {
            for (var r = 0; r < 4; r++)
            {
                for (var c = 0; c < 4; c++)
                {
                    var product = 0.0;
                    for (var l = 0; l < 4; l++) product += amplitudes.Steps[16 * k + 4 * r + l] * amplitudes.Steps[16 * k + 4 * c + l];
                    Assert.Equal(r == c ? 1 : 0, product, 1e-12);
                }
            }
        }
    }

    // Two members, the first right and the second wrong: m is .9 of what each gave, of length 1, and .1 / sqrt 2 for each, to mean square 1.
    [Fact]
    public void Back_action_weighs_members_by_what_they_gave_to_what_came()
    {
        var (back, plain, laws) = (new PowerBlend(2, 1, PowerForm.BackAction, "b"), new PowerBlend(2, 1, PowerForm.Council, "c"), new MemberLaws(2, 2));
        double[] law = new double[2], still = new double[2];
        new[] { .9, .1, .2, .8 }.CopyTo(laws.Laws);
        laws.Complete();
        back.Restart();
        back.Hear(laws, 0, 0);
        back.WriteLaw(laws, law);
        plain.WriteLaw(laws, still);
        var length = Math.Sqrt(.9 + .2);
        double[] m = [.9 * Math.Sqrt(.9) / length + .1 / Math.Sqrt(2), .9 * Math.Sqrt(.2) / length + .1 / Math.Sqrt(2)];
        double Amplitude(double a, double b) => Math.Pow(m[0] * Math.Sqrt(a) + m[1] * Math.Sqrt(b), 2);
        var (first, second) = (Amplitude(.9, .2), Amplitude(.1, .8));
        Assert.Equal(.997 * first / (first + second) + .0015, law[0], 1e-12);
        Assert.True(law[0] > still[0]);
    }

    private static IBlend Make(string kind) => kind switch
    {
        "mixture" => new MixtureBlend(Members, Classes, tempered: false),
        "mixture-tempered" => new MixtureBlend(Members, Classes, tempered: true),
        "loglinear" => new LogLinearBlend(Members, Classes),
        "power" => new PowerBlend(Members, Classes, PowerForm.Pool, kind),
        "power-accord" => new PowerBlend(Members, Classes, PowerForm.AccordPool, kind),
        "council-0" => new PowerBlend(Members, Classes, PowerForm.Council, kind),
        "signs" => new PowerBlend(Members, Classes, PowerForm.Signed, kind),
        "back" => new PowerBlend(Members, Classes, PowerForm.BackAction, kind),
        "phases" => new PhasedBlend(Members, Classes, 3),
        "rotated" => new MemoryBlend(Members, Classes, 4, MemoryForm.Rotated, kind),
        "council-2" => new MemoryBlend(Members, Classes, 2, MemoryForm.Kept, kind),
        "council-4" => new MemoryBlend(Members, Classes, 4, MemoryForm.Kept, kind),
        "dephased" => new MemoryBlend(Members, Classes, 4, MemoryForm.Dephased, kind),
        _ => new MemoryBlend(Members, Classes, 4, MemoryForm.Classical, kind),
    };

    private static void Fill(MemberLaws laws, Xoshiro random)
    {
        for (var k = 0; k < Members; k++)
        {
            var row = laws.Laws.Slice(k * Candidates, Candidates);
            var sum = 0.0;
            for (var x = 0; x < Candidates; x++) sum += row[x] = .01 + Math.Pow(random.NextDouble(), 4);
            for (var x = 0; x < Candidates; x++) row[x] /= sum;
            laws.Confidence[k] = random.NextInt(Classes);
        }

        laws.Complete();
    }
}
