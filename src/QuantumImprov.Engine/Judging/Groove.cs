namespace QuantumImprov.Engine.Judging;

/// <summary>The bars of a line as onset grids of 16 places a quarter, for grooving similarity.</summary>
public sealed class Groove
{
    private const int UnitsAQuarter = 24, PlacesAQuarter = 16;
    private readonly List<(int Bar, int Beat, bool[] Grid)> _bars = [];

    /// <summary>Every bar from that of the first onset to that of the last, bars without an onset between them included.</summary>
    public Groove(IEnumerable<MeasuredNote> line)
    {
        var (here, grid) = (int.MinValue, Array.Empty<bool>());
        MeasuredNote last = default;
        foreach (var note in line)
        {
            if (_bars.Count > 0)
            {
                // What lies between two bars with onsets is counted in the metre of the first.
                for (var empty = last.BarLine + last.Time.Bar; empty + last.Time.Bar <= note.BarLine; empty += last.Time.Bar) Open(last);
            }

            if (note.BarLine != here) (here, grid) = (note.BarLine, Open(note));
            grid[Math.Min(grid.Length - 1, (note.Time.Place * PlacesAQuarter + UnitsAQuarter / 2) / UnitsAQuarter)] = true;
            last = note;
        }
    }

    /// <summary>
    /// 1 - (1/Q) sum XOR over the Q places of a bar, the mean over all pairs of a bar of one and a bar of the other in the same metre, 0 to 1; null when there is no such pair.
    /// </summary>
    public double? Similarity(Groove other)
    {
        var (sum, pairs) = (0.0, 0);
        foreach (var a in _bars)
        {
            foreach (var b in other._bars)
            {
                if ((a.Bar, a.Beat) != (b.Bar, b.Beat)) continue;
                var different = 0;
                for (var i = 0; i < a.Grid.Length; i++) different += a.Grid[i] != b.Grid[i] ? 1 : 0;
                sum += 1 - different / (double)a.Grid.Length;
                pairs++;
            }
        }

        return pairs == 0 ? null : sum / pairs;
    }

    private bool[] Open(MeasuredNote note)
    {
        var places = new bool[Math.Max(1, note.Time.Bar * PlacesAQuarter / UnitsAQuarter)];
        _bars.Add((note.Time.Bar, note.Time.Beat, places));
        return places;
    }
}
