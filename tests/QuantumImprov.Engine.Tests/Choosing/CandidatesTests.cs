using CsCheck;
using QuantumImprov.Engine.Choosing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Choosing;

public class CandidatesTests
{
    [Fact]
    public void Closing_keeps_what_is_favoured_in_order_with_its_favour_and_nothing_else() =>
        Gen.Select(Gen.Int[-5, 132], Gen.Int[-5, 132], Gen.Double[-1, 1].Array[128]).Sample((low, high, favours) =>
        {
            var candidates = new Candidates();
            candidates.Fill(low, high);
            var all = candidates.Pitches.ToArray();
            Assert.Equal(Enumerable.Range(0, 128).Where(p => p >= low && p <= high), all);
            for (var i = 0; i < all.Length; i++) candidates.Favour[i] = favours[i];
            var kept = all.Zip(favours).Where(c => c.Second > 0).ToArray();
            Assert.Equal(kept.Length > 0, candidates.Close());
            // When none would remain, none is left out.
            var expected = kept.Length > 0 ? kept : [.. all.Zip(favours)];
            Assert.Equal(expected, candidates.Pitches.ToArray().Zip(candidates.Favour.ToArray()));
            for (var pitch = 0; pitch < 128; pitch++) Assert.Equal(Array.FindIndex(expected, c => c.First == pitch), Math.Max(-1, candidates.IndexOf(pitch)));
        }, iter: 5_000);
}
