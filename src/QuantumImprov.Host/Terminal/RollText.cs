using System.Globalization;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Terminal;

/// <summary>Both parts as a roll of text, one line an eighth, low notes left: <c>o</c> the performer, <c>#</c> the partner, <c>|</c> where a note goes on.</summary>
public sealed class RollText
{
    private readonly char[][] _lines;
    private readonly TempoMap _map;
    private readonly int _low;

    /// <summary>The roll of <paramref name="recording"/> (track 0 the performer, 1 the partner).</summary>
    public RollText(Performance recording)
    {
        _map = recording.Map;
        var ons = recording.Messages.Where(m => m.Message.IsNoteOn).ToList();
        _low = ons.Count == 0 ? 60 : ons.Min(m => m.Message.Data1);
        var width = ons.Count == 0 ? 1 : ons.Max(m => m.Message.Data1) - _low + 1;
        var count = (int)(recording.End.Ticks / Step.Ticks) + 1;
        _lines = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Repeat(' ', width).ToArray())];
        foreach (var on in ons)
        {
            var off = recording.Messages.FirstOrDefault(m => m.At > on.At && m.Track == on.Track && m.Message.IsNoteOff && m.Message.Data1 == on.Message.Data1);
            Draw(on, off.At > on.At ? off.At : on.At + Step);
        }
    }

    /// <summary>The musical length of a line.</summary>
    public static Beats Step { get; } = new(Beats.PerQuarter / 2);

    /// <summary>How many lines.</summary>
    public int Count => _lines.Length;

    /// <summary>When line <paramref name="index"/> sounds.</summary>
    public HostTime At(int index) => _map.ToHost(Step * index);

    /// <summary>Line <paramref name="index"/>, with its bar number where a bar begins.</summary>
    public string Line(int index)
    {
        var at = Step * index;
        var timeline = _map.At(at);
        var inBar = timeline.InBar(at);
        var bar = (at - timeline.BarOrigin - inBar).Ticks / timeline.Metre.Bar.Ticks + 1;
        return (inBar < Step ? bar.ToString(CultureInfo.InvariantCulture) : "").PadLeft(4) + " " + new string(_lines[index]).TrimEnd();
    }

    private void Draw(PartMessage on, Beats off)
    {
        var column = on.Message.Data1 - _low;
        var first = (int)(on.At.Round(Step).Ticks / Step.Ticks);
        for (var line = first; line < _lines.Length && (line == first || Step * line < off); line++)
            _lines[line][column] = line == first ? (on.Track == 0 ? 'o' : '#') : _lines[line][column] == ' ' ? '|' : _lines[line][column];
    }
}
