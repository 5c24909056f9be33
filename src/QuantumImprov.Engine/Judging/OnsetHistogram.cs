namespace QuantumImprov.Engine.Judging;

/// <summary>How often notes begin at each 24th of a quarter within the bar, metre by metre.</summary>
public sealed class OnsetHistogram
{
    private readonly Dictionary<(int Bar, int Beat), Dictionary<int, int>> _metres = [];

    /// <summary>The onsets of all <paramref name="lines"/>.</summary>
    public OnsetHistogram(IEnumerable<IEnumerable<MeasuredNote>> lines)
    {
        foreach (var note in lines.SelectMany(l => l))
        {
            var metre = (note.Time.Bar, note.Time.Beat);
            if (!_metres.TryGetValue(metre, out var places)) _metres[metre] = places = [];
            places[note.Time.Place] = places.GetValueOrDefault(note.Time.Place) + 1;
        }
    }

    /// <summary>
    /// The overlap area of both histograms, sum min(p, q) over the places of a bar, 0 to 1: metre by metre, then the mean over this one's onsets. A metre the other does not have counts 0. Null
    /// without onsets.
    /// </summary>
    public double? Overlap(OnsetHistogram other)
    {
        var (sum, onsets) = (0.0, 0L);
        foreach (var (metre, places) in _metres)
        {
            var mine = places.Values.Sum();
            onsets += mine;
            if (!other._metres.TryGetValue(metre, out var others)) continue;
            var theirs = (double)others.Values.Sum();
            sum += mine * places.Sum(p => Math.Min(p.Value / (double)mine, others.GetValueOrDefault(p.Key) / theirs));
        }

        return onsets == 0 ? null : sum / onsets;
    }
}
