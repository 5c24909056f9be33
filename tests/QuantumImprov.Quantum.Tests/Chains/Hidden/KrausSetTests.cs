using System.Numerics;
using QuantumImprov.Quantum.Chains.Hidden;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Hidden;

public sealed class KrausSetTests
{
    private static readonly double[,] Table = { { .5, .3, .2 }, { .3, .4, .3 }, { .2, .3, .5 } };
    private static readonly double[,] Shown = { { .1, .2, .3, .4 }, { .7, 0, .3, 0 }, { .25, .25, .25, .25 } };

    [Fact]
    public void A_markov_table_keeps_its_law_on_every_word()
    {
        var operators = ClassicalEmbedding.OfMarkov(Table).Operators();
        foreach (var word in Words.All(3, 5))
        {
            var expected = Enumerable.Range(0, 3).Sum(i => Table[i, word[0]]) / 3;
            for (var t = 1; t < word.Length; t++) expected *= Table[word[t - 1], word[t]];
            Assert.Equal(expected, operators.Probability(word), 1e-14);
        }
    }

    [Fact]
    public void After_each_symbol_of_a_markov_table_the_filter_shows_its_row()
    {
        var filter = new KrausFilter(ClassicalEmbedding.OfMarkov(Table));
        var law = new double[3];
        foreach (var symbol in (int[])[0, 2, 1, 1, 0])
        {
            filter.Follow(symbol);
            filter.WriteLaw(law);
            for (var j = 0; j < 3; j++) Assert.Equal(Table[symbol, j], law[j], 1e-14);
        }
    }

    [Fact]
    public void A_hidden_markov_model_keeps_the_law_of_the_forward_algorithm()
    {
        var kraus = ClassicalEmbedding.OfStates(Table, Shown);
        var operators = kraus.Operators();
        var classical = HiddenMarkovModel.OfStates(Table, Shown).Operators();
        foreach (var word in Words.All(4, 4))
        {
            double[] at = [1 / 3.0, 1 / 3.0, 1 / 3.0];
            foreach (var y in word) at = [.. Enumerable.Range(0, 3).Select(j => Shown[j, y] * Enumerable.Range(0, 3).Sum(i => at[i] * Table[i, j]))];
            Assert.Equal(at.Sum(), operators.Probability(word), 1e-14);
            Assert.Equal(at.Sum(), classical.Probability(word), 1e-14);
        }
    }

    [Fact]
    public void The_form_with_one_operator_a_symbol_is_refused_in_one_sentence()
    {
        var refusal = Assert.Throws<ArgumentException>(() => ClassicalEmbedding.OfMarkovWithoutBranches(Table));
        Assert.Contains("entry (0, 1) of sum K^+ K is 0.978657", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void One_operator_a_symbol_is_legal_when_no_state_is_reached_twice() =>
        Assert.Equal(1, ClassicalEmbedding.OfMarkovWithoutBranches(new double[,] { { 0, 1 }, { 1, 0 } }).Branches);

    [Fact]
    public void What_is_not_a_model_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new KrausSet(2, 1, 1, [1, 0, 0, .99]));
        Assert.Throws<ArgumentException>(() => new KrausSet(2, 1, 1, [1, 0, 0, double.NaN]));
        Assert.Throws<ArgumentException>(() => new KrausSet(2, 1, 1, [1, 0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KrausSet(9, 1, 1, new Complex[81]));
        Assert.Throws<ArgumentException>(() => ClassicalEmbedding.OfMarkov(new double[,] { { .5, .4 }, { 0, 1 } }));
        Assert.Throws<ArgumentException>(() => new HiddenMarkovModel(1, 2, [.5, .6]));
        Assert.Throws<ArgumentException>(() => HiddenProcess.Clock.Set.Operators().LogLikelihood([0, 1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KrausFilter(HiddenProcess.Clock.Set).Follow(2));
    }

    [Fact]
    public void Fully_dephased_it_is_the_classical_model_of_its_squares()
    {
        foreach (var process in HiddenProcess.All)
        {
            var (quantum, classical) = (process.Set.Operators(dephasing: 1), process.Set.Dephased().Operators());
            foreach (var word in Words.All(process.Set.Symbols, 4)) Assert.Equal(classical.Probability(word), quantum.Probability(word), 1e-14);
        }
    }
}
