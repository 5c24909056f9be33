using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Notation;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Repertoire.Shipped;

/// <summary>
/// Plays a written tune the way a hand would, by a fixed rule and a seed:
/// <list type="bullet">
/// <item>notes struck together are one stroke, up to 8 ms early or late (triangular), never before the tune begins and never by more than a quarter of the
/// way to the next stroke;</item>
/// <item>a chord is rolled upward, 5 ms a note or less where there is no room, its top note last;</item>
/// <item>velocities: +6 on the bar line, +2 on other beats, -6 off the beat, and up to 5 more or less at random; 1 to 127;</item>
/// <item>a note is held for 88 to 96 % of its written length, never until its key is struck again.</item>
/// </list>
/// </summary>
public static class Touch
{
    private const double Looseness = .008, Roll = .005, ShortestHold = .88, HoldSpread = .08;
    private const int OnBarLine = 6, OnBeat = 2, OffBeat = -6, VelocitySpread = 5;

    /// <summary>The tune as the rule plays it. The notes stay sorted and within the tune; the length stays as written.</summary>
    public static Tune Humanise(Tune tune, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(tune);
        var random = new Xoshiro(seed);
        var played = new List<TuneNote>(tune.Notes.Length);
        TuneNote[][] strokes = [.. tune.Notes.GroupBy(n => n.Onset).Select(s => s.ToArray())];
        for (var s = 0; s < strokes.Length; s++)
        {
            var onset = strokes[s][0].Onset;
            var after = (s + 1 < strokes.Length ? strokes[s + 1][0].Onset : tune.Length) - onset;
            var room = new Beats((s > 0 ? Beats.Min(after, onset - strokes[s - 1][0].Onset) : after).Ticks / 4);
            var shift = Beats.Min(Seconds(Looseness, tune.Tempo), room).Quarters * (random.NextDouble() - random.NextDouble());
            var roll = Beats.Min(Seconds(Roll, tune.Tempo), new Beats(room.Ticks / strokes[s].Length)).Quarters;
            var accent = Accent(tune, onset);
            for (var n = 0; n < strokes[s].Length; n++)
            {
                var note = strokes[s][n];
                var held = note.Duration.Quarters * (ShortestHold + HoldSpread * random.NextDouble());
                var velocity = note.Velocity + accent + random.NextInt(2 * VelocitySpread + 1) - VelocitySpread;
                played.Add(new TuneNote(
                    Beats.Max(Beats.Zero, onset + Beats.FromQuarters(shift + roll * n)),
                    Beats.Max(new Beats(1), Beats.FromQuarters(held)),
                    note.Pitch,
                    (byte)Math.Clamp(velocity, 1, 127)));
            }
        }

        return tune with { Notes = Separate([.. played.OrderBy(n => n.Onset).ThenBy(n => n.Pitch)], tune.Length) };
    }

    private static int Accent(Tune tune, Beats onset)
    {
        var inBar = (onset - tune.PickUp).Modulo(tune.Metre.Bar);
        return inBar == Beats.Zero ? OnBarLine : inBar.Modulo(tune.Metre.Beat) == Beats.Zero ? OnBeat : OffBeat;
    }

    private static Beats Seconds(double seconds, Tempo tempo) => Beats.FromQuarters(seconds * tempo.BeatsPerMinute / 60);

    /// <summary>Ends each note before its own key is struck again, and all within the tune.</summary>
    private static ImmutableArray<TuneNote> Separate(TuneNote[] notes, Beats length)
    {
        var next = new Dictionary<Pitch, Beats>();
        for (var n = notes.Length - 1; n >= 0; n--)
        {
            var latest = next.GetValueOrDefault(notes[n].Pitch, length);
            if (notes[n].End > latest) notes[n] = notes[n] with { Duration = latest - notes[n].Onset };
            next[notes[n].Pitch] = notes[n].Onset;
        }

        return [.. notes];
    }
}
