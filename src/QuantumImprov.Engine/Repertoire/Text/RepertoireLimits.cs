using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Repertoire.Text;

/// <summary>
/// The numbers a repertoire may hold. Wide enough for any music, narrow enough that no arithmetic on them overflows. Checked on both sides, so that what was
/// saved can be loaded.
/// </summary>
public static class RepertoireLimits
{
    /// <summary>How many there may be, and how long names may be.</summary>
    public const int MostNotes = 4_000_000, MostPhrases = 1_000_000, MostMembers = 1024, MostClasses = 1024, LongestName = 1024;

    /// <summary>The longest time, in quarters.</summary>
    public const long MostQuarters = 100_000;

    /// <summary>The largest number in an amplitude table.</summary>
    public const double LargestAmplitude = 1e6;

    /// <summary>A step of a memory of four levels.</summary>
    public const int MostStepEntries = 16;

    /// <summary>The largest file and the largest text inside it, in bytes: what the largest repertoire needs, and no more, so that a lying file costs bounded memory.</summary>
    public const int MostFileBytes = 64 << 20, MostTextBytes = 256 << 20;

    /// <summary>What is wrong with <paramref name="content"/>, as the rest of a sentence; null when nothing is.</summary>
    public static string? Fault(RepertoireContent content)
    {
        if (content.Phrases.IsDefault) return "has no list of phrases";
        if (content.Phrases.Length > MostPhrases) return $"has {content.Phrases.Length} phrases; allowed are {MostPhrases}";
        long notes = 0;
        for (var i = 0; i < content.Phrases.Length; i++)
        {
            var phrase = content.Phrases[i];
            if (phrase.Notes.IsDefault) return $"has no notes in phrase {i}";
            if ((notes += phrase.Notes.Length) > MostNotes) return $"has more than {MostNotes} notes";
            if (phrase.Source is null || phrase.Source.Length > LongestName) return $"names no source of at most {LongestName} characters in phrase {i}";
            foreach (var note in phrase.Notes)
            {
                if (Fault(note) is { } fault) return $"{fault} in phrase {i}";
            }
        }

        return content.Amplitudes is { } table ? Fault(table) : null;
    }

    private static string? Fault(in LearnedNote note)
    {
        const long most = MostQuarters * Beats.PerQuarter;
        if (note.Onset.Ticks is < -most or > most) return $"has an onset of {note.Onset.Quarters:R} quarters, allowed is -{MostQuarters} to {MostQuarters},";
        if (note.Duration.Ticks is < 0 or > most) return $"has a duration of {note.Duration.Quarters:R} quarters, allowed is 0 to {MostQuarters},";
        return note.Velocity is < 1 or > 127 ? $"has a velocity of {note.Velocity}, allowed is 1 to 127," : null;
    }

    private static string? Fault(AmplitudeTable table)
    {
        if (table.Members.IsDefault || table.Weights.IsDefault || table.Tempers.IsDefault || table.Steps.IsDefault || table.Accords.IsDefault) return "has an amplitude table without members, weights, tempers, steps or accords";
        if (table.Members.Length > MostMembers) return $"has amplitudes of {table.Members.Length} members; allowed are {MostMembers}";
        if (table.Classes is < 1 or > MostClasses) return $"has {table.Classes} confidence classes; allowed are 1 to {MostClasses}";
        foreach (var member in table.Members)
        {
            if (member is null || member.Length is 0 or > LongestName) return $"has a member without a name of 1 to {LongestName} characters";
        }

        var cells = table.Members.Length * table.Classes;
        if (table.Weights.Length != cells || table.Tempers.Length != cells)
            return $"has {table.Weights.Length} weights and {table.Tempers.Length} tempers; {table.Members.Length} members in {table.Classes} classes have {cells} of each";
        foreach (var value in table.Weights.AsSpan())
        {
            if (!(Math.Abs(value) <= LargestAmplitude)) return $"has a weight of {value:R}; allowed is -{LargestAmplitude} to {LargestAmplitude}";
        }

        foreach (var value in table.Tempers.AsSpan())
        {
            if (!(Math.Abs(value) <= LargestAmplitude)) return $"has a temper of {value:R}; allowed is -{LargestAmplitude} to {LargestAmplitude}";
        }

        if (table.Steps.Length > table.Members.Length * MostStepEntries) return $"has {table.Steps.Length} numbers in the memory's steps; allowed are {MostStepEntries} a member";
        if (table.Accords.Length > table.Members.Length) return $"has {table.Accords.Length} numbers in the accord; allowed is one a member";
        foreach (var value in table.Accords.AsSpan())
        {
            if (!(Math.Abs(value) <= LargestAmplitude)) return $"has a number of {value:R} in the accord; allowed is -{LargestAmplitude} to {LargestAmplitude}";
        }

        foreach (var value in table.Steps.AsSpan())
        {
            if (!(Math.Abs(value) <= LargestAmplitude)) return $"has a number of {value:R} in a step of the memory; allowed is -{LargestAmplitude} to {LargestAmplitude}";
        }

        return null;
    }
}
