using System.Globalization;

namespace QuantumImprov.Engine.Music.Notation;

/// <summary>The lines above the music.</summary>
internal sealed class Heading(FaultList faults)
{
    public static readonly string[] Names = ["title", "source", "metre", "tempo", "key", "pickup"];
    private static readonly string[] Required = ["title", "metre", "key"];
    private readonly HashSet<string> _seen = [];
    private (string Value, int Line, int Column)? _pickUp;

    public string Title { get; private set; } = "";

    public string Source { get; private set; } = "";

    /// <summary>Null until a good metre was read.</summary>
    public Metre? Metre { get; private set; }

    public Tempo Tempo { get; private set; }

    public Key Key { get; private set; }

    /// <summary>Zero when there is none; null when it cannot be told.</summary>
    public Beats? PickUp { get; private set; } = Beats.Zero;

    /// <summary>Whether a line looks like a line of the heading: at least three letters and a colon.</summary>
    public static bool IsHeading(string line, out string name, out int valueAt)
    {
        name = "";
        valueAt = 0;
        var start = line.Length - line.AsSpan().TrimStart().Length;
        var end = start;
        while (end < line.Length && char.IsAsciiLetter(line[end])) end++;
        var colon = end;
        while (colon < line.Length && line[colon] is ' ' or '\t') colon++;
        if (end - start < 3 || colon == line.Length || line[colon] != ':') return false;
        name = line[start..end];
        valueAt = colon + 1;
        while (valueAt < line.Length && char.IsWhiteSpace(line[valueAt])) valueAt++;
        return true;
    }

    public void Read(string line, int lineNumber, string name, int valueAt)
    {
        var nameAt = line.IndexOf(name, StringComparison.Ordinal) + 1;
        if (!Names.Contains(name)) faults.Add(lineNumber, nameAt, FaultList.Quote(name + ":"), List(Names));
        else if (!_seen.Add(name)) faults.Add(lineNumber, nameAt, $"a second '{name}:'", "each line of the heading once");
        else ReadValue(name, line[valueAt..].TrimEnd(), lineNumber, valueAt + 1);
    }

    /// <summary>Judges what can only be judged when the heading is complete; <paramref name="line"/> is where it ends.</summary>
    public void Finish(int line)
    {
        foreach (var name in Required)
            if (!_seen.Contains(name))
                faults.Add(line, 1, $"no '{name}:' in the heading", $"{List(Required)}, each once");
        if (_pickUp is not { } pickUp) return;
        PickUp = null;
        if (Metre is not { } metre) return;
        if (TryLength(pickUp.Value, metre, out var length)) PickUp = length;
        else faults.Add(pickUp.Line, pickUp.Column, FaultList.Quote(pickUp.Value), $"a pick-up shorter than a bar, in units of the metre, such as 1 or 3/2");
    }

    private void ReadValue(string name, string value, int line, int column)
    {
        switch (name)
        {
            case "title":
                Title = value;
                Judge(value.Length > 0, "a title");
                break;
            case "source":
                Source = value;
                break;
            case "metre":
                Metre = TryMetre(value, out var metre) ? metre : null;
                Judge(Metre is not null, "1 to 32 over 1, 2, 4, 8, 16 or 32, such as 3/4");
                break;
            case "tempo":
                var good = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var bpm) && bpm is >= Tempo.Slowest and <= Tempo.Fastest;
                if (good) Tempo = Tempo.FromBpm(bpm);
                Judge(good, $"{Tempo.Slowest} to {Tempo.Fastest} quarter notes a minute");
                break;
            case "key":
                Judge(Key.TryParse(value, out var key), "a key such as 'G major', 'Bb major' or 'F# minor'");
                Key = key;
                break;
            case "pickup":
                _pickUp = (value, line, column);
                break;
        }

        void Judge(bool isGood, string allowed)
        {
            if (!isGood) faults.Add(line, column, FaultList.Quote(value), allowed);
        }
    }

    private static bool TryMetre(string value, out Metre metre)
    {
        metre = default;
        if (value.Split('/') is not [{ } over, { } under] || !TryNumber(over, out var numerator) || !TryNumber(under, out var denominator)) return false;
        if (!Music.Metre.IsAllowed(numerator, denominator)) return false;
        metre = Music.Metre.Of(numerator, denominator);
        return true;
    }

    private static bool TryLength(string value, Metre metre, out Beats length)
    {
        length = default;
        var parts = value.Split('/');
        var under = 1;
        if (parts.Length > 2 || !TryNumber(parts[0], out var over) || (parts.Length == 2 && !TryNumber(parts[1], out under)) || over == 0 || under == 0) return false;
        var ticks = over * (Beats.PerQuarter * 4 / metre.Denominator);
        length = new Beats(ticks / under);
        return ticks % under == 0 && length < metre.Bar;
    }

    private static bool TryNumber(string text, out int number)
    {
        number = 0;
        return text.Length <= 7 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static string List(string[] names) => string.Join(", ", names.Select(n => $"'{n}:'"));
}
