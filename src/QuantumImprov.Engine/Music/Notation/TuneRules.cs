namespace QuantumImprov.Engine.Music.Notation;

/// <summary>What a tune must hold to be written.</summary>
internal static class TuneRules
{
    /// <summary>The first rule the tune breaks, or null.</summary>
    public static string? Broken(Tune tune)
    {
        if (tune.Title.Length == 0 || !IsLine(tune.Title)) return "The title is not one line of text without spaces around it.";
        if (!IsLine(tune.Source)) return "The source is not one line of text without spaces around it.";
        if (tune.Key.Tonic is < 0 or > 11) return $"The key's tonic is {tune.Key.Tonic}; allowed is 0 to 11.";
        if (TuneWriter.TempoText(tune.Tempo) is null) return $"The tempo is {tune.Tempo.BeatsPerMinute}; allowed is {Tempo.Slowest} to {Tempo.Fastest}.";
        if (tune.PickUp < Beats.Zero || tune.PickUp >= tune.Metre.Bar) return "The pick-up is not shorter than a bar.";
        if (!FillsBars(tune)) return "The length is not the pick-up and whole bars, or that less the pick-up.";
        return Notes(tune);
    }

    private static bool FillsBars(Tune tune)
    {
        if (tune.Length <= Beats.Zero) return false;
        if (tune.Length == tune.PickUp) return true;
        var afterPickUp = tune.Length - tune.PickUp;
        return afterPickUp > Beats.Zero && (afterPickUp.Modulo(tune.Metre.Bar) == Beats.Zero || tune.Length.Modulo(tune.Metre.Bar) == Beats.Zero);
    }

    private static string? Notes(Tune tune)
    {
        Span<long> soundsUntil = stackalloc long[128];
        (Beats Onset, Pitch Pitch) previous = default;
        foreach (var note in tune.Notes)
        {
            if (note.Onset < Beats.Zero || note.Duration <= Beats.Zero || note.End > tune.Length) return $"{note.Pitch} at {note.Onset.Quarters} does not lie within the tune.";
            if (note.Velocity is 0 or > 127) return $"The velocity is {note.Velocity}; allowed is 1 to 127.";
            if (note.Onset < previous.Onset || (note.Onset == previous.Onset && note.Pitch.Number < previous.Pitch.Number)) return "The notes are not sorted by onset and pitch.";
            if (note.Onset.Ticks < soundsUntil[note.Pitch.Number]) return $"{note.Pitch} begins at {note.Onset.Quarters} while it still sounds.";
            soundsUntil[note.Pitch.Number] = note.End.Ticks;
            previous = (note.Onset, note.Pitch);
        }

        return null;
    }

    private static bool IsLine(string text) => text.Trim() == text && text.ReplaceLineEndings("") == text;
}
