using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.CommandLine;

/// <summary>
/// The flags of the verbs, each checked as it is read: a wrong value is answered by what was found and what is allowed, in the same words everywhere.
/// </summary>
public static class Flags
{
    /// <summary>A flag that takes one text, such as a name or a file.</summary>
    public static Option<string?> Text(string name, string value, string help) => new(name) { Description = help, HelpName = value };

    /// <summary>A flag that may be given several times.</summary>
    public static Option<string[]> Texts(string name, string value, string help) =>
        new(name) { Description = help + " May be given several times.", HelpName = value, Arity = ArgumentArity.OneOrMore, DefaultValueFactory = _ => [] };

    /// <summary>A flag that is there or not.</summary>
    public static Option<bool> Switch(string name, string help) => new(name) { Description = help };

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Option<int?> Whole(string name, string value, int least, int most, string help) =>
        Parsed<int?>(name, value, help, $"a whole number from {least} to {most}", text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null);

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Option<double?> Number(string name, string value, double least, double most, string help) =>
        Parsed<double?>(name, value, help, FormattableString.Invariant($"a number from {least} to {most}"), text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null);

    /// <summary>The seed of all random choices.</summary>
    public static Option<ulong?> Seed() =>
        Parsed<ulong?>("--seed", "N", "Seed of every random choice: the same seed and input give the same notes.", $"a whole number from 0 to {ulong.MaxValue}", text =>
            ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);

    /// <summary>Quarter notes a minute.</summary>
    public static Option<double?> TempoFlag(string help) => Number("--tempo", "BPM", Tempo.Slowest, Tempo.Fastest, help);

    /// <summary>A time signature.</summary>
    public static Option<Metre?> MetreFlag(string help) =>
        Parsed<Metre?>("--meter", "N/D", help, "a metre such as 4/4, 3/4 or 6/8 (1 to 32 over 1, 2, 4, 8, 16 or 32)", text =>
            text.Split('/') is [var n, var d] && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var numerator)
            && int.TryParse(d, NumberStyles.None, CultureInfo.InvariantCulture, out var denominator) && Metre.IsAllowed(numerator, denominator)
                ? Metre.Of(numerator, denominator)
                : null);

    private static Option<T> Parsed<T>(string name, string value, string help, string allowed, Func<string, T> read) => new(name)
    {
        Description = help,
        HelpName = value,
        CustomParser = result => Read(result, name, allowed, read),
    };

    private static T? Read<T>(ArgumentResult result, string name, string allowed, Func<string, T> read)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (read(text) is { } value) return value;
        result.AddError($"{name} was given \"{text}\"; allowed is {allowed}.");
        return default;
    }
}
