namespace QuantumImprov.Engine.Music.Notation;

/// <summary>What holds between bars: each fills the metre, and ties lead to what they say.</summary>
internal static class BarRules
{
    /// <summary>Checks the length of every bar; <paramref name="pickUp"/> is zero when there is none.</summary>
    public static void CheckLengths(List<WrittenBar> bars, Metre metre, Beats pickUp, FaultList faults)
    {
        var unit = Beats.PerQuarter * 4 / metre.Denominator;
        for (var b = 0; b < bars.Count; b++)
        {
            var bar = bars[b];
            if (b == 0 && pickUp > Beats.Zero && bar.StartsRepeat)
                faults.Add(bar.First.Line, bar.First.Column, "a pick-up inside a repeat", "a pick-up before '|:'");
            if (bar.IsFaulty) continue;
            var full = b == 0 && pickUp > Beats.Zero ? pickUp : metre.Bar;
            var mayBeShort = b > 0 && b == bars.Count - 1 && pickUp > Beats.Zero && !bar.EndsRepeat;
            var isShort = mayBeShort && bar.Voices[0].Sum(e => e.Ticks) == (full - pickUp).Ticks;
            foreach (var voice in bar.Voices)
            {
                var ticks = voice.Sum(e => e.Ticks);
                if (ticks == (isShort ? full - pickUp : full).Ticks) continue;
                var start = voice[0].Token;
                faults.Add(start.Line, start.Column, $"a bar of {Fraction(ticks, unit)} {Unit(metre)}", Allowed(full));
            }

            string Allowed(Beats length) => b == 0 && pickUp > Beats.Zero
                ? $"a pick-up of {Fraction(length.Ticks, unit)}, as the heading says"
                : mayBeShort
                    ? $"a last bar of {Fraction(length.Ticks, unit)}, or of {Fraction((length - pickUp).Ticks, unit)}, which completes the pick-up"
                    : $"a bar of {Fraction(length.Ticks, unit)} ({metre})";
        }
    }

    /// <summary>Marks the events that ties lead into, and finds ties that lead nowhere.</summary>
    public static void FollowTies(List<WrittenBar> bars, FaultList faults)
    {
        var pending = new List<VoiceEvent?>();
        foreach (var bar in bars)
        {
            if (bar.IsFaulty)
            {
                // Nobody knows where the ties of a bar lead that could not be read.
                pending.Clear();
                continue;
            }

            if (bar.StartsRepeat) EndTies(0, "a tie that does not lead into a repeat");
            for (var v = 0; v < bar.Voices.Count; v++)
            {
                if (pending.Count == v) pending.Add(null);
                foreach (var now in bar.Voices[v])
                {
                    if (pending[v] is { } before) Follow(before, now, faults);
                    pending[v] = now.Tie ? now : null;
                }
            }

            EndTies(bar.Voices.Count, "a tie into a voice that the next bar has");
            if (bar.EndsRepeat) EndTies(0, "a tie that does not lead across ':|'");
        }

        EndTies(0, "a tie only where something follows");

        void EndTies(int from, string allowed)
        {
            for (var v = from; v < pending.Count; v++)
            {
                if (pending[v] is { } open) faults.Add(open.Token.Line, open.Token.Column, $"a tie after {open.Names}", allowed);
                pending[v] = null;
            }
        }
    }

    private static void Follow(VoiceEvent before, VoiceEvent now, FaultList faults)
    {
        now.Continues = true;
        if (!now.HasPitchesOf(before))
            faults.Add(now.Token.Line, now.Token.Column, now.Notes.IsEmpty ? "a rest after a tie" : $"{now.Names} after a tie", $"{before.Names}, as before the tie");
        else if (now.SetsVelocity)
            faults.Add(now.Token.Line, now.Token.Column, "a velocity on a note that a tie leads into", "velocities where notes begin");
    }

    private static string Unit(Metre metre) => metre.Denominator switch
    {
        1 => "wholes",
        2 => "halves",
        4 => "quarters",
        8 => "eighths",
        16 => "sixteenths",
        _ => "thirty-seconds",
    };

    /// <summary>A length in units of the metre, as it is written: 3 or 5/2.</summary>
    internal static string Fraction(long ticks, long unit)
    {
        var common = (long)System.Numerics.BigInteger.GreatestCommonDivisor(ticks, unit);
        return unit == common ? $"{ticks / common}" : $"{ticks / common}/{unit / common}";
    }
}
