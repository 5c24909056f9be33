namespace QuantumImprov.Engine.Presets;

/// <summary>What kind of value a field of a preset holds.</summary>
public enum PresetFieldKind
{
    /// <summary>Text of 1 to 200 characters, or of 0 where <see cref="PresetField.Least"/> is 0.</summary>
    Text,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A whole number in a range.</summary>
    Whole,

    /// <summary>A number in a range.</summary>
    Number,

    /// <summary>A pitch by name (C4 = 60).</summary>
    Pitch,
}

/// <summary>One field of the preset format: where it stands, what it may hold, what it is for, and how it gets into a preset.</summary>
/// <param name="Path">Its place in the JSON, parts divided by a dot.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Least">Least number, or least length of a text.</param>
/// <param name="Most">Greatest number.</param>
/// <param name="Choices">The words of a choice; empty otherwise.</param>
/// <param name="Help">One plain sentence.</param>
/// <param name="Get">Reads it from a preset: a <see cref="double"/> or a <see cref="string"/>.</param>
/// <param name="Set">The preset with another value of that type.</param>
public sealed record PresetField(
    string Path,
    PresetFieldKind Kind,
    double Least,
    double Most,
    IReadOnlyList<string> Choices,
    string Help,
    Func<Preset, object> Get,
    Func<Preset, object, Preset> Set)
{
    /// <summary>Whether a preset without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>What is allowed, in words.</summary>
    public string Allowed => Kind switch
    {
        PresetFieldKind.Choice => "one of " + string.Join(", ", Choices.Select(c => $"\"{c}\"")),
        PresetFieldKind.Whole => $"a whole number from {Least} to {Most}",
        PresetFieldKind.Number => FormattableString.Invariant($"a number from {Least} to {Most}"),
        PresetFieldKind.Pitch => "a pitch name from \"C-1\" to \"G9\"",
        _ => Least > 0 ? "text of 1 to 200 characters" : "text of up to 200 characters",
    };
}
