using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Plugin.Tests.Processing;

/// <summary>Something played into a plugin: messages at samples.</summary>
internal static class Song
{
    internal const int Rate = 48_000;

    /// <summary>Phrases of random notes of so many <paramref name="seconds"/>, with rests long enough to be answered, at 120 beats a minute.</summary>
    internal static ImmutableArray<(long Sample, ShortMessage Message)> Phrases(int seed, double seconds, int longest = 16, int lowest = 48)
    {
        var (random, messages, at, pitch) = (new Random(seed), new List<(long, ShortMessage)>(), .25, 60);
        while (at < seconds)
        {
            var notes = random.Next(3, longest + 1);
            for (var i = 0; i < notes && at < seconds; i++)
            {
                pitch = Math.Clamp(pitch + random.Next(-4, 5), lowest, 84);
                var length = .125 * random.Next(1, 4);
                var on = at + random.NextDouble() * .01;
                messages.Add(((long)(on * Rate), ShortMessage.NoteOn(0, pitch, random.Next(40, 120))));
                if (random.Next(6) == 0)
                {
                    messages.Add(((long)((on + .004) * Rate), ShortMessage.NoteOn(0, pitch - 4, 70)));
                    messages.Add(((long)((on + length * .8) * Rate), ShortMessage.NoteOff(0, pitch - 4)));
                }

                messages.Add(((long)((on + length * .85) * Rate), ShortMessage.NoteOff(0, pitch)));
                at += length;
            }

            at += random.Next(5) == 0 ? .4 : 1 + random.NextDouble() * 3;
        }

        return [.. messages.OrderBy(m => m.Item1)];
    }
}
