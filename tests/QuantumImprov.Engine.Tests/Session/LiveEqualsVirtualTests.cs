using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

public class LiveEqualsVirtualTests
{
    // 80 random concerts of five phrases, some interrupted, some with tempo and metre changes, some without a stated tempo; steps from a microsecond to 200 ms.
    [Fact]
    public void However_often_a_live_session_is_advanced_it_plays_the_notes_of_the_virtual_concert() =>
        Gen.ULong.Sample(seed =>
        {
            var random = new Xoshiro(seed);
            var script = new ScriptedPerformance(60 + random.NextInt(120), 3 + random.NextInt(2));
            // Without a stated tempo the beats of the map are not those of the session.
            var tempoKnown = random.NextInt(4) > 0;
            for (var i = 0; i < 5; i++)
            {
                if (tempoKnown && random.NextInt(3) == 0) script.At(50 + random.NextInt(150));
                Concert.PlayRandomPhrase(script, random, rest: random.NextInt(2) == 0 ? 18 : .25 + 8 * random.NextDouble(), legato: .3);
                if (tempoKnown && random.NextInt(4) == 0) script.At(50 + random.NextInt(150));
            }

            var live = Concert.Play(Concert.Session(script, seed, tempoKnown: tempoKnown), script, () => 1_000L << random.NextInt(18));
            var expected = VirtualConcert.Play(Concert.Session(script, seed, tempoKnown: tempoKnown), script.ToPerformance());
            Assert.Equal(expected, live.Partner);
            Assert.NotEmpty(expected);
        }, iter: 80);
}
