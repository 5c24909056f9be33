using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Testing;

/// <summary>Writes performances for tests, note by note: <c>new ScriptedPerformance(bpm: 120).Play("C4 D4 E4 C4").Rest(4).ToPerformance()</c>.</summary>
public sealed class ScriptedPerformance(double bpm = 120, int numerator = 4, int denominator = 4)
{
    private readonly List<PartMessage> _messages = [];
    private readonly List<TempoChange> _tempos = [new(Beats.Zero, Tempo.FromBpm(bpm))];
    private readonly List<MetreChange> _metres = [new(Beats.Zero, Metre.Of(numerator, denominator))];

    /// <summary>Where the next note goes.</summary>
    public Beats Now { get; private set; }

    /// <summary>
    /// Plays notes one after the other: a name (C4), optionally with a length in quarters (C4:0.5, default 1), or <c>.</c> for a rest; <c>+</c> joins the notes of
    /// a chord (C4+E4+G4:2). Keys come up a little before the next note.
    /// </summary>
    public ScriptedPerformance Play(string notes, int velocity = 80, int channel = 0, double legato = .9)
    {
        foreach (var word in notes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.Split(':');
            var length = Beats.FromQuarters(parts.Length > 1 ? double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 1);
            if (parts[0] != ".")
            {
                foreach (var name in parts[0].Split('+'))
                {
                    if (!Pitch.TryParse(name, out var pitch)) throw new ArgumentException($"{name} is no pitch");
                    _messages.Add(new PartMessage(Now, 0, ShortMessage.NoteOn(channel, pitch.Number, velocity)));
                    _messages.Add(new PartMessage(Now + Beats.FromQuarters(length.Quarters * legato), 0, ShortMessage.NoteOff(channel, pitch.Number)));
                }
            }

            Now += length;
        }

        return this;
    }

    /// <summary>Says nothing for <paramref name="quarters"/>.</summary>
    public ScriptedPerformance Rest(double quarters)
    {
        Now += Beats.FromQuarters(quarters);
        return this;
    }

    /// <summary>Sends any message now.</summary>
    public ScriptedPerformance Send(ShortMessage message)
    {
        _messages.Add(new PartMessage(Now, 0, message));
        return this;
    }

    /// <summary>From now on at another tempo.</summary>
    public ScriptedPerformance At(double newBpm)
    {
        _tempos.Add(new TempoChange(Now, Tempo.FromBpm(newBpm)));
        return this;
    }

    /// <summary>From now on, which is a bar line, in another metre.</summary>
    public ScriptedPerformance In(int newNumerator, int newDenominator)
    {
        _metres.Add(new MetreChange(Now, Metre.Of(newNumerator, newDenominator)));
        return this;
    }

    /// <summary>What was played, in order of time.</summary>
    public Performance ToPerformance() => new()
    {
        Map = new TempoMap([.. _tempos], [.. _metres]),
        StatesTempo = true,
        StatesMetre = true,
        TrackNames = ["performer"],
        Messages = [.. _messages.OrderBy(m => m.At)],
        End = Now,
    };
}
