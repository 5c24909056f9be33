using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Evaluation.Blends;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Evaluation;

public class BlendTests
{
    private const int Members = 5, Candidates = 7, Classes = 3;

    public static TheoryData<string> All => ["mixture", "mixture-tempered", "loglinear", "power", "council-0", "council-2", "council-4", "dephased", "classical"];

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

    private static IBlend Make(string kind) => kind switch
    {
        "mixture" => new MixtureBlend(Members, Classes, tempered: false),
        "mixture-tempered" => new MixtureBlend(Members, Classes, tempered: true),
        "loglinear" => new LogLinearBlend(Members, Classes),
        "power" => new PowerBlend(Members, Classes, learnsPower: true),
        "council-0" => new PowerBlend(Members, Classes, learnsPower: false),
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
