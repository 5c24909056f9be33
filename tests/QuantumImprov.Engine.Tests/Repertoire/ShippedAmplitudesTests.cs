using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Repertoire.Shipped;
using Xunit;

namespace QuantumImprov.Engine.Tests.Repertoire;

public class ShippedAmplitudesTests
{
    // When this fails because a member, a tune or the training was meant to change: dotnet run -c Release --project bench/QuantumImprov.Bench -- amplitudes src/QuantumImprov.Engine/Repertoire/Shipped/amplitudes.tsv
    [Fact]
    public void They_are_what_the_shipped_tunes_teach()
    {
        var music = LearnedMusic.From(new RepertoireContent(ShippedRepertoire.Phrases, null));
        var learned = music.ToContent().Amplitudes!;
        var shipped = ShippedAmplitudes.Own.Table;
        Assert.Equal((IEnumerable<string>)learned.Members, shipped.Members);
        Assert.Equal(learned.Classes, shipped.Classes);
        // Other processors may round a logarithm otherwise, and learning carries that on.
        Near(learned.Weights.AsSpan(), shipped.Weights.AsSpan());
        Near(learned.Tempers.AsSpan(), shipped.Tempers.AsSpan());
        Near(learned.Steps.AsSpan(), shipped.Steps.AsSpan());
        Near(music.Amplitudes.Moments(), ShippedAmplitudes.Own.Moments.AsSpan());

        static void Near(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
        {
            Assert.Equal(one.Length, other.Length);
            for (var i = 0; i < one.Length; i++) Assert.Equal(one[i], other[i], 1e-6);
        }
    }

    [Fact]
    public void What_is_written_is_read_back_exactly()
    {
        var read = ShippedAmplitudes.Read(ShippedAmplitudes.Own.Write());
        Assert.Equal(ShippedAmplitudes.Own.Table, read.Table);
        Assert.Equal((IEnumerable<double>)ShippedAmplitudes.Own.Moments, read.Moments);
    }
}
